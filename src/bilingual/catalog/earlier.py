r"""An earlier target as comment lines of a catalog, and back, exactly.

``# earlier: reviewed | human:Kim | Kim | 2026-04-09T01:02:03Z | - | 7c9e21ab |``, then its text in
lines ``# earlier+: …``. No line is so long that a PO tool wraps it (polib does, at 78 columns), and
nothing in one is what a tool trims or takes for a line's end: a line break is ``\n``, a backslash
``\\``, a blank that is not a single space between words ``\s`` or its code point. A line that ends
with ``\+`` goes on in the next without a space; ``\.`` is nothing, and stands where a line would
end with a backslash (msgcat takes that for a line that goes on).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.catalog.comments import EDGES, SEPARATORS, WIDTH
from bilingual.model import Earlier, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GLUE, EMPTY = "\\+", "\\."
ROOM = WIDTH - len("# earlier+: ") - len(EMPTY)
"""Code points of a line beside its key."""
FIELDS = 6
"""State, origin, reviewer, time, drafted, source; the text stands behind them."""
BAR, NOTHING = " | ", "-"
REVERTED = "reverted"
"""Stands for the state ``initial`` of what was taken back with its run or origin."""

WHOLE = re.compile(r"\\(?:u[0-9a-f]{4}|.)|.", re.DOTALL)
"""What must not be torn apart: an escape, or one code point."""
SPACE = re.compile(r"^ | $|(?<= ) ")
UNSAFE = re.compile(rf"[\x00-\x1f\x7f{EDGES[1:]}]|{SEPARATORS.pattern}")
GLUED = re.compile(r"(?<!\\)(?:\\\\)*\\\+$")
ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|(.))", re.DOTALL)
NAMED = {"n": "\n", "s": " ", ".": ""}


def lines(earlier: Earlier) -> Iterator[str]:
    """Yield the comment lines that write ``earlier``."""
    fields = (
        REVERTED if earlier.reverted else earlier.state,
        earlier.origin, earlier.reviewer, earlier.time, earlier.drafted,
        earlier.source,
    )  # fmt: skip
    head = BAR.join(map(_field, fields))
    for number, part in enumerate((*_parts(f"{head} |"), *_parts(_escaped(earlier.text)))):
        end = EMPTY if part.endswith("\\") else ""
        yield f"earlier{'+' if number else ''}: {part}{end}"


def read(pairs: Iterable[tuple[str, str]]) -> tuple[Earlier, ...]:
    """Return the earlier targets in the (key, value) ``pairs`` of comment lines.

    Of one that was damaged by hand the words are kept, as the text of a draft.
    """
    found: list[str] = []
    glued = False
    for key, value in pairs:
        if key == "earlier" or (key == "earlier+" and not found):
            found.append(value)
        elif key == "earlier+":
            found[-1] = found[-1][: -len(GLUE)] + value if glued else f"{found[-1]} {value}"
        else:
            continue
        glued = GLUED.search(value) is not None
    return tuple(_parsed(value) for value in found)


def _parsed(value: str) -> Earlier:
    state, *fields = value.split(BAR, FIELDS)
    reverted = state == REVERTED
    state = State.INITIAL if reverted else state
    if len(fields) < FIELDS or state not in set(State):
        return Earlier(_plain(value))
    origin, reviewer, time, drafted, source = (
        "" if field == NOTHING else _plain(field) for field in fields[:-1]
    )
    text = _plain(fields[-1])
    return Earlier(text, State(state), origin, reviewer, time, drafted, source, reverted)


def _field(text: str) -> str:
    if text in ("", NOTHING):
        return f"\\{NOTHING}" if text else NOTHING
    return _escaped(text).replace("|", "\\|")


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n")
    escaped = UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)
    return SPACE.sub(r"\\s", escaped)


def _plain(text: str) -> str:
    def char(found: re.Match[str]) -> str:
        return chr(int(found[1], 16)) if found[1] else NAMED.get(found[2], found[2])

    return ESCAPE.sub(char, text)


def _parts(text: str) -> Iterator[str]:
    """Yield ``text`` in parts that fit a line: broken at a space, else glued."""
    while len(text) > ROOM:
        cut = text.rfind(" ", 0, ROOM + 1)
        if cut > 0:
            yield text[:cut]
            text = text[cut + 1 :]
            continue
        cut = 0
        for whole in WHOLE.finditer(text):
            if whole.end() > ROOM:
                break
            cut = whole.end()
        yield text[:cut] + GLUE
        text = text[cut:]
    yield text
