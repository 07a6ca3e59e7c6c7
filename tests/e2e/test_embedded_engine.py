"""The real embedded engine with its smallest model: invariants only, never its words."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bilingual.engines import local
from bilingual.engines.embedded import weights
from bilingual.errors import ConfigurationError, EngineDownError
from bilingual.model import Kind, State
from bilingual.prompting.request import Passage, Request
from bilingual.workflow.merge import merge
from bilingual.workflow.translate import translate

pytest.importorskip("xllamacpp", reason="MISSING: the extra [local]")

ROOT = Path(__file__).parents[2]
MODEL = "qwen2.5-coder-0.5b"
ARTICLE = """\
# Small models

Run `make demo` to see the [model](https://a.example/m).

The model has 4 billion parameters.
"""


@pytest.fixture
def model(monkeypatch, user_cache) -> Path:
    """The weights, in the cache of this machine's user; fetched when they are not there."""
    if "BILINGUAL_MODELS" not in os.environ:
        monkeypatch.setenv("BILINGUAL_MODELS", str(user_cache / "bilingual" / "models"))
    monkeypatch.setenv("BILINGUAL_LOCAL_MODEL", MODEL)
    return weights.fetch(MODEL)


@pytest.mark.model
@pytest.mark.xdist_group("model")
def test_a_few_units_are_drafted_once_and_in_both_runs_nothing_is_broken(model, make_newsroom):
    newsroom = make_newsroom({"a/en": ARTICLE})
    result = translate(newsroom, engine="local")
    entries = newsroom.catalog("a", "ko").live
    assert result.origin == f"mt:local/{MODEL}"
    assert result.drafted + len(result.failures) == len(entries) == 3
    for entry in entries:
        if entry.target.text:
            assert entry.target.state is State.TRANSLATED
            assert entry.target.origin == f"mt:local/{MODEL}"
        else:
            assert entry.target.state is State.INITIAL
            assert entry.target.failure
    marked = entries[1].target
    assert marked.failure or (
        "`make demo`" in marked.text and "](https://a.example/m)" in marked.text
    )
    again = translate(newsroom, engine="local")
    assert again.usage.requests == 0
    assert newsroom.catalog("a", "ko").live == entries


def beginning(slug: str, language: str) -> str:
    """Return the beginning of an article of this newsroom: headline, standfirst, first paragraph,
    first heading. All of it takes the smallest model minutes.
    """
    text = (ROOT / "articles" / slug / f"index.{language}.md").read_text("utf-8")
    _, fields, body = text.split("---\n", 2)
    head = "".join(line for line in fields.splitlines(True) if line.startswith(("title", "dek")))
    heading = next(line for line in body.splitlines() if line.startswith("## "))
    return f"---\n{head}---\n\n{body.strip().split(chr(10) * 2)[0]}\n\n{heading}\n"


@pytest.mark.model
@pytest.mark.xdist_group("model")
@pytest.mark.parametrize(
    ("slug", "language", "other", "letters"),
    [
        ("muse-spark", "en", "ko", r"[가-힣]"),
        ("korean-tokenizer-kmmlu", "ko", "en", r"[A-Za-z]"),
    ],
    ids=["English to Korean", "Korean to English"],
)
def test_the_beginning_of_an_article_of_this_newsroom_goes_both_ways(  # noqa: PLR0917 - two fixtures and an article
    model, make_newsroom, slug, language, other, letters
):
    glossary = (ROOT / "glossary.yaml").read_text("utf-8")
    newsroom = make_newsroom({f"{slug}/{language}": beginning(slug, language)}, glossary=glossary)
    result = translate(newsroom, engine="local")
    entries = newsroom.catalog(slug, other).live
    assert len(entries) == 4
    assert result.drafted >= 2
    for entry in entries:
        text = entry.target.text
        assert bool(text) != bool(entry.target.failure), entry.source
        assert not text or (re.search(letters, text) and text != entry.source)
    merged = merge(newsroom, slug, drafts=True)
    assert not merged.refused, "every draft fits its article"
    assert translate(newsroom, engine="local").usage.requests == 0


@pytest.mark.model
@pytest.mark.xdist_group("model")
def test_the_same_request_has_the_same_answer(model):
    engine = local.engine({})
    request = Request("ko", "en", (Passage("1", Kind.HEADING, "작은 모델"),), brief=True)
    other = replace(request, passages=(Passage("1", Kind.HEADING, "큰 모델"),))
    try:
        first = engine.ask(request)
        engine.ask(other)
        assert engine.ask(request).texts == first.texts
    finally:
        engine.close()


PARENT = """
import sys, time
from bilingual.engines import local
from bilingual.prompting.request import Passage, Request
from bilingual.model import Kind
engine = local.engine({})
engine.ask(Request("en", "ko", (Passage("1", Kind.HEADING, "Hello"),), brief=True))
print(engine.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.model
@pytest.mark.xdist_group("model")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_child_is_gone_after_its_parent_is_killed(model, number):
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    os.kill(child, 0)
    parent.send_signal(number)
    parent.wait(120)
    for _ in range(600):
        if not alive(child):
            break
        time.sleep(0.1)
    assert not alive(child)


def alive(process: int) -> bool:
    """Return True while ``process`` runs; one that only waits to be collected does not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def test_a_file_that_is_no_model_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv("BILINGUAL_LOCAL_MODEL", raising=False)
    file = tmp_path / "own.gguf"
    file.write_bytes(b"<html>not found</html>")
    engine = local.engine({"model": str(file)})
    with pytest.raises(ConfigurationError, match="not a GGUF model"):
        engine.ask(Request("en", "ko", (Passage("1", Kind.HEADING, "Hello"),), brief=True))


def test_a_broken_model_is_one_line_of_error_and_no_child_is_left(tmp_path, monkeypatch):
    monkeypatch.delenv("BILINGUAL_LOCAL_MODEL", raising=False)
    file = tmp_path / "own.gguf"
    file.write_bytes(b"GGUF" + b"\0" * 5000)
    engine = local.engine({"model": str(file)})
    with pytest.raises(EngineDownError, match="did not start") as raised:
        engine.ask(Request("en", "ko", (Passage("1", Kind.HEADING, "Hello"),), brief=True))
    assert "\n" not in str(raised.value)
    assert engine.pid == 0
