"""docs/commands.md says what the commands say."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]


def maker():
    spec = importlib.util.spec_from_file_location("made", ROOT / "tools" / "document_commands.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current():
    made = maker()
    assert made.PAGE.read_text("utf-8") == made.page(), "run: python tools/document_commands.py"


def test_every_command_and_option_is_on_it():
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for name in (
        "init",
        "segment",
        "absorb",
        "translate",
        "queue",
        "review",
        "approve",
        "edit",
        "reject",
        "comment",
        "check",
        "merge",
        "publish",
        "status",
        "glossary check",
    ):
        assert f"\n## bilingual {name}\n" in text
    for option in (
        "--trivial",
        "--engine",
        "--draft",
        "--format",
        "--select",
        "--ignore",
        "--list",
        "--explain",
        "--output",
    ):
        assert f"`{option}`" in text
