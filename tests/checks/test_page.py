"""docs/checks.md says what the rules say of themselves."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from bilingual.checks import registry

ROOT = Path(__file__).parents[2]


def maker():
    spec = importlib.util.spec_from_file_location("made", ROOT / "tools" / "document_checks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current():
    made = maker()
    assert made.PAGE.read_text("utf-8") == made.page(), "run: python tools/document_checks.py"


def test_every_rule_has_a_heading_of_its_own():
    lines = (ROOT / "docs" / "checks.md").read_text("utf-8").splitlines()
    assert [line[3:] for line in lines if line.startswith("## ")] == list(registry.rules())
