"""A Korean reader gets the rules' documentation in Korean, to the last sentence."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from tools.rule_words import rule_words

from bilingual.checks import registry
from bilingual.checks.documentation import EXAMPLES, HEADINGS
from bilingual.cli.app.commands import bilingual
from bilingual.i18n import words

HANGUL = re.compile("[가-힣]")
ENGLISH = re.compile(r"\b[a-z]+(?: [a-z]+){4,}\b")
"""Five words in lower case in a row: a sentence, and no title or list of examples."""


def explained(name: str, monkeypatch: pytest.MonkeyPatch, locale: str) -> str:
    monkeypatch.setenv("LC_ALL", locale)
    done = CliRunner().invoke(bilingual, ["check", "--explain", name])
    assert done.exit_code == 0, done.output
    return done.output


def prose(page: str, headings: list[str]) -> list[str]:
    """Return the lines of ``page`` that are neither examples nor empty."""
    kept, example = [], False
    for line in page.splitlines():
        if line and not line.startswith(" "):
            example = line in headings
        if line and not example:
            kept.append(line)
    return kept


def test_every_paragraph_of_every_rule_has_a_korean_one():
    messages = [message for message, _ in rule_words()]
    assert {"Known limits", "newsroom", "A suppression holds back nothing"} <= set(messages)
    korean = words("ko")
    assert [message for message in messages if not HANGUL.search(korean(message))] == []


@pytest.mark.parametrize("name", registry.rules())
def test_a_rule_is_explained_without_an_english_sentence(
    name: str, monkeypatch: pytest.MonkeyPatch
):
    korean = words("ko")
    page = explained(name, monkeypatch, "ko_KR.UTF-8")
    text = " ".join(" ".join(prose(page, [korean(each) for each in EXAMPLES])).split())
    assert ENGLISH.findall(text) == []
    documentation = registry.rule(name).documentation
    for message in documentation.messages():
        assert " ".join(korean(message).split()) in text
    assert not [each for each in HEADINGS if f"\n{each}\n" in page]


def test_examples_are_shown_as_they_are(monkeypatch: pytest.MonkeyPatch):
    page = explained("particle", monkeypatch, "ko_KR.UTF-8")
    assert "  en: The API returns a URL.\n  ko: API은 URL를 돌려준다.\n" in page


def test_english_prose_is_found(monkeypatch: pytest.MonkeyPatch):
    """The test above can fail: an English page has English sentences."""
    page = explained("particle", monkeypatch, "C")
    assert ENGLISH.findall(" ".join(prose(page, list(EXAMPLES))))


def test_the_list_of_rules_is_korean(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    lines = CliRunner().invoke(bilingual, ["check", "--list"]).output.splitlines()
    assert [line.split()[0] for line in lines] == list(registry.rules())
    assert [line for line in lines if not HANGUL.search(line)] == []
    assert ENGLISH.findall("\n".join(lines)) == []
