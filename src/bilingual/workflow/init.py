"""Create a newsroom in a folder: configuration, glossary, sample article, files for git and CI.

The files are templates of the package (``templates/``). Existing files are never changed, so the
step can be repeated in a newsroom that lacks some of them.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from bilingual.errors import StorageError, UsageError, reason
from bilingual.model import msg

if TYPE_CHECKING:
    from pathlib import Path

CONFIGURATION = "bilingual.toml"
SAMPLE = "articles/first-story/index.en.md"
FILES = {
    CONFIGURATION: "bilingual.toml",
    "glossary.yaml": "glossary.yaml",
    SAMPLE: "articles/index.en.md",
    ".github/workflows/bilingual.yml": "workflow.yml",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
}
"""The path of each file of a newsroom, and its template.

Templates of dot files have no dot, so that this repository's own git ignores their content.
"""
DRIVER = "bilingual merge-driver %O %A %B"


@dataclass(frozen=True, slots=True)
class Scaffold:
    """The result of ``init``. Paths are relative to the newsroom."""

    created: tuple[str, ...]
    kept: tuple[str, ...]
    """Files that existed before and were not changed."""
    driver: bool
    """True when the repository's git now merges catalogs with ``bilingual``."""


def init(folder: Path, *, name: str, url: str, today: str, inside: bool = False) -> Scaffold:
    """Make ``folder`` (and its parents) a newsroom called ``name``, published at ``url``.

    ``today`` is the sample article's date, ISO 8601. The sample is left out when ``articles/`` is
    not empty. Raises ``UsageError`` within another newsroom unless ``inside``, and
    ``StorageError`` where the folder cannot be written.
    """
    around = next((up for up in folder.parents if (up / CONFIGURATION).exists()), None)
    if around is not None and not inside:
        raise UsageError(
            msg("{folder} is inside the newsroom {around}", folder=folder, around=around),
            hint=msg("choose another folder, or use `--inside` to create one inside the other"),
        )
    values = {
        "{name}": json.dumps(name, ensure_ascii=False),  # a JSON string is a TOML basic string
        "{url}": json.dumps(url, ensure_ascii=False),
        "{today}": today,
    }
    wanted = dict(FILES)
    if any((folder / "articles").glob("*")):
        del wanted[SAMPLE]
    created: list[str] = []
    kept: list[str] = []
    for path, template in wanted.items():
        (created if _create(folder / path, _text(template, values)) else kept).append(path)
    return Scaffold(tuple(created), tuple(kept), _configure_git(folder))


def _text(template: str, values: dict[str, str]) -> str:
    text = (files("bilingual.workflow") / "templates" / template).read_text(encoding="utf-8")
    for placeholder, value in values.items():
        text = text.replace(placeholder, value)
    return text


def _create(path: Path, text: str) -> bool:
    """Write ``text`` to ``path`` unless it exists; return whether it was written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _storage(path.parent, error) from error
    try:
        # "x" never opens an existing file, even when another process creates it at this moment.
        with path.open("x", encoding="utf-8", newline="\n") as file:
            try:
                file.write(text)
                file.flush()
            except OSError:
                path.unlink()  # the next run would keep an incomplete file
                raise
    except FileExistsError:
        return False
    except OSError as error:
        raise _storage(path, error) from error
    return True


def _storage(path: Path, error: OSError) -> StorageError:
    return StorageError(
        msg("cannot be written: {reason}", reason=reason(error)),
        path=str(path),
        hint=msg("free some space, or choose a folder you can write to"),
    )


def _configure_git(folder: Path) -> bool:
    """Configure git's merge driver for ``folder``; return False without git or a repository."""
    settings = {
        "merge.bilingual.name": "catalogs, unit by unit",
        "merge.bilingual.driver": DRIVER,
    }
    try:
        for key, value in settings.items():
            command = ["git", "-C", str(folder), "config", "--local", key, value]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return False
    return True
