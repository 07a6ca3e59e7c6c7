"""docs/json.md names every field that ``--json`` prints, and no other."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bilingual.exchange import tmx
from bilingual.testing.provider.server import ScriptedServer
from tests.support.copies import bilingual

PAGE = Path(__file__).parents[2] / "docs" / "json.md"
CODE = re.compile(r"`([.\w\[\]]+)`")
VALUES = {
    "initial", "translated", "reviewed", "final", "error", "warning", "info", "heading",
    "paragraph", "cell", "approve", "edit", "reject", "queue", "publish",
    "keep", "brackets", "kept", "translate", "evaluate", "approved",
    "parts", "company", "added", "removed", "changed", "file",
}  # fmt: skip
"""Words on the page that are values, commands or both, and may be fields."""


def described(title: str) -> set[str]:
    """Return the names that the section ``title`` writes as code."""
    section = re.search(
        rf"^## {title}\n(.*?)(?=^## |\Z)", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert section, f"no section {title}"
    return {name for code in CODE.findall(section[1]) for name in re.findall(r"\w+", code)}


def names(value: object) -> set[str]:
    """Return the names of all fields in ``value``; slugs that are keys are none."""
    if isinstance(value, list):
        return set().union(*map(names, value))
    if isinstance(value, dict):
        return {key for key in value if key != "spark"}.union(*map(names, value.values()))
    return set()


@pytest.fixture
def folder(make_newsroom):
    return make_newsroom(
        toml='[translate]\nengine = "scripted"\n',
        glossary="- id: muse-spark\n  en: Muse Spark\n  ko: 뮤즈 스파크\n",
    ).root


def printed(folder: Path, *words: str, stdin: str = "") -> dict:
    done = bilingual(folder, *words, "--json", stdin=stdin)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def impact(folder: Path) -> dict:
    """Return what a change of one field of the glossary touches."""
    who = ("-c", "user.name=Kim", "-c", "user.email=kim@example.kr")
    for words in (("init", "-q"), ("add", "glossary.yaml"), (*who, "commit", "-q", "-m", "start")):
        subprocess.run(["git", *words], cwd=folder, check=True)
    file = folder / "glossary.yaml"
    file.write_text(file.read_text("utf-8").replace("뮤즈 스파크", "뮤즈 불꽃"), "utf-8")
    return printed(folder, "glossary", "impact")


def odd(folder: Path) -> dict:
    """Return what is said of a glossary with a hidden character."""
    file = folder / "glossary.yaml"
    words = file.read_text("utf-8")
    file.write_text(f'{words}  note: "see\u200b"\n', "utf-8")
    said = printed(folder, "glossary", "check")
    file.write_text(words, "utf-8")
    return said


def batches(folder: Path) -> dict:
    """Return what collecting and submitting print, of what they have beyond ``translate``."""
    toml = folder / "bilingual.toml"
    before, article = toml.read_text("utf-8"), folder / "articles/spark/index.en.md"
    words = article.read_text("utf-8")
    with ScriptedServer() as server:
        toml.write_text(
            f'[translate]\nengine = "openai"\n[engines.openai]\nbase_url = "{server.url}"\n'
        )
        article.write_text(f"{words}\nAnother paragraph here.\n", "utf-8")
        printed(folder, "translate", "--batch")
        article.write_text(f"{words}\nAnother paragraph there.\n", "utf-8")
        told = printed(folder, "translate", "--collect", "--batch")
    toml.write_text(before, "utf-8")
    article.write_text(words, "utf-8")
    return {"version": told["version"], "batches": told["batches"]}


def memory(folder: Path) -> dict[str, dict]:
    """Return what the commands of the memory print, of a newsroom with one approved unit."""
    exported = folder / "approved.tmx"
    subprocess.run(
        [sys.executable, "-m", "bilingual", "memory", "export", str(exported)],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    (pair, *_) = tmx.parse(exported.read_bytes(), ("en", "ko")).pairs
    return {
        "memory import": printed(folder, "memory", "import", str(exported)),
        "memory status": printed(folder, "memory", "status"),
        "memory search": printed(folder, "memory", "search", pair.source),
        "memory remove": printed(folder, "memory", "remove", "approved"),
    }


def test_every_field_is_on_the_page_and_every_name_is_a_field(folder):
    found = {
        "segment": printed(folder, "segment"),
        "translate --dry-run": printed(folder, "translate", "--dry-run"),
        "translate": printed(folder, "translate"),
        "translate --batch, --collect": batches(folder),
        "queue": printed(folder, "queue"),
        "check": printed(folder, "check"),
        "status": printed(folder, "status"),
        "publish": printed(folder, "publish", "spark"),
        "glossary check": odd(folder),
    }
    found["glossary impact"] = impact(folder)
    found["glossary suggest"] = printed(folder, "glossary", "suggest", "--least", "1")
    found["glossary audit"] = printed(folder, "glossary", "audit")
    rules = printed(folder, "check", "--list")
    unit = found["queue"]["items"][0]["unit"]
    found["approve, edit, reject, comment"] = printed(folder, "comment", "spark", unit, "확인")
    merged = subprocess.run(
        [sys.executable, "-m", "bilingual", "merge", "spark", "--drafts"],
        cwd=folder, capture_output=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    found["stats"] = printed(folder, "stats")
    printed(folder, "approve", "spark", unit)
    found["evaluate"] = printed(folder, "evaluate", "--engine", "scripted")
    found["log"] = printed(folder, "log", "spark", unit)
    found |= memory(folder)
    found["revert"] = printed(folder, "revert", "--origin", "mt:", "--dry-run")
    found["absorb"] = printed(folder, "absorb", "spark", "-", stdin=merged)
    for title, value in found.items():
        assert value["version"] == 1
        fields = names(value) | (names(rules) if title == "check" else set())
        words = described(title)
        assert fields - words == set(), f"{title}: not on the page"
        nested = {"description", "form", "targets", "present", "reason", "slug", "unit", "how"}
        assert words - fields - VALUES - nested == set(), f"{title}: not printed"
