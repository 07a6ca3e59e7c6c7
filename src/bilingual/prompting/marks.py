r"""What must not change is sent to an engine as marks.

``<x1/>`` replaces something whole: inline code, an autolink, an HTML tag, a footnote reference,
a formula, a hard line break, a kept term. ``<g1>…</g1>`` encloses text that is translated:
a link's words, an image's alternative text, the content of a pair of HTML tags. Emphasis stays
Markdown, which every model knows. Numbers count up through the unit, so that a mark missing from
an answer can be named.

Text that happens to look like a mark becomes one, and so does what a chat template would take for
the end of a turn (``<|im_end|>``): ``restore(protect(text), protected text)`` is any text again.
An answer may add no link, image, HTML or address of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.language.injection.phrases import CONTROL
from bilingual.language.mask import BLANK
from bilingual.markdown.inline import Inline, inlines
from bilingual.model import N_, Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MARK = re.compile(r"<(/?)([xg])(\d{1,4})\s*(/?)>")
"""A mark as models write it; a space before the slash is forgiven."""
HARD_BREAK = re.compile(r"(?: {2,}|\\)\n")
KEPT = re.compile(r"\w(?:[^`<>\[\]()\\]*\w)?[+#]*")
"""A whole mark that is a kept term rather than code, markup or a line break."""
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)[^>]*?(/?)>", re.DOTALL)

ADDABLE = re.compile(r"<[A-Za-z!/?]|\]\s?[(\[]|://|\[\^")
"""All that an answer must not add contains one of these."""
ALIEN = frozenset({"link", "image", "autolink", "html", "footnote"})

WHOLE = frozenset({"code", "autolink", "html", "footnote", "math"})
SPANNING = frozenset({"link", "image"})

MARK_MISSING = N_("the mark {mark} is missing")
MARK_DOUBLED = N_("the mark {mark} occurs {count} times instead of once")
MARK_UNKNOWN = N_("the mark {mark} is not in the source")
MARKUP_ADDED = N_("the answer adds {text}, which the source does not have")
MARK_NESTING = N_("the mark {mark} does not enclose what it should")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark and what it replaces."""

    number: int
    opening: str
    """The source's own characters for ``<x1/>`` or ``<g1>``."""
    closing: str | None = None
    """The same for ``</g1>``; None for a mark without an end."""
    inner: str = ""
    """The protected text between the two halves of a spanning mark."""
    label: str = ""
    """The label of a link that is found by its words, as ``[words]`` or ``[words][]``: once they
    are translated the label has to be written out."""

    @property
    def spanning(self) -> bool:
        """True for ``<g1>…</g1>``."""
        return self.closing is not None

    @property
    def names(self) -> tuple[str, ...]:
        """The mark as it is in the protected text."""
        if self.spanning:
            return (f"<g{self.number}>", f"</g{self.number}>")
        return (f"<x{self.number}/>",)


