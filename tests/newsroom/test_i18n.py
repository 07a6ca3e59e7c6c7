from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bilingual.errors import ContentError
from bilingual.newsroom.i18n import missing, translations, words

ROOT = Path(__file__).parents[2]


def own(root: Path, text: str, language: str = "ko") -> Path:
    file = root / "locales" / language / "LC_MESSAGES" / "bilingual.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    file.write_text(header + text, "utf-8")
    return file


def test_words_come_in_the_readers_language():
    assert words("ko")("Share") == "공유"
    assert words("en")("Share") == "Share"


def test_a_word_without_translation_shows_in_english():
    assert words("ko")("Never said before") == "Never said before"
    assert missing("ko", ["Share", "Never said before"]) == ["Never said before"]


def test_a_newsrooms_own_words_win_and_the_others_stay(tmp_path: Path):
    own(tmp_path, 'msgid "Share"\nmsgstr "나누기"\n\nmsgid "The Even Page"\nmsgstr "고른 지면"\n')
    korean = words("ko", tmp_path)
    assert [korean(each) for each in ("Share", "The Even Page", "Draft")] == [
        "나누기",
        "고른 지면",
        "초안",
    ]


def test_a_newsroom_may_change_english_words_too(tmp_path: Path):
    own(tmp_path, 'msgid "Share"\nmsgstr "Pass it on"\n', "en")
    assert words("en", tmp_path)("Share") == "Pass it on"


def test_a_fuzzy_or_empty_translation_is_none(tmp_path: Path):
    own(tmp_path, '#, fuzzy\nmsgid "One"\nmsgstr "하나"\n\nmsgid "Two"\nmsgstr ""\n')
    assert missing("ko", ["One", "Two"], tmp_path) == ["One", "Two"]


def test_a_file_that_is_no_po_is_named(tmp_path: Path):
    own(tmp_path, 'msgid "One"\nmsgstr "하나"\nmsgid broken\n')
    with pytest.raises(ContentError, match=r"bilingual\.po"):
        words("ko", tmp_path)


def test_english_costs_no_import_of_babel(monkeypatch: pytest.MonkeyPatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "babel"]:
        monkeypatch.delitem(sys.modules, name)
    words("en", ROOT)("Share")
    assert "babel" not in sys.modules


def test_every_word_of_the_site_has_a_korean_one(site_words: list[str]):
    assert {"Related articles", "Back to the text", "{minutes} min read"} <= set(site_words)
    assert missing("ko", site_words) == []


def test_every_word_of_the_tool_has_a_korean_one(tool_words: list[str]):
    assert {"not reviewed", "The target is empty."} <= set(tool_words)
    assert missing("ko", tool_words) == []


def test_a_translation_has_the_values_of_its_msgid():
    import re

    for msgid, korean in translations("ko").items():
        assert set(re.findall(r"\{\w+", korean)) == set(re.findall(r"\{\w+", msgid)), msgid
