"""``check --pair``: two Markdown files that never saw a catalog, and PO on standard input."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from bilingual.cli import main
from bilingual.errors import ContentError, UsageError
from bilingual.workflow.check_pair import PairFile, check_pair

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = """\
---
title: Muse Spark
---

Meta invested $14.3 billion in [Scale AI](https://scale.com).

> Wang called it a start.
> It scored 52.
"""
KOREAN = """\
---
title: 뮤즈 스파크
---

메타는 [스케일 AI](https://scale.com)에 143억 달러를 투자했다.

> 왕은 이를 시작이라고 불렀다.
> 52점이었다.
"""
TEXTS = ("number-mismatch", "money-mismatch", "link-mismatch", "untranslated", "unit-added")


def findings(english: str, korean: str, names: tuple[str, str] = ("a.en.md", "a.ko.md")):
    result = check_pair(PairFile(names[0], english), PairFile(names[1], korean), select=TEXTS)
    return [
        (each.rule, each.path, each.line, each.column, each.end_line, each.end_column)
        for each in result.findings
    ]


def test_good_versions_have_no_findings():
    result = check_pair(PairFile("a.en.md", ENGLISH), PairFile("a.ko.md", KOREAN), select=TEXTS)
    assert result.findings == ()
    assert result.units == 3


def test_a_finding_is_at_its_words_in_the_target():
    korean = KOREAN.replace("143억 달러", "143억 원")
    line = korean.split("\n")[4]
    column = line.index("143억 원") + 1
    assert findings(ENGLISH, korean) == [
        ("money-mismatch", "a.ko.md", 5, column, 5, column + len("143억 원"))
    ]


def test_inside_a_quotation_the_column_counts_its_marks():
    korean = KOREAN.replace("52점", "25점")
    (found,) = findings(ENGLISH, korean)
    assert found[:4] == ("number-mismatch", "a.ko.md", 8, 3)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_count_whatever_ends_them(ending: str):
    korean = KOREAN.replace("52점", "25점").replace("\n", ending)
    (found,) = findings(ENGLISH, korean)
    assert found[2:4] == (8, 3)


def test_what_was_left_out_is_not_translated_where_it_should_be():
    korean = KOREAN.replace(
        "메타는 [스케일 AI](https://scale.com)에 143억 달러를 투자했다.\n\n", ""
    )
    (found,) = findings(ENGLISH, korean)
    assert found[:3] == ("untranslated", "a.ko.md", 2)


def test_what_was_added_is_found():
    assert findings(ENGLISH, KOREAN + "\n편집자 주\n") == [("unit-added", "a.ko.md", 10, 1, 10, 6)]


def test_a_rule_that_is_not_selected_does_not_run():
    result = check_pair(
        PairFile("a.en.md", ENGLISH),
        PairFile("a.ko.md", KOREAN + "\n주\n"),
        select=["link-mismatch"],
    )
    assert result.findings == ()


def test_languages_are_guessed_by_letters_where_names_do_not_tell():
    assert findings(ENGLISH, KOREAN.replace("143억", "134억"), ("one.md", "other.md")) != []


def test_a_korean_source_is_checked_against_its_english_version():
    (found,) = findings(KOREAN, ENGLISH.replace("14.3", "13.4"), ("원문.md", "version.md"))
    assert found[1:3] == ("version.md", 5)


def test_a_language_that_cannot_be_guessed_is_asked_for():
    with pytest.raises(ContentError, match="--target en"):
        check_pair(PairFile("a.en.md", ENGLISH), PairFile("b.md", "12\n"))


def test_two_files_of_one_language_are_no_pair():
    with pytest.raises(UsageError, match="both files are in 'en'"):
        check_pair(PairFile("a.md", ENGLISH), PairFile("b.md", ENGLISH))


def test_broken_front_matter_is_named_with_its_file():
    with pytest.raises(ContentError, match=r"^a\.ko\.md:"):
        check_pair(PairFile("a.en.md", ENGLISH), PairFile("a.ko.md", "---\ntitle: [\n---\n가\n"))


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["bilingual", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
    said = capsys.readouterr()
    return int(stopped.value.code or 0), said.out, said.err


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is in no newsroom."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.en.md").write_text(ENGLISH, "utf-8")
    (tmp_path / "a.ko.md").write_text(KOREAN.replace("143억", "143조"), "utf-8")
    return tmp_path


def test_the_command_checks_two_files_outside_any_newsroom(folder, capsys):
    code, out, _ = run(["check", "--pair", "a.en.md", "a.ko.md"], capsys)
    assert code == 1
    assert "a.ko.md:5:" in out
    assert "$14.3 billion became 143조 달러" in out


def test_the_command_wants_two_files(folder, capsys):
    code, _, err = run(["check", "--pair", "a.en.md"], capsys)
    assert (code, err.count("\n")) == (2, 1)


def test_a_file_that_is_absent_is_one_clear_line(folder, capsys):
    code, _, err = run(["check", "--pair", "a.en.md", "b.ko.md"], capsys)
    assert (code, err) == (2, "error: b.ko.md: no such file\n")


PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "It costs $14.3 billion."
msgstr "143억 원이 든다."
"""


def test_standard_input_is_a_po_file(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PO.encode()), "utf-8"))
    arguments = ["check", "-", "--target", "ko", "--format", "github", "--select", "money-mismatch"]
    code, out, _ = run(arguments, capsys)
    assert code == 1
    assert out.startswith("::error file=-,line=5,col=9,endLine=5,endColumn=15,")


def test_standard_input_without_a_language_is_asked_for_it(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PO.encode()), "utf-8"))
    code, _, err = run(["check", "-"], capsys)
    assert code == 2
    assert "give it with `--target en`" in err
