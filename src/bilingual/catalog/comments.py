"""Write what a catalog stores about an entry in comments, and read it back after any PO tool.

Translator comments contain ``key: value`` lines, which every PO tool preserves. Some tools wrap
long comments (polib, at 78 columns), so a line without a key that looks like the rest of a wrapped
one is joined to it; any other line is a comment of a person or another tool and is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEYED = re.compile(
    r"(origin|state|reviewer|drafted|time|failure|note\+?|earlier\+?): ?(.*)", re.DOTALL
)
"""``note+`` begins another line of the note above it, ``earlier+`` of the earlier target."""
SHORT = ("earlier", "earlier+")
"""Keys whose lines are too short for any tool to wrap; see ``history_comments``."""
EXTRACTED = re.compile(rf"({'|'.join(Kind)}|note\+?)(?:: ?| · |$)(.*)", re.DOTALL)
"""The same for extracted comments: the kind of a unit with the headings above it; the author's
notes."""
KINDS = {str(kind): kind for kind in Kind}
STEP = " › "
WIDTH = 78
"""Where polib and textwrap break comments, including the marker ``# ``."""
SEPARATORS = re.compile(r"[\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")
"""What Python's ``splitlines`` (so polib) takes for a line end, in addition to ``\\n``."""

EDGES = " \t\x1f\xa0\u1680\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
"""The blanks of Unicode not in ``SEPARATORS``, and the byte order mark; readers trim them."""


def key_values(lines: Iterable[str], pattern: re.Pattern[str] = KEYED) -> Iterator[tuple[str, str]]:
    """Yield (key, value) for each comment line; the key is empty for a line without one."""
    key, value, last = "", "", ""
    for line in lines:
        found = pattern.fullmatch(line)
        if not found and key and key not in SHORT and _wrapped(last, line):
            value += ("" if _hyphen(last) else " ") + line.strip()
            last = line
            continue
        if key:
            yield key, value
        if found:
            key, value = found[1], found[2].strip()
        else:
            key = ""
            if line.strip():
                yield "", line
        last = line
    if key:
        yield key, value


def is_about_target(line: str) -> bool:
    """Return True when the translator comment ``line`` describes an entry's target."""
    found = KEYED.fullmatch(line)
    return found is not None and not found[1].startswith("note")


def _wrapped(last: str, line: str) -> bool:
    """Return True when ``line`` can be the rest of ``last``: its first word did not fit there."""
    first = re.match(r"\S+?(?:-|(?=\s|$))", line)
    return first is not None and len(last) + 1 + len(first[0]) > WIDTH - len("#. ")


def _hyphen(last: str) -> bool:
    return re.search(r"\w-$", last) is not None


def notes(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the notes in (key, value) ``pairs``, the lines of each joined."""
    found: list[str] = []
    for key, value in pairs:
        if key == "note":
            found.append(value)
        elif key == "note+" and found:
            found[-1] += f"\n{value}"
        elif key == "note+":
            found.append(value)
    return tuple(found)


def note_lines(note: str) -> Iterator[str]:
    """Yield the comment lines that write ``note``."""
    for number, line in enumerate(note.strip().split("\n")):
        yield one_line(f"note{'+' if number else ''}: {line}")


def one_line(text: str) -> str:
    """Return ``text`` as one line that no PO tool breaks or trims."""
    return SEPARATORS.sub(" ", text.replace("\n", " ")).strip(EDGES)


def describe(kind: Kind, path: tuple[str, ...]) -> str:
    """Return the extracted comment for a unit of ``kind`` under the headings ``path``."""
    steps = [one.replace("›", "››") for step in path if (one := one_line(step))]
    return f"{kind} · {STEP.join(steps)}" if steps else str(kind)


def parse_description(key: str, value: str) -> tuple[Kind, tuple[str, ...]] | None:
    """Return the kind and the path that ``describe`` wrote, or None for another comment."""
    kind = KINDS.get(key)
    if kind is None:
        return None
    steps = value.split(STEP) if value else []
    return kind, tuple(step.replace("››", "›") for step in steps)
