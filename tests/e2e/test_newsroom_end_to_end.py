"""A newsroom from nothing to a published pair, through the real command, on the scripted engine."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support import copies

if TYPE_CHECKING:
    from pathlib import Path

SLUG = "first-story"
KOREAN = {
    "Models": "모델",
    "What was measured": "무엇을 쟀나",
    "Small": "소형",
    "1.5B": "15억",
    "8B": "80억",
    "Correct the glossary before you correct the draft.": "초안보다 용어집을 먼저 고친다.",
    "Publish only what a person has read.": "사람이 읽은 것만 발행한다.",
}
"""What the scripted engine answers; it makes the rest up."""


def bilingual(
    folder: Path, *words: str, code: int = 0, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    done = copies.bilingual(folder, *words, stdin=stdin)
    assert done.returncode == code, f"{words}: {done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done


def printed(folder: Path, *words: str, code: int = 0) -> dict:
    return json.loads(bilingual(folder, *words, "--json", code=code).stdout)


@pytest.fixture
def room(tmp_path):
    """A fresh newsroom whose engine is scripted."""
    bilingual(tmp_path, "init", "news", "--name", "두 언어 신문")
    folder = tmp_path / "news"
    toml = folder / "bilingual.toml"
    text = toml.read_text("utf-8").replace('engine = "local"', 'engine = "scripted"')
    answers = "\n".join(f"{json.dumps(en)} = {json.dumps(ko)}" for en, ko in KOREAN.items())
    toml.write_text(f"{text}\n[engines.scripted.answers]\n{answers}\n", "utf-8")
    return folder


def test_one_article_goes_through_the_whole_workflow(room):
    (segmented,) = printed(room, "segment")["articles"]
    assert segmented["new"] == segmented["units"] > 15

    drafted = printed(room, "translate")
    assert drafted["drafted"] + drafted["reused"] == segmented["units"]
    assert drafted["failures"] == []
    assert printed(room, "translate")["drafted"] == 0, "a second run repeats nothing"

    waiting = printed(room, "queue")
    assert waiting["waiting"] == len(waiting["items"]) == segmented["units"]
    risks = [item["risk"] for item in waiting["items"]]
    assert risks == sorted(risks, reverse=True)

    refused = printed(room, "publish", SLUG, code=1)
    assert len(refused["refused"][0]["obstacles"]) >= segmented["units"]
    assert not (room / "public").exists(), "a refused publish writes nothing"

    for item in waiting["items"]:
        words = [item["slug"], item["unit"], "--seen", item["seen"], "--as", "김편집"]
        findings = [each["rule"] for each in item["findings"] if each["severity"] == "error"]
        if findings:  # the made-up words miss glossary terms: an editor mends that
            edited = good(item)
            bilingual(room, "edit", *words, "--text", edited)
        else:
            bilingual(room, "approve", *words)
    assert printed(room, "queue")["items"] == []

    assert printed(room, "check", "--fail-on", "error")["summary"]["error"] == 0
    bilingual(room, "segment", "--check")
    (standing,) = printed(room, "status")["articles"]
    assert standing["ready"]

    published = printed(room, "publish")
    assert published["published"] == [SLUG]
    pair = room / "public" / "pairs" / SLUG
    english, korean = ((pair / f"index.{each}.md").read_text("utf-8") for each in ("en", "ko"))
    assert "A small model reads the news on one GPU" in english
    assert "## 무엇을 쟀나 {#what-was-measured}\n" in korean
    assert "GPU" in korean
    assert "[^1]:" in korean
    assert "https://spec.commonmark.org/" in korean
    assert list((room / "public").rglob("*.html"))


def good(item: dict) -> str:
    """Return a translation that keeps what the checks ask for: marks, numbers and terms."""
    text = item["target"]
    missing = [term["targets"][0] for term in item["terms"] if not term["present"]]
    return f"{text} {' '.join(missing)}".strip()


def test_drafts_are_published_as_drafts_only(room):
    bilingual(room, "segment")
    bilingual(room, "translate")
    assert printed(room, "publish", "--draft")["drafts"] == [SLUG]
    assert (room / "public").is_dir()


def test_an_edited_article_goes_round_again(room):
    bilingual(room, "segment")
    bilingual(room, "translate")
    units = len(printed(room, "queue")["items"])
    bilingual(room, "review", "--as", "김편집", stdin="a\n" * units)
    article = room / "articles" / SLUG / "index.en.md"
    text = article.read_text("utf-8")
    article.write_text(text.replace("Three numbers say", "Four numbers say"), "utf-8")
    bilingual(room, "segment", "--check", code=1)
    (done,) = printed(room, "segment")["articles"]
    assert (done["stale"], done["new"], done["gone"]) == (1, 0, 0)
    (item,) = printed(room, "queue")["items"]
    assert item["stale"]
    assert item["previous"].startswith("Three numbers")


def test_a_merged_article_comes_back_edited(room):
    bilingual(room, "segment")
    bilingual(room, "translate")
    draft = bilingual(room, "merge", SLUG, "--drafts").stdout
    edited = draft.replace("## 무엇을 쟀나\n", "## 무엇을 어떻게 쟀나\n")
    assert edited != draft
    bilingual(room, "absorb", SLUG, "-", "--as", "김편집", stdin=edited)
    assert bilingual(room, "merge", SLUG, "--check", code=1).stdout == ""
    assert "## 무엇을 어떻게 쟀나\n" in bilingual(room, "merge", SLUG).stdout


def test_merge_writes_to_the_given_file_and_never_over_a_source(room, tmp_path):
    bilingual(room, "segment")
    source = (room / "articles" / SLUG / "index.en.md").read_bytes()
    bilingual(room, "merge", SLUG, "--output", str(tmp_path / "out.md"))
    assert (tmp_path / "out.md").read_bytes() == source
    second = f"articles/{SLUG}/index.ko.md"
    bilingual(room, "merge", SLUG, "--output", second, code=2)
    assert not (room / second).exists()


def test_decisions_are_taken_from_lines_where_no_terminal_is(room):
    bilingual(room, "segment")
    bilingual(room, "translate")
    keys = "a\nr\n제목이 틀렸다\ns\ne\n사람이 쓴 번역\nc\n나중에 확인\nq\n"
    done = bilingual(room, "review", "--as", "김편집", stdin=keys)
    assert "approved: 1, edited: 1, rejected: 1, commented: 1, skipped: 1" in done.stderr
    counts = printed(room, "status")["articles"][0]
    assert (counts["reviewed"], counts["failed"]) == (2, 1)


def test_everything_speaks_korean_in_a_korean_locale(room, monkeypatch):
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert "단위" in bilingual(room, "segment").stdout
    assert "초안" in bilingual(room, "translate").stderr
    assert "기다리는 단위" in bilingual(room, "queue").stderr
    assert "아무것도 쓰지 않았습니다" in bilingual(room, "publish", SLUG, code=1).stderr
    assert bilingual(room, "queue", "nope", code=2).stderr.startswith("오류: ")


def test_korean_output_is_complete_under_the_c_locale(room, monkeypatch):
    bilingual(room, "segment")
    bilingual(room, "translate")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONUTF8", "0")  # what Python makes of both it does when it starts
    for words in (["merge", SLUG, "--drafts"], ["queue", "--json"]):
        shown = subprocess.check_output([sys.executable, "-m", "bilingual", *words], cwd=room)
        assert "무엇을 쟀나" in shown.decode("utf-8")


def test_a_reviewer_sees_the_numbers_and_the_code_next_to_a_unit(make_newsroom):
    root = make_newsroom({"spark/en": "| Model | Score |\n|---|---|\n| Muse Spark | 42.8 |\n"}).root
    bilingual(root, "segment")
    shown = bilingual(root, "review", "--as", "김편집", stdin="s\ns\ns\n").stdout
    assert "Around it\n  |---|---|\n  | Muse Spark | 42.8 |" in shown
