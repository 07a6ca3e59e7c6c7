"""The version is the same everywhere, and nothing tells people to install another project."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import bilingual

ROOT = Path(__file__).parents[1]
TAG = re.compile(r"(?:rev: |/bilingual@)(v[\d.]+)")
FOREIGN = re.compile(r"pip install (?:--?\w+ )*['\"]?bilingual(?![\w-])")
"""`bilingual` on PyPI is another project."""


def test_the_package_and_the_distribution_have_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == bilingual.__version__
    assert project["name"] == "bilingual-newsroom"


def test_the_changelog_begins_with_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## \[([\d.]+)\] - \d{4}-\d\d-\d\d$", changelog, re.MULTILINE)
    assert newest
    assert newest[1] == bilingual.__version__


def test_the_documentation_names_the_tag_of_this_version():
    page = (ROOT / "docs" / "continuous-integration.md").read_text("utf-8")
    assert set(TAG.findall(page)) == {f"v{bilingual.__version__}"}


def test_nothing_tells_people_to_install_another_project():
    patterns = ("*.md", "*.yml", ".*.yaml", "docs/**/*.md", "benchmarks/**/*.md", "src/**/*.py")
    patterns += ("src/**/*.yaml", "src/**/*.yml", "locales/**/bilingual.po")
    files = [file for pattern in patterns for file in ROOT.glob(pattern)]
    assert len(files) > 300
    told = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in files
        for line in file.read_text("utf-8").splitlines()
        if FOREIGN.search(line) and "never" not in line
    ]
    assert told == []


def test_such_an_instruction_would_be_found():
    assert FOREIGN.search("pip install 'bilingual[keyring]'")
    assert FOREIGN.search("run: pip install --upgrade bilingual")
    assert not FOREIGN.search("pip install bilingual-newsroom")
    assert not FOREIGN.search("pip install '.[local]'")
