"""The import graph of the package points down, and the pure core does no I/O."""

from __future__ import annotations

import ast
import graphlib
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "bilingual"

CORE = {"model", "errors", "plugins", "nearest"}
LANGUAGE = CORE | {"language"}
PURE = LANGUAGE | {"markdown", "glossary"}
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "errors": {"model"},
    "nearest": {"model"},
    "plugins": {"errors", "model"},
    "clock": set(),
    "storage": {"model", "errors"},
    "i18n": LANGUAGE,
    "language": CORE,
    "markdown": CORE,
    "glossary": LANGUAGE,
    "checks": PURE,
    "catalog": PURE,
    "report": PURE,
    "exchange": PURE,
    "memory": PURE | {"clock", "storage"},
    "prompting": PURE | {"checks"},
    "engines": PURE | {"checks", "prompting", "clock", "storage"},
    "journal": PURE | {"prompting", "engines"},
    "testing": PURE | {"prompting", "engines"},
    "publish": PURE | {"checks"},
    "newsroom": PURE | {"catalog", "clock", "storage"},
    "workflow": PURE
    | {"checks", "catalog", "report", "exchange", "memory", "prompting", "engines", "journal"}
    | {"publish", "newsroom", "i18n", "clock", "storage"},
    "cli": LANGUAGE | {"workflow", "report", "newsroom", "i18n", "clock", "storage"},
    "__init__": set(),
    "__main__": {"cli"},
}
PURE_PLACES = (
    "model.py",
    "errors.py",
    "nearest.py",
    "language",
    "markdown",
    "glossary",
    "checks",
    "catalog",
    "report",
    "exchange",
    "memory/fuzzy.py",
    "memory/grams.py",
    "prompting",
    "publish/gate.py",
    "publish/markdown.py",
    "publish/site.py",
    "newsroom/config.py",
    "newsroom/paths.py",
    "workflow/drafting/revision.py",
    "workflow/publishing",
    "cli/output",
)
IMPURE_MODULES = {
    "asyncio", "datetime", "http", "io", "locale", "logging", "os", "pathlib", "random", "secrets",
    "shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
    "uuid",
}  # fmt: skip
ALLOWED_IMPURE = {"urllib.parse"}
"""Parts of impure modules that only compute."""
IMPURE_CALLS = {"open", "print", "input", "breakpoint"}
ONE_DOOR: dict[str, set[str]] = {
    "polib": {"i18n.py"},
    "openai": {"engines/openai_api/client.py"},
    "keyring": {"engines/openai_api/key.py"},
    "sacrebleu": {"workflow/evaluation/scores.py"},
    "wcwidth": {"language/width.py"},
    "rapidfuzz": {"memory/fuzzy.py", "language/distance.py"},
}
"""Library to the modules that may import it; catalogs are read without polib (decision 0001)."""


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def imported(path: Path) -> frozenset[str]:
    """Dotted names of the modules that ``path`` imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(path)}: relative import"
            names.add(node.module or "")
            if node.module in {"bilingual", "urllib"}:
                names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(names)


def is_pure(path: Path) -> bool:
    name = place(path)
    return any(name == pure or name.startswith(f"{pure}/") for pure in PURE_PLACES)


@pytest.mark.parametrize("path", sources(), ids=place)
def test_imports_point_down(path: Path):
    room = place(path).split("/")[0].removesuffix(".py")
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "bilingual" or len(parts) == 1:
            continue
        if parts[1] in {"__version__", room}:
            continue
        assert parts[1] in MAY_IMPORT[room], f"{place(path)} may not import {name}"


@pytest.mark.parametrize("path", [path for path in sources() if is_pure(path)], ids=place)
def test_the_pure_core_imports_nothing_that_reads_or_writes(path: Path):
    for name in imported(path) - ALLOWED_IMPURE:
        if name == "urllib" and "urllib.parse" in imported(path):
            continue
        assert name.split(".")[0] not in IMPURE_MODULES, f"{place(path)} imports {name}"


@pytest.mark.parametrize("path", [path for path in sources() if is_pure(path)], ids=place)
def test_the_pure_core_opens_and_prints_nothing(path: Path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in IMPURE_CALLS, f"{place(path)}:{node.lineno}: {node.func.id}"


@pytest.mark.parametrize(("module", "doors"), ONE_DOOR.items(), ids=list(ONE_DOOR))
def test_a_third_party_library_enters_at_one_door(module: str, doors: set[str]):
    users = {
        place(path)
        for path in sources()
        if any(name.split(".")[0] == module for name in imported(path))
    }
    assert users <= doors


def test_every_folder_of_the_package_has_its_place_in_the_layers():
    rooms = {place(path).split("/")[0].removesuffix(".py") for path in sources()}
    assert rooms <= set(MAY_IMPORT)


def loaded(path: Path) -> set[str]:
    """Modules that ``path`` imports at its top level, also for types; not its own folders."""
    module = dotted(path)
    found: set[str] = set()
    blocks = [ast.parse(path.read_text("utf-8")).body]
    while blocks:
        for node in blocks.pop():
            if isinstance(node, ast.If):
                blocks += [node.body, node.orelse]
            elif isinstance(node, ast.Try | ast.With):
                blocks.append(node.body)
            elif isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.update({node.module, *(f"{node.module}.{each.name}" for each in node.names)})
    return {name for name in found if not module.startswith(f"{name}.") and name != module}


def dotted(path: Path) -> str:
    return (
        f"bilingual/{place(path)}".removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    )


def test_no_modules_import_each_other():
    names = {dotted(path): path for path in sources()}
    graph = {name: loaded(path) & names.keys() for name, path in names.items()}
    assert any(graph.values())
    graphlib.TopologicalSorter(graph).prepare()


def test_one_module_asks_what_time_it_is():
    asking = {"datetime.now", "date.today", "time.time", "time.time_ns", "datetime.utcnow"}
    places = {
        place(path)
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in asking
    }
    assert places == {"clock.py"}
