"""The command line: options → one workflow function → a report → an exit code.

``program`` runs a command line and maps what stops it to an exit code; ``commands`` is the table
of all commands, so that ``--help`` imports none of them; each command is a module of its name.
"""

from __future__ import annotations

import gc
import sys

COLLECT_AFTER = 50_000
"""New objects between two looks of the garbage collector. Python's 700 cost a quarter of the time
of reading articles, which makes many objects and hardly a cycle."""


def main() -> None:
    """Run the words of this process's command line, and leave with the exit code."""
    from bilingual.cli.app.program import run

    gc.set_threshold(COLLECT_AFTER)
    sys.exit(run(sys.argv[1:]))
