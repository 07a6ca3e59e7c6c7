"""The messages of the tool are found by what a call is, and no marker names anything else."""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path

import pytest
from tools import extraction
from tools.extraction import IN_CODE, calls, extract, in_code, in_template

import bilingual

PACKAGE = Path(bilingual.__file__).parent
HOMES = dict.fromkeys(("N_", "Message", "msg"), "bilingual.model") | {"tell": "bilingual.i18n"}


def found(source: str) -> list[str]:
    return [text for _, text in in_code(source)]


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ('N_("One unit")', ["One unit"]),
        ("Message('검수 전', {'count': 2})", ["검수 전"]),
        ('tell("a " "sentence "\n"in parts")', ["a sentence in parts"]),
        ('tell(N_("inner"))', ["inner"]),
        ("f'{tell(\"here\")}: {count}'", ["here"]),
        ("N_(\n    # why\n    'below a comment'\n)", ["below a comment"]),
    ],
)
def test_a_call_with_a_string_is_a_message(source: str, messages: list[str]):
    assert found(source) == messages


@pytest.mark.parametrize(
    "source",
    [
        'N_["word"] == "note"',
        'N_ = "note"',
        'file.tell("x")',
        'history.N_("x")',
        "\"N_('in a string')\"",
        '# N_("in a comment")',
        'tell(template)\nprint("x")',
        'N_(f"of {values}")',
        'Message(b"bytes")',
        'remark("another function")',
        'tell()("x")',
        'other(N_)("x")',
    ],
)
def test_what_only_looks_like_a_call_is_none(source: str):
    assert found(source) == []


def test_the_messages_of_a_template_are_those_that_it_calls():
    page = (
        '<a title="{{ _("Share") }}">_("no code")</a>{# _("comment") #}{% if _("If") %}{% endif %}'
    )
    assert [text for _, text in in_template(page)] == ["Share", "If"]


def test_a_message_says_where_it_is_written(tmp_path: Path):
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "a.html").write_text('<p>\n{{ _("Draft") }}', "utf-8")
    (tmp_path / "b.py").write_text('\n\nN_("초안")', "utf-8")
    messages = [(each.path, each.line, each.text) for each in extract(tmp_path)]
    assert messages == [("b.py", 3, "초안"), ("page/a.html", 2, "Draft")]


def test_the_extraction_is_the_same_without_babel(monkeypatch: pytest.MonkeyPatch):
    with_babel = [(each.path, each.line, each.text) for each in extract(PACKAGE)]
    for name in [name for name in sys.modules if name.split(".")[0] == "babel"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "babel", None)  # whoever imports it now fails
    without = importlib.reload(extraction)
    assert [(each.path, each.line, each.text) for each in without.extract(PACKAGE)] == with_babel
    assert len(with_babel) > 500


def bound(tree: ast.AST) -> list[tuple[str, int]]:
    """Every place where ``tree`` gives a marker's name to something else, with what it does."""
    places = []
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                places.append((name, node.lineno))
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                places.append((name, node.lineno))
            case ast.AsyncFunctionDef(name=name) | ast.ExceptHandler(name=str(name)):
                places.append((name, node.lineno))
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                places.append((name, node.lineno))
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                places += [(name, node.lineno) for name in names]
            case ast.Import(names=names):
                places += [(each.asname or each.name, node.lineno) for each in names]
            case ast.ImportFrom(names=names, module=module):
                places += [
                    (each.asname or each.name, node.lineno)
                    for each in names
                    if HOMES.get(each.name) != module or each.asname not in {None, each.name}
                ]
    return [(name, line) for name, line in places if name in IN_CODE]


def test_a_name_given_to_something_else_is_seen():
    taken = (
        "N_ = 1", "for tell in x: pass", "def f(N_): pass", "def tell(): pass",
        "class Message: pass", "from bilingual.catalog.history import N_",
        "from x import y as tell", "import tell",
        "(N_ := 2)", "[0 for N_ in x]", "lambda N_: 0", "with f() as tell: pass",
        "try: pass\nexcept E as Message: pass", "match x:\n case N_: pass",
    )  # fmt: skip
    assert [source for source in taken if not bound(ast.parse(source))] == []
    assert bound(ast.parse("from bilingual.model import N_, Message\nfile.tell()")) == []


def test_no_marker_names_anything_else_in_the_package():
    taken = {
        f"{file.relative_to(PACKAGE).as_posix()}: {name}"
        for file in PACKAGE.rglob("*.py")
        for name, _ in bound(ast.parse(file.read_text("utf-8")))
    }
    assert taken == {"model.py: N_", "model.py: Message", "model.py: msg", "i18n.py: tell"}


def test_what_a_marker_marks_is_a_string_in_the_code():
    """Anything else would never reach a translator."""
    for file in PACKAGE.rglob("*.py"):
        for call in calls(file.read_text("utf-8")):
            first = call.args[0]
            where = f"{file.name}:{call.lineno}"
            assert not isinstance(first, ast.JoinedStr | ast.BinOp), where
            if isinstance(call.func, ast.Name) and call.func.id == "N_":
                assert isinstance(first, ast.Constant), where
