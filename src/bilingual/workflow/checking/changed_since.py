"""Which articles an edit in git touches: what ``check --changed-since`` looks at."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from bilingual.errors import UsageError
from bilingual.model import msg
from bilingual.newsroom import config, paths

if TYPE_CHECKING:
    from bilingual.newsroom import Newsroom

FOR_ALL = (paths.GLOSSARY, config.FILE)
"""Files that affect every article."""


def changed(newsroom: Newsroom, revision: str) -> list[str] | None:
    """Return the slugs whose article or catalog differs from ``revision``; None for all.

    What counts is the difference between the files as they are now, also untracked ones, and the
    point at which this branch left ``revision``. All articles are meant when the glossary or the
    configuration changed. Raises ``UsageError`` when git does not know the revision or is not
    there.
    """
    known = set(newsroom.slugs())
    names = _names(newsroom, revision)
    if any(name in FOR_ALL for name in names):
        return None
    slugs = {_slug(name) for name in names}
    return sorted(slugs & known)


def _names(newsroom: Newsroom, revision: str) -> list[str]:
    """Return the changed paths, relative to the newsroom, which may be a folder of the tree."""
    if revision.startswith("-"):
        raise UsageError(
            msg("{revision!r} is not a revision", revision=revision),
            hint=msg("name a commit, a tag or a branch"),
        )
    base = _git(newsroom, revision, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    try:
        point = _git(newsroom, revision, "merge-base", base.strip(), "HEAD").strip()
    except UsageError:  # no common history, as in a shallow clone: compare with the revision itself
        point = base.strip()
    listed = _git(newsroom, revision, "diff", "--name-only", "-z", "--relative", point, "--")
    new = _git(newsroom, revision, "ls-files", "--others", "--exclude-standard", "-z")
    return [name for name in f"{listed}\0{new}".split("\0") if name]


def _git(newsroom: Newsroom, revision: str, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - fixed words and a revision that is no option
            ["git", *arguments],  # noqa: S607
            cwd=newsroom.root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
    except FileNotFoundError as error:
        raise UsageError(
            msg("git is not installed"), hint=msg("check without `--changed-since`")
        ) from error
    if done.returncode:
        reason = done.stderr.strip().split("\n")[-1].removeprefix("fatal: ")
        raise UsageError(
            msg("git cannot compare with {revision!r}: {reason}", revision=revision, reason=reason),
            hint=msg(
                "name a commit, a tag or a branch that this clone has (fetch it: `git fetch`)"
            ),
        )
    return done.stdout


def _slug(name: str) -> str:
    parts = name.split("/")
    if parts[0] == paths.ARTICLES and len(parts) > 2:
        return parts[1]
    if parts[0] == "locales" and parts[2:3] == ["articles"] and name.endswith(".po"):
        return parts[-1].removesuffix(".po")
    return ""