@dataclass(frozen=True, slots=True)
class Protected:
    """A unit's text as an engine sees it."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Span:
    """A piece of text that becomes a mark; an empty inner span means ``<x/>``."""

    start: int
    end: int
    inner: tuple[int, int] | None = None
    label: str = ""


def protect(text: str, keep: Iterable[tuple[int, int]] = ()) -> Protected:
    """Return the Markdown ``text`` of a unit with marks in it.

    ``keep`` are the offsets of kept terms in ``text``; those inside other marks count for nothing.
    """
    protected = _protected(text, _outer_first(text, keep))
    if _whole(protected, text):
        return protected
    # Crossing constructs left text that looks like a mark: guard that text and nothing else.
    alike = [_Span(match.start(), match.end()) for match in MARK.finditer(text)]
    return _protected(text, alike)


def problems(protected: Protected, answer: str) -> Iterator[Message]:
    """Yield what is wrong with the marks of ``answer``; nothing when it can be restored."""
    wanted = Counter(name for each in protected.marks for name in each.names)
    found = Counter(_name(match) for match in MARK.finditer(answer))
    for name in wanted:
        if not found[name]:
            yield Message(MARK_MISSING, {"mark": name})
        elif found[name] > wanted[name]:
            yield Message(MARK_DOUBLED, {"mark": name, "count": found[name]})
    for name in found:
        if name not in wanted:
            yield Message(MARK_UNKNOWN, {"mark": name})
    if wanted == found:
        before, after = _parents(protected.text), _parents(answer)
        for number, parent in before.items():
            if after.get(number, -1) != parent:
                name = next(each for each in protected.marks if each.number == number).names[0]
                yield Message(MARK_NESTING, {"mark": name})
    own = _markup(protected.text)
    for added in _markup(answer) - own:
        yield Message(MARKUP_ADDED, {"text": " ".join(added.split())[:60]})


def restore(protected: Protected, answer: str) -> str:
    """Return ``answer`` with every mark replaced by the original characters.

    ``answer`` must have no ``problems``; raises ``ValueError`` otherwise.
    """
    if any(problems(protected, answer)):
        raise ValueError("the answer's marks are not the source's")
    return _restored(answer, {each.number: each for each in protected.marks})


def aligned(source: str, target: str, like: Sequence[Mark] = ()) -> tuple[str, str]:
    """Return a translated pair as an engine sees it: what is the same in both is the same mark.

    What only the target has is left as it is; of a link, the words. ``like`` are the marks of the
    text that the pair helps with: what is in both is the same mark, too, and its kept terms are
    marks here.
    """
    kept = [_kept(text, like) for text in (source, target)]
    both = [words for words, found in kept[0].items() if len(found) == len(kept[1][words])]
    spans = [[span for words in both for span in found[words]] for found in kept]
    first, second = _numbered(protect(source, spans[0]), like), protect(target, spans[1])
    free = list(first.marks)
    twins: dict[int, Mark] = {}
    for each in second.marks:
        for other in free:
            if (other.opening, other.closing) == (each.opening, each.closing):
                twins[each.number] = other
                free.remove(other)
                break
    strange = {each.number: each for each in second.marks if each.number not in twins}

    def written(match: re.Match[str]) -> str:
        number = int(match[3])
        if number in twins:
            return match[0].replace(match[3], str(twins[number].number))
        return "" if strange[number].spanning else strange[number].opening

    return first.text, MARK.sub(written, second.text)


def blanked(text: str) -> str:
    """Return ``text`` with ``BLANK`` for whole marks, and nothing for spanning ones."""
    return MARK.sub(lambda found: BLANK if found[2] == "x" else "", text)


def _kept(text: str, marks: Iterable[Mark]) -> dict[str, list[tuple[int, int]]]:
    """Return where ``text`` has words that are whole ``marks`` elsewhere: kept terms."""
    return {
        words: [
            match.span()
            for match in re.finditer(
                rf"(?<![A-Za-z0-9.-]){re.escape(words)}(?![A-Za-z0-9]|[.-][A-Za-z0-9])", text
            )
        ]
        for words in dict.fromkeys(each.opening for each in marks if KEPT.fullmatch(each.opening))
    }


def _numbered(protected: Protected, like: Sequence[Mark]) -> Protected:
    """Return ``protected`` with the numbers that its marks have in ``like``; others come after."""
    free = list(like)
    numbers: dict[int, int] = {}
    last = max((each.number for each in like), default=0)
    for each in protected.marks:
        same = ((each.opening, each.closing) == (other.opening, other.closing) for other in free)
        place = next((place for place, found in enumerate(same) if found), None)
        last += place is None
        numbers[each.number] = last if place is None else free.pop(place).number

    def written(match: re.Match[str]) -> str:
        return match[0].replace(match[3], str(numbers[int(match[3])]))

    return Protected(
        MARK.sub(written, protected.text),
        tuple(replace(each, number=numbers[each.number]) for each in protected.marks),
    )


def _markup(text: str) -> Counter[str]:
    """Return the links, images, tags, addresses and notes of ``text`` that are no marks."""
    bare = MARK.sub(" ", text)
    if not ADDABLE.search(bare):
        return Counter()
    return Counter(bare[each.start : each.end] for each in inlines(bare) if each.kind in ALIEN)


def _whole(protected: Protected, text: str) -> bool:
    """Return True when the marks of ``protected`` lead back to ``text``."""
    return not any(problems(protected, protected.text)) and text == _restored(
        protected.text, {each.number: each for each in protected.marks}
    )


def _name(match: re.Match[str]) -> str:
    """Return the mark in its one spelling; a wrong shape keeps its own and is unknown then."""
    closing, letter, number, alone = match.groups()
    if letter == "x" and not closing and alone:
        return f"<x{number}/>"
    if letter == "g" and not alone:
        return f"<{closing}g{number}>"
    return match[0]


def _parents(text: str) -> dict[int, int]:
    """Return which spanning mark (0: none, -2: crossing) encloses each mark of ``text``."""
    parents: dict[int, int] = {}
    above = [0]
    for match in MARK.finditer(text):
        number = int(match[3])
        if match[1]:
            if above[-1] != number:
                parents[number] = -2
            if number in above:
                del above[above.index(number) :]
        else:
            parents.setdefault(number, above[-1])
            if match[2] == "g":
                above.append(number)
    return parents


def _restored(answer: str, marks: dict[int, Mark]) -> str:
    out: list[str] = []
    position = 0
    while match := MARK.search(answer, position):
        out.append(answer[position : match.start()])
        each = marks[int(match[3])]
        out.append(each.opening)
        position = match.end()
        if each.spanning:
            end = re.compile(rf"</g{each.number}\s*>").search(answer, position)
            assert end is not None  # noqa: S101 - problems() has seen both halves
            inner = answer[position : end.start()]
            out.append(_restored(inner, marks))
            out.append(_closing(each, inner))
            position = end.end()
    out.append(answer[position:])
    return "".join(out)


def _closing(each: Mark, inner: str) -> str:
    if each.label and inner != each.inner:
        return f"][{each.label}]"
    return each.closing or ""


def _outer_first(text: str, keep: Iterable[tuple[int, int]]) -> list[_Span]:
    """Return the spans to mark by their start, outer ones before those in them, none crossing."""
    found = tuple(inlines(text))
    spans = [*_constructs(text, found), *_tags(found, text)]
    whole = [(span.start, span.end) for span in spans if span.inner is None]
    shells = [edge for span in spans for edge in _shell(span)]
    loose = [(match.start(), match.end()) for match in HARD_BREAK.finditer(text)]
    loose += [(match.start(), match.end()) for match in MARK.finditer(text)]
    loose += [(match.start(), match.end()) for match in CONTROL.finditer(text)]
    for start, end in (*loose, *sorted(keep)):
        if start < end and not any(start < b and a < end for a, b in (*whole, *shells)):
            spans.append(_Span(start, end))
            whole.append((start, end))
    return _nested(spans)


def _shell(span: _Span) -> tuple[tuple[int, int], ...]:
    """Return the two halves of a spanning mark: text there is the mark's own."""
    if span.inner is None:
        return ()
    return ((span.start, span.inner[0]), (span.inner[1], span.end))


