"""Sentences of AI news in both directions: left alone as they are, found with one slip in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from bilingual.checks import registry
from bilingual.glossary.match import Matcher
from bilingual.glossary.schema import parse
from bilingual.model import Entry, Kind, Scope, Severity, State, Target

if TYPE_CHECKING:
    from bilingual.model import Finding

PAIRS = Path(__file__).parents[1] / "fixtures" / "news" / "pairs.txt"
GLOSSARY = Path(__file__).parents[2] / "glossary.yaml"


class Case(NamedTuple):
    """One sentence in both languages, and a slip of each side."""

    en: str
    ko: str
    ko_slip: tuple[str, str]
    en_slip: tuple[str, str]


def cases() -> list[Case]:
    blocks = PAIRS.read_text("utf-8").strip().split("\n\n")[1:]
    found = []
    for block in blocks:
        en, ko, first, second = block.split("\n")
        found.append(Case(en, ko, _slip(first, ko), _slip(second, en)))
    return found


def _slip(line: str, text: str) -> tuple[str, str]:
    old, new = line.split(" => ")
    assert text.count(old) >= 1, line
    return old, new


@cache
def matcher() -> Matcher:
    return Matcher(parse(GLOSSARY.read_text("utf-8"), path="glossary.yaml").terms)


@cache
def selection() -> registry.Selection:
    names = [name for name in registry.rules() if registry.rule(name).scope is Scope.UNIT]
    return registry.select([name for name in names if name != "unreviewed"])


def errors(source: str, target: str, languages: tuple[str, str]) -> list[Finding]:
    entry = Entry("u", Kind.PARAGRAPH, source, target=Target(target, State.REVIEWED))
    unit = registry.subject(entry, languages, matcher())
    return [each for each in registry.run([unit], selection()) if each.severity is Severity.ERROR]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.en)
def test_a_good_translation_raises_no_error(case: Case) -> None:
    assert errors(case.en, case.ko, ("en", "ko")) == []
    assert errors(case.ko, case.en, ("ko", "en")) == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: " => ".join(case.ko_slip))
def test_a_slip_in_the_korean_is_found(case: Case) -> None:
    assert errors(case.en, case.ko.replace(*case.ko_slip, 1), ("en", "ko"))


@pytest.mark.parametrize("case", cases(), ids=lambda case: " => ".join(case.en_slip))
def test_a_slip_in_the_english_is_found(case: Case) -> None:
    assert errors(case.ko, case.en.replace(*case.en_slip, 1), ("ko", "en"))
