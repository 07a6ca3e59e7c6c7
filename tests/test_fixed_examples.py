"""`make test` asks the same in each run, and `make fuzz` something new."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools import fuzz

ROOT = Path(__file__).parents[1]
needs_fixed = pytest.mark.skipif(
    settings.get_current_profile_name() == "fuzz", reason="its examples are random"
)


def drawn() -> list[tuple[str, int]]:
    examples: list[tuple[str, int]] = []

    @given(st.text(), st.integers())
    @settings(max_examples=300)
    def ask(text: str, number: int) -> None:
        examples.append((text, number))

    ask()
    return examples


@needs_fixed
def test_examples_are_the_same_each_time_whatever_was_imported_meanwhile(tmp_path: Path):
    before = drawn()
    file = tmp_path / "newly_imported.py"
    file.write_text("\n".join(f"A{n} = {n + 1}_777_123, '낱말 {n}'" for n in range(500)), "utf-8")
    spec = importlib.util.spec_from_file_location("newly_imported", file)
    assert spec
    assert spec.loader
    sys.modules["newly_imported"] = module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        assert drawn() == before
    finally:
        del sys.modules["newly_imported"]


BROKEN = """
from hypothesis import given, strategies as st

@given(st.text(alphabet="가나", max_size=3), st.lists(st.integers(0, 9)))
def test_never_two(text, numbers):
    assert len(numbers) < 2

def test_without_examples():
    raise AssertionError("not asked")
"""


PROFILES = """
from tests.support import fixed_examples
fixed_examples.register_profiles()
"""


def test_what_fuzzing_finds_is_an_example_to_paste(tmp_path: Path):
    (tmp_path / "conftest.py").write_text(PROFILES, "utf-8")
    (tmp_path / "test_broken.py").write_text(BROKEN, "utf-8")
    run = subprocess.run(
        [sys.executable, ROOT / "tools" / "fuzz.py", "--minutes", "5", "--rounds", "1",
         "--findings", tmp_path / "found", "test_broken.py"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1, run.stderr
    assert "test_broken.py::test_never_two" in run.stdout
    assert re.search(r"\n@example\(\n    text='',.*\n    numbers=\[0, 0\],\n\)\n", run.stdout)
    assert "not asked" not in run.stdout


def test_a_fuzz_run_that_asks_nothing_is_no_success(tmp_path: Path):
    (tmp_path / "conftest.py").write_text(PROFILES, "utf-8")
    (tmp_path / "test_empty.py").write_text("def test_plain():\n    pass\n", "utf-8")
    run = subprocess.run(
        [sys.executable, ROOT / "tools" / "fuzz.py", "--rounds", "1", "test_empty.py"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert "no property test" in run.stderr


@pytest.mark.parametrize(
    ("note", "example"),
    [
        ("Falsifying example: test_a(\n    text='가',\n)", "@example(\n    text='가',\n)"),
        ("Falsifying explicit example: test_a(\n    n=1,\n)", "@example(\n    n=1,\n)"),
        ("Failing test case: test_a(\n    n=1,\n)", "@example(\n    n=1,\n)"),
        ("Falsifying example: test_a()", "@example()"),
        ("Draw 1: 'x'", None),
    ],
)
def test_an_example_is_read_from_hypothesis_note(note: str, example: str | None):
    assert fuzz.example(note) == example
