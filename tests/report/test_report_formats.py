"""Reports: what people read and what programs read of the same findings."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bilingual.report as package
from bilingual.model import Edit, Finding, Fix, Message, Severity
from bilingual.report.base import names, report

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = Path(__file__).parents[3] / "shared" / "schemas" / "sarif-2.1.0.json"


@dataclass(frozen=True)
class Result:
    findings: tuple[Finding, ...] = ()
    units: int = 0
    titles: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)


SOURCE = "Meta invested $14.3 billion in Scale AI."
TARGET = "메타는 스케일 AI에 143억 원을 투자했다."
MONEY = Finding(
    rule="money-mismatch",
    severity=Severity.ERROR,
    message=Message("{source} became {target}", {"source": "$14.3 billion", "target": "143억 원"}),
    path="locales/ko/articles/muse-spark.po",
    line=42,
    column=20,
    slug="muse-spark",
    unit="a1b2",
    language="ko",
    source=SOURCE,
    target=TARGET,
    span=(12, 18),
    source_span=(14, 27),
    end_line=42,
    end_column=26,
)
FIXED = Finding(
    rule="particle",
    severity=Severity.WARNING,
    message=Message(
        "{right} after {word}, not {wrong}", {"right": "는", "word": "GPU", "wrong": "은"}
    ),
    path="가 나.po",
    fix=Fix(Message("write {right}", {"right": "는"}), "GPU는", Edit(7, 12, 7, 13, "는")),
)
RESULT = Result(
    (MONEY, FIXED),
    3,
    {"money-mismatch": "Another currency", "stale": "Changed"},
    {"money-mismatch": {"What": "Compares\n    amounts.", "Wrong": "en: $1\nko: **1원**"}},
    {"money-mismatch": Severity.ERROR},
)


def render(name: str, result: Result = RESULT, **options: object) -> str:
    return report(name).render(result, **options)


def test_every_file_of_the_folder_is_a_report_of_that_name():
    files = {path.stem for path in Path(package.__path__[0]).glob("*.py")}
    assert files - {"__init__", "base"} == set(names())


def test_an_unknown_report_is_a_key_error():
    with pytest.raises(KeyError):
        report("os")


def test_text_shows_the_place_the_rule_and_the_words_in_both_languages():
    assert render("text", Result((MONEY,), 1)) == (
        "locales/ko/articles/muse-spark.po:42:20: error money-mismatch: "
        "$14.3 billion became 143억 원\n"
        "  en │ Meta invested $14.3 billion in Scale AI.\n"
        "     │               ^^^^^^^^^^^^^\n"
        "  ko │ 메타는 스케일 AI에 143억 원을 투자했다.\n"
        "     │                    ^^^^^^^^\n"
        "1 error, 0 warnings, 0 remarks in 1 unit.\n"
    )


def test_text_puts_the_caret_under_hangul_that_is_two_columns_wide():
    lines = render("text", Result((MONEY,), 1)).split("\n")
    target, caret = lines[3], lines[4]
    before = target[: target.index("143억")]
    columns = len(before) + sum("가" <= letter <= "힣" for letter in before)
    assert caret.index("^") == columns


def test_text_is_in_the_language_of_its_gettext():
    korean = {"{source} became {target}": "{source}이 {target}이 됐다", "error": "오류"}
    text = render("text", gettext=lambda template: korean.get(template, template))
    assert "오류 money-mismatch: $14.3 billion이 143억 원이 됐다" in text


def test_text_cuts_long_lines_round_the_words_in_question():
    long = "가나다라 " * 60
    finding = Finding(
        "particle", Severity.ERROR, Message("x"), language="ko", target=f"{long}여기 {long}",
        span=(len(long), len(long) + 2),
    )  # fmt: skip
    lines = render("text", Result((finding,), 1), width=60).split("\n")
    assert "여기" in lines[1]
    assert lines[1].startswith("  ko │ …")
    assert lines[1].endswith("…")
    assert len(lines[1]) < 60


def test_text_has_colours_only_when_asked():
    assert "\x1b[" not in render("text")
    assert "\x1b[31merror\x1b[0m" in render("text", colour=True)


def test_text_cannot_be_made_to_steer_the_terminal():
    finding = Finding(
        "x", Severity.ERROR, Message("{a}", {"a": "\x1b[2J"}), target="\x1b]0;t\x07가"
    )
    assert "\x1b" not in render("text", Result((finding,), 1))
    assert "\x07" not in render("text", Result((finding,), 1))


def test_text_reports_when_there_is_nothing():
    assert render("text", Result((), 12)) == "No findings in 12 units.\n"


def test_json_is_the_documented_object():
    tree = json.loads(render("json"))
    assert tree["version"] == 1
    assert tree["summary"] == {"error": 1, "warning": 1, "info": 0, "units": 3}
    first, second = tree["findings"]
    assert list(first) == [
        "rule", "severity", "message", "path", "line", "column", "slug", "unit", "language",
        "source", "target", "fix",
    ]  # fmt: skip
    assert (first["rule"], first["severity"], first["fix"]) == ("money-mismatch", "error", None)
    assert second["fix"] == {"description": "write 는", "target": "GPU는"}


def test_json_writes_korean_as_korean():
    assert "143억 원" in render("json")


def test_github_escapes_what_its_commands_would_read():
    finding = Finding(
        "number-mismatch", Severity.INFO, Message("5%\n::error::x"), path="a,b:c.po", line=3
    )
    assert render("github", Result((finding,), 1)) == (
        "::notice file=a%2Cb%3Ac.po,line=3,col=1,title=number-mismatch::5%25%0A::error::x\n"
    )


def test_github_marks_the_words_in_question():
    assert render("github", Result((MONEY,), 1)) == (
        "::error file=locales/ko/articles/muse-spark.po,line=42,col=20,endLine=42,endColumn=26,"
        "title=money-mismatch::$14.3 billion became 143억 원\n"
    )


def test_gitlab_keeps_its_fingerprints_when_lines_move():
    from dataclasses import replace

    before = json.loads(render("gitlab", Result((MONEY, MONEY), 1)))
    after = json.loads(render("gitlab", Result((replace(MONEY, line=99),), 1)))
    assert before[0]["fingerprint"] == after[0]["fingerprint"]
    assert before[0]["fingerprint"] != before[1]["fingerprint"]
    assert before[0]["location"] == {"path": MONEY.path, "lines": {"begin": 42}}


def test_junit_is_xml_with_a_failure_a_finding():
    root = ET.fromstring(render("junit"))  # noqa: S314 - our own text
    assert [suite.get("name") for suite in root] == [MONEY.path, FIXED.path]
    failure = root.find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.get("type") == "error"


def test_junit_shows_a_passed_case_when_there_is_nothing():
    root = ET.fromstring(render("junit", Result((), 7)))  # noqa: S314
    assert [case.get("name") for case in root.iter("testcase")] == ["7 units"]


def test_sarif_names_rules_places_and_units():
    log = json.loads(render("sarif"))
    run = log["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [
        "money-mismatch", "particle", "stale",
    ]  # fmt: skip
    first, second = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["region"] == {
        "startLine": 42, "startColumn": 20, "endLine": 42, "endColumn": 26,
    }  # fmt: skip
    assert second["ruleIndex"] == 1
    assert second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "%EA%B0%80%20%EB%82%98.po"
    )


def test_sarif_documents_its_rules():
    money, particle, _ = json.loads(render("sarif"))["runs"][0]["tool"]["driver"]["rules"]
    assert money["shortDescription"] == {"text": "Another currency"}
    assert money["fullDescription"] == {"text": "Compares amounts."}
    assert money["defaultConfiguration"] == {"level": "error"}
    assert money["help"]["markdown"].endswith("**Wrong**\n\n    en: $1\n    ko: **1원**")
    assert particle == {"id": "particle", "shortDescription": {"text": "particle"}}


def test_sarif_has_fixes_as_edits_of_the_file():
    without, fixed = json.loads(render("sarif"))["runs"][0]["results"]
    assert "fixes" not in without
    (change,) = fixed["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "%EA%B0%80%20%EB%82%98.po"}
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 7, "startColumn": 12, "endLine": 7, "endColumn": 13},
            "insertedContent": {"text": "는"},
        }
    ]


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema of SARIF is not here")
@pytest.mark.parametrize("result", [RESULT, Result((), 0)], ids=["findings", "none"])
def test_sarif_is_valid(result: Result):
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(json.loads(render("sarif", result)), json.loads(SCHEMA.read_text("utf-8")))


@pytest.mark.parametrize("name", names())
@given(text=st.text(), path=st.text(max_size=20), start=st.integers(0, 30), size=st.integers(0, 9))
def test_no_text_breaks_a_report(name: str, text: str, path: str, start: int, size: int):
    finding = Finding(
        "x", Severity.ERROR, Message("{text}", {"text": text}), path=path, language="ko",
        source=text, target=text, span=(start, start + size), source_span=(0, size),
    )  # fmt: skip
    said = render(name, Result((finding,), 1))
    said.encode("utf-8")
    if name in {"json", "gitlab", "sarif"}:
        json.loads(said)
    if name == "junit":
        ET.fromstring(said)  # noqa: S314
