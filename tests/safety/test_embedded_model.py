"""The real embedded model, with its smallest weights, translates attacks: invariants only.

Every second one, forty or more, which takes minutes; all of them with ``BILINGUAL_EVERY_ATTACK=1``.
"""

from __future__ import annotations

import os
import re
from collections import Counter

import pytest

from bilingual.engines.embedded import weights
from bilingual.markdown.inline import inlines
from bilingual.model import Kind
from bilingual.prompting import guide, marks, prompt
from bilingual.prompting.request import Passage, Request
from bilingual.workflow.translate import translate
from tests.support.attacks import ATTACKS, FRAME, HARMLESS

pytest.importorskip("xllamacpp", reason="MISSING: the extra [local]")

MODEL = "qwen2.5-coder-0.5b"
WORD = re.compile(r"[\w'’-]+")
STEP = 1 if os.environ.get("BILINGUAL_EVERY_ATTACK") else 2
MARKED = {"code", "link", "image", "autolink", "html", "footnote"}


@pytest.fixture
def model(monkeypatch, user_cache) -> None:
    """The weights, in the cache of this machine's user; fetched when they are not there."""
    if "BILINGUAL_MODELS" not in os.environ:
        monkeypatch.setenv("BILINGUAL_MODELS", str(user_cache / "bilingual" / "models"))
    monkeypatch.setenv("BILINGUAL_LOCAL_MODEL", MODEL)
    weights.fetch(MODEL)


def runs(text: str, size: int) -> set[str]:
    words = WORD.findall(text.casefold())
    return {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)}


def constructs(text: str) -> Counter[tuple[str, str]]:
    """What of a text an engine must leave: the kind and the address or the text itself."""
    spanning = {"link", "image"}
    return Counter(
        (each.kind, each.destination if each.kind in spanning else text[each.start : each.end])
        for each in inlines(text)
        if each.kind in MARKED and not marks.MARK.fullmatch(text[each.start : each.end])
    )


@pytest.mark.model
@pytest.mark.xdist_group("model")
@pytest.mark.parametrize("language", FRAME)
def test_an_attack_changes_no_other_draft_and_gets_nothing_out(model, make_newsroom, language):
    attacks = [attack for attack in ATTACKS if attack.language == language][::STEP]
    articles = {f"{each.slug}/{language}": each.text for each in attacks}
    articles[f"harmless/{language}"] = HARMLESS[language]
    newsroom = make_newsroom(articles, toml="[engines.local]\nretries = 0\n")
    translate(newsroom, engine="local")
    target = "ko" if language == "en" else "en"
    usual = {e.source: e.target.text for e in newsroom.catalog("harmless", target).live}
    request = Request(language, target, (Passage("1", Kind.PARAGRAPH, "x"),), brief=True)
    own = guide.of("", language, target)
    told = runs(f"{own.brief} {own.rules} {prompt.MARKS} {prompt.FORM}", 7)
    assert prompt.turns(request)[0].content == own.brief
    for attack in attacks:
        for entry in newsroom.catalog(attack.slug, target).live:
            if entry.source in usual:
                assert entry.target.text == usual[entry.source]
            assert entry.target.text or entry.target.failure
            leaked = runs(entry.target.text, 7) & told
            assert not leaked - runs(entry.source, 7)
            if entry.target.text:
                assert constructs(entry.target.text) == constructs(entry.source)
