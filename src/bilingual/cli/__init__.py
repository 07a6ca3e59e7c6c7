"""The command line: options → one workflow function → a report → an exit code.

``program`` runs a command line and maps what stops it to an exit code; ``commands`` is the table
of all commands, so that ``--help`` imports none of them; each command is a module of its name.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the words of this process's command line, and leave with the exit code."""
    from bilingual.cli.program import run

    sys.exit(run(sys.argv[1:]))
