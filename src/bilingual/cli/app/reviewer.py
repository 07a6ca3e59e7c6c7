"""Who decides, and when: what review takes from the machine."""

from __future__ import annotations

import getpass
import subprocess
from typing import TYPE_CHECKING

from bilingual import clock
from bilingual.errors import UsageError
from bilingual.model import msg

if TYPE_CHECKING:
    from bilingual.workflow.review import Decision


def decision(name: str | None = None, shown: str = "") -> Decision:
    """Return who decides at this moment, having been shown ``shown``.

    ``name`` (``--as`` or ``BILINGUAL_REVIEWER``) goes before git's ``user.name``, that before the
    login name. Raises ``UsageError`` when all of them are empty.
    """
    from bilingual.workflow.review import Decision

    found = " ".join((name or _git_name() or _login()).split())
    if not found:
        hint = msg("give your name with `--as NAME`")
        raise UsageError(msg("the decision has no name to sign it"), hint=hint)
    return Decision(found, clock.timestamp(), shown)


def _git_name() -> str:
    try:
        answer = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 - the user's own git, wherever it is
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
    except OSError:
        return ""
    return answer.stdout.strip()


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
