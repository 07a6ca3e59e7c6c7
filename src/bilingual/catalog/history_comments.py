r"""Write an earlier target as comment lines of a catalog, and read it back exactly.

``# earlier: reviewed | human:Kim | Kim | 2026-04-09T01:02:03Z | - | 7c9e21ab |``, then its text in
lines ``# earlier+: …``. No line is so long that a PO tool wraps it (polib does, at 78 columns), and
none has anything that a tool trims or takes for a line end: a line break is ``\n``, a backslash
``\\``, a blank that is not a single space between words ``\s`` or its code point. A line that ends
with ``\+`` continues in the next without a space; ``\.`` is empty, for a line that would otherwise
end with a backslash (msgcat takes that for a continuation).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.catalog.comments import EDGES, SEPARATORS, WIDTH
from bilingual.model import EarlierTarget, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GLUE, EMPTY = "\\+", "\\."
ROOM = WIDTH - len("# earlier+: ") - len(EMPTY)
"""Code points of a line without its key."""
FIELDS = 6
"""State, origin, reviewer, time, drafted, source; the text follows them."""
BAR, NOTHING = " | ", "-"
REVERTED = "reverted"
"""Written instead of the state ``initial`` for what was withdrawn with its run or origin."""

INDIVISIBLE = re.compile(r"\\(?:u[0-9a-f]{4}|.)|.", re.DOTALL)
"""What must not be split: an escape, or one code point."""
SPACE = re.compile(r"^ | $|(?<= ) ")
UNSAFE = re.compile(rf"[\x00-\x1f\x7f{EDGES[1:]}]|{SEPARATORS.pattern}")
GLUED = re.compile(r"(?<!\\)(?:\\\\)*\\\+$")
ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|(.))", re.DOTALL)
NAMED_ESCAPES = {"n": "\n", "s": " ", ".": ""}


def lines(earlier: EarlierTarget) -> Iterator[str]:
    """Yield the comment lines that write ``earlier``."""
    fields = (
        REVERTED if earlier.reverted else earlier.state,
        earlier.origin, earlier.reviewer, earlier.time, earlier.drafted,
        earlier.source,
    )  # fmt: skip
    head = BAR.join(map(_field, fields))
    for number, part in enumerate((*_parts(f"{head} |"), *_parts(_escape(earlier.text)))):
        end = EMPTY if part.endswith("\\") else ""
        yield f"earlier{'+' if number else ''}: {part}{end}"


def read(pairs: Iterable[tuple[str, str]]) -> tuple[EarlierTarget, ...]:
    """Return the earlier targets in the (key, value) ``pairs`` of comment lines.

    The text of a damaged one is kept as a draft.
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
    return tuple(_parse(value) for value in found)


def _parse(value: str) -> EarlierTarget:
    state, *fields = value.split(BAR, FIELDS)
    reverted = state == REVERTED
    state = State.INITIAL if reverted else state
    if len(fields) < FIELDS or state not in set(State):
        return EarlierTarget(_unescape(value))
    origin, reviewer, time, drafted, source = (
        "" if field == NOTHING else _unescape(field) for field in fields[:-1]
    )
    text = _unescape(fields[-1])
    return EarlierTarget(text, State(state), origin, reviewer, time, drafted, source, reverted)


def _field(text: str) -> str:
    if text in ("", NOTHING):
        return f"\\{NOTHING}" if text else NOTHING
    return _escape(text).replace("|", "\\|")


def _escape(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n")
    escaped = UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)
    return SPACE.sub(r"\\s", escaped)


def _unescape(text: str) -> str:
    def char(found: re.Match[str]) -> str:
        return chr(int(found[1], 16)) if found[1] else NAMED_ESCAPES.get(found[2], found[2])

    return ESCAPE.sub(char, text)


def _parts(text: str) -> Iterator[str]:
    """Yield ``text`` in parts that fit a line: split at a space if possible, else glued."""
    while len(text) > ROOM:
        cut = text.rfind(" ", 0, ROOM + 1)
        if cut > 0:
            yield text[:cut]
            text = text[cut + 1 :]
            continue
        cut = 0
        for whole in INDIVISIBLE.finditer(text):
            if whole.end() > ROOM:
                break
            cut = whole.end()
        yield text[:cut] + GLUE
        text = text[cut:]
    yield text
