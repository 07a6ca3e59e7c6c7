"""Every rule's documentation is true: its wrong examples are found, its right ones are not."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter
from typing import TYPE_CHECKING

import pytest
import yaml

from bilingual.checks import registry
from bilingual.checks.base import NewsroomSubject
from bilingual.checks.documentation import HEADINGS, REQUIRED
from bilingual.glossary.match import Matcher
from bilingual.glossary.schema import parse
from bilingual.markdown import blocks
from bilingual.markdown.structure import outline
from bilingual.model import Entry, Kind, Scope, State, Suppression, Target

if TYPE_CHECKING:
    from bilingual.checks.base import PairSubject
    from bilingual.checks.documentation import Example
    from bilingual.model import Finding

LANGUAGES = ("en", "ko")
OF_UNIT = {"kind", "state", "previous", "path"}
KEYS = {*LANGUAGES, *OF_UNIT, "glossary", "article", "suppress", "outdated", "orphan"}


def subjects(example: Example) -> list[PairSubject | NewsroomSubject]:
    """The articles of ``example``, and the newsroom they make."""
    assert {key for key, _ in example.lines} <= KEYS
    languages = [key for key, _ in example.lines if key in LANGUAGES]
    first, second = languages[0], next(each for each in languages if each != languages[0])
    entries = [f"- {value}\n" for key, value in example.lines if key == "glossary"]
    terms = parse("".join(entries), path="glossary.yaml").terms
    matcher = Matcher(terms)
    articles: dict[str, list[dict[str, str]]] = {}
    slug = "article"
    for key, value in example.lines:
        if key == "article":
            slug = value
        elif key == first:
            articles.setdefault(slug, []).append({"source": value})
        elif key == second:
            articles[slug][-1]["target"] = value
        elif key in OF_UNIT:
            articles[slug][-1][key] = value
    outdated = any(key == "outdated" for key, _ in example.lines)
    pairs = [
        replace(
            registry.pair(
                name,
                [entry(number, unit) for number, unit in enumerate(units)],
                (first, second),
                matcher,
            ),
            current=not outdated,
            outlines=(documented(units, "source"), documented(units, "target")),
        )
        for name, units in articles.items()
    ]
    orphans = tuple(value for key, value in example.lines if key == "orphan")
    suppressions = [
        Suppression(**yaml.safe_load(value)) for key, value in example.lines if key == "suppress"
    ]
    return [*pairs, NewsroomSubject(tuple(pairs), terms, tuple(suppressions), orphans)]


def documented(units: list[dict[str, str]], side: str) -> tuple[tuple[str, int], ...]:
    """The blocks of a document that has these units one below the other."""
    text = "\n\n".join(unit.get(side, "") for unit in units)
    return tuple(outline(blocks.parse(text)))


def entry(number: int, unit: dict[str, str]) -> Entry:
    text = unit.get("target", "")
    state = State(unit.get("state", "reviewed" if text else "initial"))
    target = Target(text, state, previous=unit.get("previous"))
    kind = Kind(unit.get("kind", "paragraph"))
    path = tuple(unit.get("path", "").split("/")) if "path" in unit else ()
    return Entry(f"u{number}", kind, unit["source"], path, target)


def findings(name: str, example: Example) -> list[Finding]:
    return list(registry.run(subjects(example), registry.select([name])))


def found(name: str, example: Example) -> list[str]:
    return [str(finding.message) for finding in findings(name, example)]


def examples(kind: str) -> list[tuple[str, Example]]:
    return [
        (name, example)
        for name in registry.rules()
        for example in getattr(registry.rule(name).documentation, kind)
    ]


@pytest.mark.parametrize(("name", "example"), examples("wrong"), ids=str)
def test_what_a_rule_calls_wrong_is_found(name: str, example: Example):
    assert found(name, example)


@pytest.mark.parametrize(("name", "example"), examples("right"), ids=str)
def test_what_a_rule_calls_right_is_not_found(name: str, example: Example):
    assert found(name, example) == []


@pytest.mark.parametrize("name", registry.rules())
def test_a_rule_is_documented_under_every_heading(name: str):
    documentation = registry.rule(name).documentation
    assert documentation.title
    assert len(documentation.title) < 90
    assert set(REQUIRED) <= set(documentation.sections) <= set(HEADINGS)
    assert list(documentation.sections) == [
        heading for heading in HEADINGS if heading in documentation.sections
    ]
    assert documentation.wrong
    assert documentation.right


@pytest.mark.parametrize("name", registry.rules())
def test_the_message_of_a_finding_has_all_its_values(name: str):
    for example in registry.rule(name).documentation.wrong:
        for finding in findings(name, example):
            message = finding.message
            fields = {field for _, field, _, _ in Formatter().parse(message.template) if field}
            assert fields <= set(message.values)
            assert None not in message.values.values()


@pytest.mark.parametrize("name", registry.rules())
def test_what_a_rule_fixes_is_fixed(name: str):
    for example in registry.rule(name).documentation.wrong:
        for finding in findings(name, example):
            if finding.fix is None:
                continue
            lines = tuple(
                (key, finding.fix.target if value == finding.target else value)
                for key, value in example.lines
            )
            assert lines != example.lines
            again = findings(name, type(example)(lines))
            assert len(again) < len(findings(name, example))


def test_rules_look_at_units_pairs_or_newsrooms():
    assert {registry.rule(name).scope for name in registry.rules()} <= set(Scope)
