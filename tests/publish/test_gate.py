from __future__ import annotations

import pytest

from bilingual.model import Entry, Finding, Kind, Message, Severity, State, Target
from bilingual.publish.gate import EXCERPT, excerpt, gate


def entry(name: str, state: State = State.REVIEWED, **target: str) -> Entry:
    text = "" if state is State.INITIAL else "뮤즈 스파크가 나왔다."
    return Entry(name, Kind.PARAGRAPH, "Muse Spark is out.", target=Target(text, state, **target))


def finding(unit: str, severity: Severity, rule: str = "number-mismatch", line: int = 1) -> Finding:
    message = Message("{source} is {target}", {"source": "52", "target": "57"})
    return Finding(rule, severity, message, unit=unit, line=line)


def reasons(*entries: Entry, **facts: object) -> list[tuple[str, str]]:
    return [(each.unit, str(each.reason)) for each in gate(entries, **facts)]


@pytest.mark.parametrize("state", [State.REVIEWED, State.FINAL])
def test_what_a_person_approved_passes(state: State):
    assert gate([entry("a", state)]) == ()


@pytest.mark.parametrize(
    ("blocked", "reason"),
    [
        (entry("a", State.INITIAL), "not translated"),
        (entry("a", State.TRANSLATED), "not reviewed"),
        (entry("a", State.REVIEWED, previous="Muse Spark is near."), "the source changed"),
        (entry("a", State.TRANSLATED, previous="Muse Spark is near."), "the source changed"),
    ],
)
def test_every_other_state_blocks_publishing(blocked: Entry, reason: str):
    ((unit, said),) = reasons(entry("before"), blocked)
    assert unit == "a"
    assert said.startswith(reason)


def test_a_unit_that_left_the_article_does_not():
    gone = Entry("gone", Kind.PARAGRAPH, "Old.", obsolete=True)
    assert gate([entry("a"), gone]) == ()


def test_an_error_blocks_an_approved_unit_and_a_warning_does_not():
    error, warning = finding("a", Severity.ERROR), finding("b", Severity.WARNING)
    assert reasons(entry("a"), entry("b"), findings=[warning, error]) == [
        ("a", "number-mismatch: 52 is 57")
    ]


@pytest.mark.parametrize("rule", ["unreviewed", "stale", "catalog-outdated"])
def test_what_the_gate_checks_itself_is_reported_once(rule: str):
    blocked = entry("a", State.TRANSLATED)
    assert reasons(blocked, findings=[finding("a", Severity.ERROR, rule)]) == [
        ("a", "not reviewed")
    ]


def test_an_error_without_a_unit_blocks_publishing_too():
    (obstacle,) = gate([entry("a")], [finding("", Severity.ERROR, line=7)])
    assert (obstacle.unit, obstacle.line) == ("", 7)


def test_an_outdated_catalog_blocks_everything_and_names_the_command():
    ((unit, said),) = reasons(entry("a"), slug="spark", current=False)
    assert unit == ""
    assert "bilingual segment spark" in said


def test_a_target_that_cannot_be_merged_blocks_publishing():
    refusals = {"a": Message("it would become a list")}
    assert reasons(entry("a"), refusals=refusals) == [("a", "it would become a list")]


def test_obstacles_come_in_document_order_with_their_lines():
    entries = [entry(name, State.TRANSLATED) for name in ("z", "a", "m")]
    lines = {"z": 3, "a": 9, "m": 20}
    found = gate(entries, lines=lines)
    assert [(each.unit, each.line) for each in found] == [("z", 3), ("a", 9), ("m", 20)]
    assert found[0].excerpt == "Muse Spark is out."


def test_one_unit_may_be_in_the_way_for_several_reasons():
    found = reasons(
        entry("a", State.TRANSLATED),
        findings=[finding("a", Severity.ERROR)],
        refusals={"a": Message("it would become a list")},
    )
    assert [said for _, said in found] == [
        "not reviewed",
        "it would become a list",
        "number-mismatch: 52 is 57",
    ]


def test_an_excerpt_is_one_short_line():
    assert excerpt("둘째\n  줄") == "둘째 줄"
    assert len(excerpt("word " * 40)) <= EXCERPT
    assert excerpt("word " * 40).endswith("word…")
