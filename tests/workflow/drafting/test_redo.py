"""What ``--redo`` may name: a unit, a rule, an origin; and whose work it leaves alone."""

from __future__ import annotations

import pytest

from bilingual.errors import UsageError
from bilingual.model import Catalog, Entry, Finding, Kind, Message, Severity, State, Target
from bilingual.workflow.drafting.redo import named, needs_findings

RULES = frozenset({"number-mismatch", "particle"})


def entry(name: str, origin: str, state: State = State.TRANSLATED) -> Entry:
    return Entry(name, Kind.PARAGRAPH, f"Source {name}.", target=Target("글.", state, origin))


SPARK = Catalog(
    "spark", "en", "ko", "articles/spark/index.en.md",
    (
        entry("7c9e21ab", "mt:openai/gpt-4.1-mini"),
        entry("7c9e99ff", "mt:local/qwen"),
        entry("11112222", "mt:openai/gpt-4.1-mini", State.REVIEWED),
        entry("33334444", "human:Kim", State.REVIEWED),
    ),
)  # fmt: skip
FLARE = Catalog("flare", "en", "ko", "", (entry("7c9e21ab", "tm:100"),))
BOTH = (SPARK, FLARE)


def found(*units: str) -> list[Finding]:
    return [
        Finding("particle", Severity.WARNING, Message("…"), slug="spark", unit=unit)
        for unit in units
    ]


def test_a_unit_is_named_by_its_id_whoever_wrote_it():
    assert named(BOTH, (), ["33334444"], rules=RULES) == {"spark": {"33334444"}}
    assert named(BOTH, (), ["3333"], rules=RULES) == {"spark": {"33334444"}}


def test_one_text_in_two_articles_is_one_id_and_both_are_meant():
    assert named(BOTH, (), ["7c9e21ab"], rules=RULES) == {
        "spark": {"7c9e21ab"}, "flare": {"7c9e21ab"},
    }  # fmt: skip


def test_a_persons_unit_is_not_meant_in_passing():
    same = entry("7c9e21ab", "mt:openai/gpt-4.1-mini", State.REVIEWED)
    desk = (SPARK, Catalog("glow", "en", "ko", "", (same,)))
    for word in ("7c9e21ab", "7c9e2"):
        with pytest.raises(UsageError, match=r"2 articles have the unit .* approved it in glow"):
            named(desk, (), [word], rules=RULES)
    assert named(desk[1:], (), ["7c9e21ab"], rules=RULES) == {"glow": {"7c9e21ab"}}


def test_an_origin_names_what_no_person_approved():
    assert named(BOTH, (), ["mt:openai"], rules=RULES) == {"spark": {"7c9e21ab"}}
    assert named(BOTH, (), ["mt:"], rules=RULES) == {"spark": {"7c9e21ab", "7c9e99ff"}}
    assert named(BOTH, (), ["tm:"], rules=RULES) == {"flare": {"7c9e21ab"}}


def test_a_rule_names_the_units_it_finds_fault_with():
    faults = found("7c9e99ff", "33334444")
    assert named(BOTH, faults, ["particle"], rules=RULES) == {"spark": {"7c9e99ff"}}
    assert named(BOTH, faults, ["number-mismatch"], rules=RULES) == {}
    assert needs_findings(["mt:", "particle"], RULES)
    assert not needs_findings(["mt:", "7c9e21ab"], RULES)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("7c9e", "2 units of spark begin with '7c9e': 7c9e21ab, 7c9e99ff"),
        ("partcle", "did you mean particle"),
        ("7c9e21ac", "did you mean 7c9e21ab"),
        ("333", "is not a unit, a rule or an origin"),
        ("", "is not a unit, a rule or an origin"),
    ],
)
def test_anything_else_is_refused_with_what_may_be_meant(word: str, said: str):
    with pytest.raises(UsageError, match=said):
        named(BOTH, (), [word], rules=RULES)
