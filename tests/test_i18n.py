"""The tool's words: which language, from which file, and compiled as the build does it."""

from __future__ import annotations

import gettext
import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from bilingual import i18n
from bilingual.cli.app import click_words
from bilingual.errors import ContentError
from bilingual.i18n import language, sentence, tell, words
from bilingual.language.message import NOTATION, fill
from bilingual.model import msg

ROOT = Path(__file__).parents[1]
PO = polib.pofile(str(ROOT / "locales/ko/LC_MESSAGES/bilingual.po"), encoding="utf-8")
KOREAN = {entry.msgid: entry.msgstr or entry.msgstr_plural[0] for entry in PO.translated_entries()}
CLICK = {*click_words.CLICK, *(one for one, _ in click_words.PLURALS)}


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko"}, "ko"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8"}, "ko"),
        ({"LC_MESSAGES": "ko_KR.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, "ko"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "kok_IN"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:ko:en"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LANGUAGE": "fr"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "ko"}, "en"),
    ],
)
def test_the_locale_for_messages_chooses(environment, spoken):
    assert language(environment) == spoken


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
    assert words("ko")("") == ""


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
    korean = words("ko", tmp_path)
    assert [korean("One"), korean("Two")] == ["One", "Two"]


def test_a_file_that_is_not_po_is_named_with_its_line(tmp_path: Path):
    file = own(tmp_path, 'msgid "One"\nmsgstr "하나"\nbroken\n')
    with pytest.raises(ContentError, match=re.escape(f"{file}:7: ")):
        words("ko", tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path: Path):
    file = own(tmp_path, "")
    file.write_bytes('msgid "One"\nmsgstr "하나"\n'.encode("cp949"))
    with pytest.raises(ContentError, match=re.escape(f"{file}: not UTF-8")):
        words("ko", tmp_path)


@pytest.mark.parametrize("chosen", ["en", "ko"])
def test_the_tools_words_cost_no_import_of_a_po_library(chosen: str):
    words("ko")  # compiled now, if the PO file is newer
    code = (
        f"import sys; from bilingual.i18n import words; words('{chosen}')('Share');"
        "sys.exit(bool({'polib', 'babel'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_newer_po_file_is_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(i18n, "CHECKOUT", tmp_path / "locales")
    monkeypatch.setattr(i18n, "COMPILED", tmp_path / "compiled")
    own(tmp_path, 'msgid "Share"\nmsgstr "나누기"\n')
    assert i18n._translations("ko").gettext("Share") == "나누기"
    again = gettext.translation(i18n.DOMAIN, tmp_path / "compiled", ["ko"])
    assert again.gettext("Share") == "나누기"


def test_a_checkout_that_cannot_be_written_speaks_korean_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "file").touch()
    monkeypatch.setattr(i18n, "CHECKOUT", tmp_path / "locales")
    monkeypatch.setattr(i18n, "COMPILED", tmp_path / "file")
    own(tmp_path, 'msgid "Share"\nmsgstr "나누기"\n')
    assert i18n._translations("ko").gettext("Share") == "나누기"


def test_every_word_of_the_site_has_a_korean_one(site_words: list[str]):
    assert {"Related articles", "Back to the text", "{minutes} min read"} <= set(site_words)
    assert [each for each in site_words if each not in KOREAN] == []


def test_every_word_of_the_tool_has_a_korean_one(tool_words: list[str]):
    assert {"not reviewed", "The target is empty."} <= set(tool_words)
    assert [each for each in tool_words if each not in KOREAN] == []


def fields(template: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", template))


def test_a_translation_has_the_values_of_its_msgid():
    for msgid, korean in KOREAN.items():
        if msgid not in CLICK:
            assert fields(korean) == fields(msgid), msgid


def test_a_korean_sentence_of_click_has_no_other_values_than_clicks():
    """It may have fewer: click's names of types are English."""
    plurals = dict(click_words.PLURALS)
    for msgid in CLICK:
        assert fields(KOREAN[msgid]) <= fields(msgid) | fields(plurals.get(msgid, "")), msgid


SAMPLES = ("뮤즈", "스파크 모델", "연필", "7", "React", "index.en.md", "`--engine`", "?", "")
"""Ending in a vowel, a consonant, ㄹ, a digit, a Latin word, a file name, a mark, nothing read."""


class Sample(str):
    """A text that passes for a number where a template formats one."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return str(self)


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_particle_is_left_to_the_reader(sample: str):
    for msgid, korean in KOREAN.items():
        names = fields(korean)
        if names and msgid not in CLICK:
            said = fill(korean, dict.fromkeys(names, Sample(sample)))
            assert not any(both in said for both in NOTATION), said


def test_clicks_own_sentences_and_those_of_templates_need_no_particle(site_words: list[str]):
    """They are filled in by ``str.format`` alone."""
    for msgid in (*CLICK, *site_words):
        assert not any(both in KOREAN[msgid] for both in NOTATION), msgid


def test_a_message_is_said_with_its_values_and_messages_in_them(monkeypatch: pytest.MonkeyPatch):
    outer = msg("{rule}: {message}", rule="stale", message=msg("the source changed"))
    korean, english = "stale: 원문이 바뀌었습니다", "stale: the source changed"
    for name, said in (("ko_KR.UTF-8", korean), ("C", english)):
        monkeypatch.setenv("LC_ALL", name)
        assert sentence(outer) == said
        assert tell("the source changed") == said.removeprefix("stale: ")
