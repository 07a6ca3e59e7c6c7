"""Plugins are found in the tool's own folders and in other packages, and only when asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bilingual import plugins
from bilingual.checks import registry as rules
from bilingual.engines import registry as engines
from bilingual.errors import ConfigurationError
from bilingual.exchange import base as formats
from bilingual.model import Entry, Kind, Target
from bilingual.plugins import Plugins
from bilingual.publish import base as targets
from bilingual.report import base as reports
from bilingual.workflow.checking.cache import CheckMemory

if TYPE_CHECKING:
    from pathlib import Path

RULE = '''\
"""The newsroom writes 이용자, not 유저.

What
    Finds 유저 in Korean.
"""

from bilingual.checks.base import Violation
from bilingual.model import Message

LANGUAGES = ("ko",)


def check(unit):
    start = unit.target.text.find("유저")
    if start >= 0:
        yield Violation(Message("write 이용자"), (start, start + 2))
'''


@pytest.fixture
def forget_plugins():
    """Look for plugins again before and after a test."""

    def forget() -> None:
        plugins._names.cache_clear()
        plugins._others.cache_clear()
        rules.rule.cache_clear()

    forget()
    yield
    forget()


@pytest.fixture
def install(tmp_path: Path, monkeypatch, forget_plugins):
    """Put a package with one module and its entry points where Python finds it."""
    monkeypatch.syspath_prepend(str(tmp_path))
    made: list[str] = []

    def put(package: str, content: str, points: str) -> Path:
        (tmp_path / f"{package}.py").write_text(content, "utf-8")
        info = tmp_path / f"{package}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(points)
        made.append(package)
        return tmp_path

    yield put
    for package in made:
        sys.modules.pop(package, None)


@pytest.mark.parametrize(
    "kind", [rules.RULES, engines.ENGINES, targets.TARGETS, formats.FORMATS, reports.REPORTS],
    ids=lambda kind: kind.group,
)  # fmt: skip
def test_every_plugin_of_the_tool_loads_and_has_its_function(kind: Plugins):
    assert kind.names()
    for name in kind.names():
        assert callable(getattr(kind.load(name), kind.function)), name


def test_a_helper_file_in_a_folder_of_plugins_is_no_plugin(tmp_path, monkeypatch, forget_plugins):
    folder = tmp_path / "helped"
    (folder / "parts").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "parts" / "__init__.py").write_text("def engine(table): ...\n")
    (folder / "helper.py").write_text("class Helper:\n    def engine(self, table): ...\n")
    (folder / "real_one.py").write_text("def engine(table): ...\n")
    (folder / "broken.py").write_text("raise RuntimeError  # a helper that nobody imports here\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    kind = Plugins("helped", "bilingual.helped", "engine")
    assert kind.names() == ("real-one",)
    assert kind.load("real-one").__name__ == "helped.real_one"
    for name in ("helper", "parts", "broken", "real_one", "os"):
        with pytest.raises(KeyError):
            kind.load(name)


def test_another_packages_rule_runs_like_one_of_the_tools_own(install):
    install("house_style", RULE, "[bilingual.checks]\nhouse-user = house_style\n")
    assert "house-user" in rules.rules()
    assert "house_style" not in sys.modules, "listing plugins loads none"
    entry = Entry("a", Kind.PARAGRAPH, source="Users like it.", target=Target("유저가 좋아한다."))
    (found,) = rules.run(
        [rules.subject(entry, ("en", "ko"), rules_matcher())], rules.select(["house-user"])
    )
    assert (found.rule, str(found.message), found.span) == ("house-user", "write 이용자", (0, 2))


def test_an_update_of_another_packages_rule_is_a_new_check(install, make_newsroom):
    folder = install("house_style", RULE, "[bilingual.checks]\nhouse-user = house_style\n")
    newsroom = make_newsroom({"spark/en": "Users like it.\n"})
    selection = rules.select(["house-user"])
    before = CheckMemory(newsroom, selection, ()).rules
    assert CheckMemory(newsroom, selection, ()).rules == before
    (folder / "house_style.py").write_text(RULE + "# 1.1\n", "utf-8")
    assert CheckMemory(newsroom, selection, ()).rules != before


def rules_matcher():
    from bilingual.glossary.match import Matcher

    return Matcher(())


def test_an_engine_a_target_a_format_and_a_report_may_come_from_another_package(install):
    install(
        "many_things",
        "def engine(table): return ('engine', dict(table))\n"
        "def plan(edition): return iter(())\n"
        "def parse(content, languages, *, path=''): return (content, path)\n"
        "def render(result, gettext=str): return 'rendered'\n",
        "[bilingual.engines]\nmine = many_things\n[bilingual.targets]\nmine = many_things\n"
        "[bilingual.formats]\nxlf = many_things\n[bilingual.reports]\nmine = many_things\n",
    )
    assert engines.create("mine", {"model": "m"}) == ("engine", {"model": "m"})
    assert list(targets.target("mine").plan(None)) == []  # type: ignore[arg-type]
    assert reports.report("mine").render(None) == "rendered"
    assert formats.name_for("memory/acme.XLF") == "xlf"
    assert formats.exchange_format("xlf").parse(b"x", ("en", "ko"), path="p") == (b"x", "p")
    assert formats.name_for("acme.unknown") == "tmx"


def test_a_package_that_cannot_be_loaded_is_named_with_what_is_wrong(install):
    install("broken_one", "import no_such_module\n", "[bilingual.engines]\nbroken = broken_one\n")
    with pytest.raises(ConfigurationError, match="broken_one cannot be loaded: No module named"):
        engines.create("broken", {})


def test_an_entry_point_without_the_kinds_function_is_refused(install):
    install("empty_one", "", "[bilingual.engines]\nempty = empty_one\n")
    with pytest.raises(ConfigurationError, match=r"of empty_one has no function engine\(\)"):
        engines.create("empty", {})


def test_a_name_that_is_taken_is_refused_with_both_owners(install):
    install("other_local", "def engine(table): ...\n", "[bilingual.engines]\nlocal = other_local\n")
    with pytest.raises(ConfigurationError, match="bilingual and other_local both provide 'local'"):
        engines.create("local", {})
    assert engines.names().count("local") == 1


def test_help_neither_loads_a_plugin_nor_the_library_that_finds_other_packages():
    code = (
        "import sys; from bilingual.cli import main\n"
        "sys.argv = ['bilingual', 'check', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "loaded = [name for name in sys.modules if name.startswith('bilingual.checks.rules.')]\n"
        "print(loaded, 'importlib.metadata' in sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert "github|gitlab" in ran.stdout
    assert ran.stderr.strip() == "[] False"