def _constructs(text: str, found: Sequence[Inline]) -> Iterator[_Span]:
    for each in found:
        if each.kind in SPANNING:
            if not text[each.inner_start : each.inner_end].strip():
                yield _Span(each.start, each.end)
                continue
            inner = (each.inner_start, each.inner_end)
            by_words = text[each.inner_end : each.end] in ("]", "][]")
            label = text[slice(*inner)] if by_words else ""
            yield _Span(each.start, each.end, inner, label)
        elif each.kind in WHOLE and each.kind != "html":
            yield _Span(each.start, each.end)


def _tags(found: Sequence[Inline], text: str) -> Iterator[_Span]:
    """Yield HTML tags: an opening tag and the next closing one of its name as one spanning mark."""
    tags = [each for each in found if each.kind == "html"]
    taken: set[int] = set()
    for i, tag in enumerate(tags):
        if i in taken:
            continue
        opening = TAG.fullmatch(text[tag.start : tag.end])
        pair = None
        if opening and not opening[1] and not opening[3]:
            pair = _partner(tags, text, i, opening[2].lower())
        if pair is None or not text[tag.end : tags[pair].start].strip():
            yield _Span(tag.start, tag.end)
        else:
            taken.add(pair)
            yield _Span(tag.start, tags[pair].end, (tag.end, tags[pair].start))


def _partner(tags: Sequence[Inline], text: str, first: int, name: str) -> int | None:
    depth = 0
    for i in range(first, len(tags)):
        shape = TAG.fullmatch(text[tags[i].start : tags[i].end])
        if not shape or shape[2].lower() != name or shape[3]:
            continue
        depth += -1 if shape[1] else 1
        if depth == 0:
            return i
    return None


def _nested(spans: list[_Span]) -> list[_Span]:
    """Return ``spans`` in reading order without those that cross or lie in a whole one.

    Where two cross (HTML tags around half a link), the outer beginning wins and the other stays
    as it is: better a tag that the engine may break, and be refused for, than marks that cannot
    nest.
    """
    kept: list[_Span] = []
    open_: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end, span.inner is None)):
        while open_ and open_[-1].end <= span.start:
            open_.pop()
        if open_:
            around = open_[-1]
            if around.inner is None:
                continue
            if not (around.inner[0] <= span.start and span.end <= around.inner[1]):
                continue
        kept.append(span)
        open_.append(span)
    return kept


def _protected(text: str, spans: Sequence[_Span]) -> Protected:
    marks: list[Mark] = []

    def write(start: int, end: int, inside: Sequence[_Span]) -> str:
        out: list[str] = []
        position = start
        for i, span in enumerate(inside):
            if span.start < position:
                continue
            out.append(text[position : span.start])
            number = len(marks) + 1
            if span.inner is None:
                marks.append(Mark(number, text[span.start : span.end]))
                out.append(f"<x{number}/>")
            else:
                first, last = span.inner
                marks.append(Mark(number, ""))  # holds the number while its inside is written
                deeper = [other for other in inside[i + 1 :] if other.start < last]
                inner = write(first, last, deeper)
                opening, closing = text[span.start : first], text[last : span.end]
                marks[number - 1] = Mark(number, opening, closing, inner, span.label)
                out.append(f"<g{number}>{inner}</g{number}>")
            position = span.end
        out.append(text[position:end])
        return "".join(out)

    return Protected(write(0, len(text), spans), tuple(marks))
