"""``bilingual review``: one unit after the other, one key a decision."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from bilingual.cli.app.options import (
    on_terminal,
    open_newsroom,
    remark,
    report,
    reviewer_option,
    slugs_argument,
    terminal_columns,
)
from bilingual.cli.app.reviewer import decision
from bilingual.cli.terminal.editor import BREAK, write
from bilingual.cli.terminal.keys import keys
from bilingual.cli.terminal.width import lines
from bilingual.errors import RefusedError, StorageError, UsageError
from bilingual.i18n import tell
from bilingual.model import N_

if TYPE_CHECKING:
    from bilingual.cli.terminal.keys import Keys
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.memory.memory import Memory
    from bilingual.workflow.queue import ReviewItem

HELP = N_(
    "a  approve: the translation is right\n"
    "e  edit in $VISUAL or $EDITOR, or in one line; it counts as reviewed\n"
    "r  reject: remove the draft, with a reason\n"
    "c  comment: leave a note, decide nothing\n"
    "s  skip: go to the next unit (also → and ↓)\n"
    "b  back: go to the previous unit (also ← and ↑)\n"
    "q  quit\n"
    "Every decision is saved at once."
)
CLEAR = "\x1b[2J\x1b[H"
"""Erase the screen, cursor to the first column of the first line (ECMA-48: ED, CUP)."""
COUNTED = {
    "a": N_("approved"),
    "e": N_("edited"),
    "r": N_("rejected"),
    "c": N_("commented"),
    "s": N_("skipped"),
}


@click.command("review")
@slugs_argument
@click.option(
    "--order",
    type=click.Choice(["document", "risk"]),
    default="document",
    show_default=True,
    help=N_("In article order, or riskiest first."),
)
@reviewer_option
def command(slugs: tuple[str, ...], order: str, name: str | None) -> int:
    """Review units one by one in the terminal.

    Shows each waiting unit with its source, its translation, the glossary's terms and the findings,
    and takes one key per decision. Every decision is saved at once. Without a terminal, decisions
    are read from standard input, one per line.
    """
    from bilingual.workflow.queue import queue

    newsroom = open_newsroom()
    items = list(queue(newsroom, slugs, order=order))
    if not items:
        remark(tell(N_("nothing waits for review")))
        return 0
    decision(name)  # who signs must be known before the first decision, not after it
    Session(newsroom, items, keys(), name).run()
    return 0


class Session:
    """One sitting of one reviewer over a list of units."""

    def __init__(
        self, newsroom: Newsroom, items: list[ReviewItem], keys: Keys, name: str | None
    ) -> None:
        self.newsroom = newsroom
        self.items = items
        self.keys = keys
        self.name = name
        self.place = 0
        self.count: Counter[str] = Counter()
        self.notice = ""
        """What the next screen shows below the keys."""
        self.memory: Memory | None = None
        """Opened when the first unit is shown."""

    def run(self) -> None:
        """Show units and take decisions until the last one, ``q`` or the end of the input."""
        try:
            while self.refresh():
                self.show()
                self.take(self.keys.key())
        except EOFError:
            pass
        finally:
            if self.memory is not None:
                self.memory.close()
        self.say_goodbye()

    def refresh(self) -> bool:
        """Read the current unit again if somebody changed it; return False after the last one.

        A unit that left its article meanwhile leaves the list.
        """
        from bilingual.workflow.queue import find_item, fingerprint
        from bilingual.workflow.review import find

        while self.place < len(self.items):
            item = self.items[self.place]
            try:
                if fingerprint(find(self.newsroom, item.slug, item.entry.id)) != item.fingerprint:
                    self.items[self.place] = find_item(self.newsroom, item.slug, item.entry.id)
            except UsageError as gone:
                self.notice = str(gone)
                del self.items[self.place]
            else:
                return True
        return False

    def show(self) -> None:
        """Show the current unit, the keys, and what became of the last decision."""
        from bilingual.cli.terminal.screen import foot, screen

        columns = terminal_columns() - 1
        shown = screen(
            self.helped(self.items[self.place]), self.place + 1, len(self.items), columns
        )
        page = "\n".join((*shown, *foot(columns)))
        if on_terminal():
            # Not through click.clear: NO_COLOR takes that away as if it were a colour.
            sys.stdout.write(CLEAR)
        report(page)
        for start, end in lines(self.notice, columns) if self.notice else ():
            remark(self.notice[start:end])
        self.notice = ""

    def helped(self, item: ReviewItem) -> ReviewItem:
        """Return ``item`` with what the memory knows, decisions of this sitting among it."""
        from bilingual.workflow.memory.memory import Memory
        from bilingual.workflow.queue import with_matches

        if self.memory is None:
            self.memory = Memory.open(self.newsroom)
        else:
            self.memory.refresh()
        return with_matches(item, self.memory)

    def take(self, key: str) -> None:
        """Carry out the decision ``key``; a key that means nothing changes nothing."""
        decisions = {"a": self.approve, "e": self.edit, "r": self.reject, "c": self.comment}
        if key == "q":
            raise EOFError
        if key == "?":
            self.notice = tell(HELP)
        elif key == "b":
            self.place = max(self.place - 1, 0)
        elif key == "s":
            self.count[key] += 1
            self.place += 1
        elif key in decisions:
            try:
                done = decisions[key](self.items[self.place])
            except (UsageError, RefusedError, StorageError) as refused:
                self.notice = f"{tell('error:')} {refused}"
                return
            if done:
                self.count[key] += 1
                self.place += key != "c"
            else:
                self.notice = tell(N_("nothing changed"))

    def approve(self, item: ReviewItem) -> bool:
        """Approve what is on the screen."""
        from bilingual.workflow.review import approve

        approve(self.newsroom, item.slug, item.entry.id, decision(self.name, item.fingerprint))
        return True

    def edit(self, item: ReviewItem) -> bool:
        """Let the person write the target; an empty or unchanged one changes nothing."""
        from bilingual.workflow.review import edit, normalise

        if on_terminal():
            written = write(item.entry, item.source_language)
        else:
            written = self.keys.line("").replace(BREAK, "\n")
        if written is None or normalise(written) in ("", item.entry.target.text):
            return False
        edit(
            self.newsroom, item.slug, item.entry.id, written, decision(self.name, item.fingerprint)
        )
        return True

    def reject(self, item: ReviewItem) -> bool:
        """Take the draft back."""
        from bilingual.workflow.review import reject

        reason = self.keys.line(tell(N_("Reason:")))
        reject(
            self.newsroom, item.slug, item.entry.id, reason, decision(self.name, item.fingerprint)
        )
        return True

    def comment(self, item: ReviewItem) -> bool:
        """Leave a note."""
        from bilingual.workflow.review import comment

        note = self.keys.line(tell(N_("Note:")))
        if not note.strip():
            return False
        entry = comment(self.newsroom, item.slug, item.entry.id, note, decision(self.name))
        self.items[self.place] = replace(item, entry=entry)
        return True

    def say_goodbye(self) -> None:
        """Say what was decided."""
        done = [f"{tell(COUNTED[key])}: {self.count[key]}" for key in COUNTED if self.count[key]]
        remark(", ".join(done) or tell(N_("nothing was decided")))
