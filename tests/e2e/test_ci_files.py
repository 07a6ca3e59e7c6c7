"""Files that other repositories use: the hooks' entries and the action's script, run for real."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.newsroom import Newsroom

ROOT = Path(__file__).parents[2]
HOOKS = {each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
CATALOG = """\
msgid ""
msgstr ""
"Language: ko\\n"
"X-Source-Language: en\\n"
"X-Article: articles/spark/index.en.md\\n"

#: articles/spark/index.en.md
#. paragraph
msgctxt "a1"
msgid "It costs $14.3 billion."
msgstr "143억 원이 든다."
"""


@pytest.fixture
def repository(make_newsroom: Callable[..., Newsroom]) -> Path:
    """A newsroom in git, with one article and a wrong currency in its catalog."""
    newsroom = make_newsroom(
        {"spark/en": "It costs $14.3 billion.\n", "other/en": "# 다른 것\n"},
        glossary="- {id: meta, en: Meta, ko: 메타}\n",
        catalogs={"spark/ko": CATALOG},
    )
    git(newsroom.root, "init", "-q")
    git(newsroom.root, "add", ".")
    git(newsroom.root, "commit", "-qm", "first")
    return newsroom.root


def git(folder: Path, *arguments: str) -> None:
    names = ["-c", "user.name=Kim", "-c", "user.email=kim@example.com"]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


def environment() -> dict[str, str]:
    folder = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def entry(name: str, folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """Run a hook as pre-commit does: its entry's words, and the files where it takes them."""
    return subprocess.run(
        [*HOOKS[name]["entry"].split(), *files],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_check_hook_passes_what_this_commit_does_not_touch(repository: Path):
    done = entry("bilingual-check", repository)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_check_hook_stops_a_commit_with_a_wrong_currency(repository: Path):
    file = repository / "locales/ko/articles/spark.po"
    file.write_text(CATALOG.replace("든다", "들었다"), "utf-8")
    git(repository, "add", ".")
    done = entry("bilingual-check", repository)
    assert done.returncode == 1
    assert "locales/ko/articles/spark.po:11:9: error money-mismatch" in done.stdout


def test_a_new_glossary_makes_the_check_hook_look_at_everything(repository: Path):
    (repository / "glossary.yaml").write_text("- {id: a, en: Alpha, ko: 알파}\n", "utf-8")
    assert entry("bilingual-check", repository).returncode == 1


def test_the_glossary_hook_stops_a_broken_glossary(repository: Path):
    assert entry("bilingual-glossary", repository).returncode == 0
    (repository / "glossary.yaml").write_text("- {id: a, en: Alpha}\n", "utf-8")
    done = entry("bilingual-glossary", repository)
    assert done.returncode in {1, 2}
    assert "glossary.yaml:1" in done.stdout + done.stderr


def test_the_segment_hook_stops_an_article_without_its_catalog(repository: Path):
    assert entry("bilingual-segment", repository).returncode == 1


def test_the_po_hook_needs_no_newsroom(tmp_path: Path):
    (tmp_path / "ko.po").write_text(CATALOG, "utf-8")
    done = entry("bilingual-check-po", tmp_path, "ko.po")
    assert done.returncode == 1
    assert done.stdout.startswith("ko.po:11:9: error money-mismatch")


def test_every_hook_is_about_files_and_installs_from_here():
    for hook in HOOKS.values():
        assert hook["language"] == "python"
        assert hook["files"]
        assert hook["entry"].startswith("bilingual ")
        assert hook["additional_dependencies"] == ["--constraint=constraints.txt"]


def action(repository: Path, tmp_path: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's last step as a runner does: inputs as variables, bash -e."""
    step = ACTION["runs"]["steps"][-1]
    values = {name: field["default"] for name, field in ACTION["inputs"].items()} | inputs
    variables = {
        name: values[said.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, said in step["env"].items()
    }
    tool = tmp_path / "runner" / "bilingual" / "bin" / "bilingual"
    tool.parent.mkdir(parents=True, exist_ok=True)
    if not tool.exists():
        tool.symlink_to(Path(sys.executable).parent / "bilingual")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=repository,
        env={**environment(), **variables, "RUNNER_TEMP": str(tmp_path / "runner")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_annotates_and_fails(repository: Path, tmp_path: Path):
    done = action(repository, tmp_path, targets="spark")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=locales/ko/articles/spark.po,line=11,col=9,")


def test_the_action_writes_sarif_to_a_file(repository: Path, tmp_path: Path):
    done = action(repository, tmp_path, format="sarif", output="out.sarif")
    assert (done.returncode, done.stdout) == (1, "")
    log = json.loads((repository / "out.sarif").read_text("utf-8"))
    assert "money-mismatch" in {each["ruleId"] for each in log["runs"][0]["results"]}


def test_an_input_of_the_action_cannot_run_a_command(repository: Path, tmp_path: Path):
    for hostile in ("$(touch pwned)", "; touch pwned", "`touch pwned`"):
        action(repository, tmp_path, targets=hostile, ignore=hostile, format=hostile)
    assert not (repository / "pwned").exists()
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_the_page_shows_inputs_and_hooks_that_exist():
    page = (ROOT / "docs" / "continuous-integration.md").read_text("utf-8")
    for name in (*HOOKS, *ACTION["inputs"]):
        assert f"{name}" in page
