"""The checks say of each attack that it is there."""

from __future__ import annotations

import pytest

from bilingual.checks import registry
from bilingual.glossary.match import Matcher
from bilingual.markdown.segment import segment
from bilingual.model import Entry, Kind
from bilingual.prompting import guide, prompt
from bilingual.prompting.request import Passage, Request
from tests.support.attacks import ATTACKS, HARMLESS

RULES = ("hidden-text", "instruction-like")


def flagged(text: str, languages: tuple[str, str]) -> set[str]:
    entries = [Entry(str(i), unit.kind, unit.source) for i, unit in enumerate(segment(text).units)]
    pair = registry.pair("a", entries, languages, Matcher([]))
    return {finding.rule for finding in registry.run([pair], registry.select(RULES))}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.slug)
def test_an_attack_is_flagged(attack):
    assert flagged(attack.text, (attack.language, attack.target_language)) == attack.flagged


@pytest.mark.parametrize("language", HARMLESS)
def test_an_article_without_an_attack_is_not(language):
    other = "ko" if language == "en" else "en"
    assert flagged(HARMLESS[language], (language, other)) == set()


@pytest.mark.parametrize("brief", [False, True])
@pytest.mark.parametrize("direction", guide.DIRECTIONS, ids="-".join)
def test_a_draft_that_is_the_engines_instructions_is_an_error(direction, brief):
    request = Request(*direction, (Passage("1", Kind.PARAGRAPH, "x"),), brief=brief)
    told = prompt.turns(request)[0].content
    matcher = Matcher([])
    found = registry.check_text(
        "Some source. 원문.", told, direction, matcher, select=registry.select(["prompt-leaked"])
    )
    assert [str(each.severity) for each in found] == ["error"]
    for words in (prompt.MARKS, prompt.FORM, *prompt.ASK.values()):
        assert registry.check_text(
            "Some source.", words, direction, matcher, select=registry.select(["prompt-leaked"])
        )
