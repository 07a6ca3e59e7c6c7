"""Where the glossary's terms stand in a text.

A form is found whatever is attached to it by grammar: Korean particles and endings (뮤즈 스파크는),
English plurals and possessives (benchmarks', model's), hyphens and spaces inside (open-source,
open source). It is not found inside another word or name: ``GPT-5`` is not in ``GPT-5.4``,
``Llama`` not in ``llama.cpp``. Where forms overlap, the longest wins.

Built once and shared: forms are filed under their first characters, so that a look-up costs the
same with fifty terms and with fifty thousand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bilingual.language.ko.ending import is_ending
from bilingual.language.mask import mask_code
from bilingual.model import Term  # noqa: TC001 - NamedTuple reads it

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


SEPARATOR = re.compile(r"[\s\-‐‑‒–·]+")
"""What may stand, or not stand, between the parts of a form."""
SPACE = re.compile(r"\s")
WORD = re.compile(
    r"[.A-Za-z0-9À-ɏ](?<![A-Za-z0-9_@#$\\À-ɏ].)(?<![A-Za-z0-9]\..)|[가-힣](?<![가-힣].)"
)
"""Where a form may begin: not inside a word, nor behind the dot of ``v2.Llama``. A change between
Hangul and Latin begins a word too (AI모델). What stands before a character is asked last, so that
the search can leap from one candidate to the next."""
START = 8
"""This many characters of a text say whether a form may begin there."""
GLANCES = (4, 11)
"""So many of them, with separators, are looked at: the first few mostly say already that none does,
and are mostly known from an earlier word."""
MOST = 20_000
"""So many beginnings without a form are remembered: as many as a language has words."""
SIZES = (12, 8, 5, 3, 2, 1)
"""A form is filed under so many of its characters, the most that it has: the more forms begin
alike, the more characters it takes to tell them apart."""
VARIANT = re.compile(
    r"[-‐‑](?:\d|(?:mini|nano|pro|turbo|flash|max|lite|plus|ultra|instruct|chat|preview|codex|oss|"
    r"coder|medium|large|small|vision|omni|air|next|thinking|exp)\b)",
    re.IGNORECASE,
)
"""What makes another name out of a name before it: Llama-3, GPT-5-mini; not GPT-5-based."""
PLURAL = re.compile(r"(?:[’']s|es|s[’']|s)?(?![A-Za-z0-9_])")
NAMES = frozenset({"model", "company", "product", "person", "benchmark"})


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A form of a term that stands in a text."""

    term: Term
    form: str
    """As the text has it, without what is attached."""
    start: int
    """Offset in the text, in code points."""
    end: int
    forbidden: bool = False


class _Form(NamedTuple):
    text: str
    """As the glossary has it."""
    term: Term
    rank: int
    """Place of the form in its entry, the preferred one first; ties go to the lower."""
    forbidden: bool


class Matcher:
    """Finds the forms of ``terms``; built once, then cheap for every text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self._by_language: dict[str, _Index] = {}

    def find(self, text: str, language: str, *, mask: bool = True) -> list[TermMatch]:
        """Return where admitted forms stand in ``text``, in its order, none inside another.

        Code, link addresses and URLs hold none; with ``mask`` false the caller has blanked them
        out already, keeping all offsets.
        """
        return [hit for hit in self.scan(text, language, mask=mask) if not hit.forbidden]

    def forbidden(self, text: str, language: str, *, mask: bool = True) -> list[TermMatch]:
        """Return where forbidden forms stand in ``text``; one inside an admitted form is none."""
        return [hit for hit in self.scan(text, language, mask=mask) if hit.forbidden]

    def scan(self, text: str, language: str, *, mask: bool = True) -> list[TermMatch]:
        """Return where forms of either kind stand in ``text``, in its order, longest first."""
        index = self._by_language.get(language)
        if index is None:
            index = self._by_language[language] = _Index(self.terms, language)
        if not index.forms:
            return []
        return list(index.hits(mask_code(text) if mask else text, text))


class _Index:
    """The forms of one language, filed by their first characters."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self.forms: dict[str, list[_Form]] = {}
        self.begins: set[str] = set()
        """The first characters of every form, ``START`` of them where it is that long."""
        self.never: set[str] = set()
        """Characters of earlier texts with which no form begins: words come again and again."""
        lengths: dict[str, set[int]] = {}
        for term in terms:
            admitted = term.forms.get(language, ())
            forms = (*admitted, *term.forbidden.get(language, ()))
            for rank, form in enumerate(forms):
                for key in _keys(form, language):
                    filed = _Form(form, term, rank, rank >= len(admitted))
                    self.forms.setdefault(key, []).append(filed)
                    self.begins.add(key[:START])
                    size = next(each for each in SIZES if each <= len(key))
                    lengths.setdefault(key[:size], set()).add(len(key))
        self.lengths = {key: sorted(each, reverse=True) for key, each in lengths.items()}
        self.heads = {each[:size] for each in self.begins for size in range(1, START + 1)}

    def hits(self, text: str, original: str) -> Iterator[TermMatch]:
        begins = list(self._begins(text))
        if not begins:  # most texts hold no term, and are not folded
            return
        compact, places = _compact(text)
        done = at = 0
        for place in begins:
            if place < done:
                continue
            at = bisect_left(places, place, at)
            for form, end in self._here(text, compact, places, at):
                yield TermMatch(form.term, original[place:end], place, end, form.forbidden)
                done = end
                break

    def _begins(self, text: str) -> Iterator[int]:
        """Yield the places of ``text`` where a form may begin, and few others."""
        never = self.never
        for word in WORD.finditer(text):
            place = word.start()
            for glance in GLANCES:
                part = text[place : place + glance]
                if part in never:
                    break
                if not self._may_begin(part):
                    if len(never) > MOST:
                        never.clear()
                    never.add(part)
                    break
            else:
                yield place

    def _may_begin(self, part: str) -> bool:
        """Return False when no form begins with the characters ``part``, whatever follows."""
        head = SEPARATOR.sub("", part).casefold()[:START]
        return head in self.heads or any(head[:size] in self.begins for size in range(1, len(head)))

    def _here(
        self, text: str, compact: str, places: Sequence[int], at: int
    ) -> Iterator[tuple[_Form, int]]:
        """Yield the forms that begin at ``at`` of ``compact``, with their ends, longest first."""
        for size in SIZES:
            for length in self.lengths.get(compact[at : at + size], ()):
                forms = self.forms.get(compact[at : at + length])
                if not forms or length < size:  # the text's end cut the key short
                    continue
                if at + length > len(places):  # a shorter form that ends with the text
                    continue
                end = places[at + length - 1] + 1
                found = text[places[at] : end]
                fitting = [form for form in forms if _fits(form, found, text, end)]
                if fitting:
                    # A form to the letter first, then an admitted one: 허깅 페이스 is forbidden
                    # though it is 허깅페이스 but for a space.
                    yield (
                        min(
                            fitting,
                            key=lambda form: (form.text != found, form.forbidden, form.rank),
                        ),
                        end,
                    )


def _keys(form: str, language: str) -> Iterator[str]:
    key = SEPARATOR.sub("", form).casefold()
    if not key:
        return
    yield key
    if language == "en" and len(key) > 3 and key[-1] == "y" and key[-2] not in "aeiou":
        yield f"{key[:-1]}ies"


def _gaps(form: str) -> set[int]:
    """Return after how many characters of ``form`` it has a separator."""
    kept, gaps = 0, set()
    for found in SEPARATOR.finditer(form):
        gaps.add(found.start() - kept)
        kept += found.end() - found.start()
    return gaps


def _compact(text: str) -> tuple[str, Sequence[int]]:
    """Return ``text`` folded and without separators, and the offset of each character left."""
    places: list[int] = []
    start = 0
    for found in SEPARATOR.finditer(text):
        places.extend(range(start, found.start()))
        start = found.end()
    places.extend(range(start, len(text)))
    folded = SEPARATOR.sub("", text).casefold()
    if len(folded) != len(places):  # ß, ﬁ and few others become two letters
        folded = "".join(text[place].lower()[:1] for place in places)
    return folded, places


def _hangul(character: str) -> bool:
    return "가" <= character <= "힣"


def _fits(form: _Form, found: str, text: str, end: int) -> bool:
    if form.forbidden and SEPARATOR.sub(" ", found) != SEPARATOR.sub(" ", form.text):
        same = not form.term.case and found.casefold() == form.text.casefold()
        if not same:
            return False
    if not _case_fits(form, found) or not _spacing_fits(form, found):
        return False
    return _ends(form, text, end)


def _case_fits(form: _Form, found: str) -> bool:
    if not form.term.case:
        return True
    bare = SEPARATOR.sub("", found)
    wanted = SEPARATOR.sub("", form.text)
    # Plural keys (companies) differ from the form at their end.
    length = min(len(bare), len(wanted)) if bare[:-3] == wanted[: len(bare) - 3] else len(wanted)
    return bare[:length] == wanted[:length] or bare == wanted.upper()


def _spacing_fits(form: _Form, found: str) -> bool:
    """Spaces stand where the form has a separator; long Korean forms may be cut once more."""
    if found == form.text or not SPACE.search(found):
        return True  # hyphens alone may stand anywhere: pre-training, H-100
    gaps = sorted(_gaps(found) - _gaps(form.text))
    if not gaps:
        return True
    bare = SEPARATOR.sub("", found)
    if len(gaps) > 1 or not all(_hangul(character) for character in bare):
        return False
    return 2 <= gaps[0] <= len(bare) - 2


def _ends(form: _Form, text: str, end: int) -> bool:  # noqa: PLR0911 - one a reason
    """Return True when no other word or name goes on at ``end``."""
    rest = text[end : end + 24]
    if not rest:
        return True
    last, following = text[end - 1], rest[0]
    if _hangul(last):
        if not _hangul(following):
            return True
        run = re.match(r"[가-힣]+", rest)
        return run is not None and is_ending(run[0])
    if following.isdigit() or following == "_":
        return False
    if following in ".," and len(rest) > 1 and rest[1].isalnum():
        if last.isdigit() and rest[1].isdigit():
            return False
        if following == "." and rest[1].isascii() and rest[1].islower():
            return False
    if following in "-‐‑" and (last.isdigit() or form.term.kind in NAMES):
        return VARIANT.match(rest) is None
    if following.isalpha() or following in "'’":
        return _hangul(following) or PLURAL.match(rest) is not None
    return True


def folded(text: str) -> str:
    """Return ``text`` as forms are looked up in it: lower case, without spaces and hyphens."""
    return _compact(text)[0]


def traces(term: Term) -> frozenset[str]:
    """Return what of ``term`` is in the ``folded`` form of every text that a form stands in.

    A text without any of them has no hit of the term, and ``holds`` says the same of it.
    """
    written = [*term.forms.items(), *term.forbidden.items()]
    return frozenset(
        key for language, forms in written for form in forms for key in _keys(form, language)
    )


def holds(text: str, language: str, term: Term) -> bool:
    """Return True when a form of ``term`` stands anywhere in ``text``, in another word too.

    For asking whether a translation has the term at all: Korean compounds are written together
    (초거대언어모델), and spaces in them are free; in English it also counts inflected
    (``tokenized`` has ``tokenize``). Forbidden forms count: another rule speaks about them.
    """
    compact = _compact(text)[0]
    forms = (*term.forms.get(language, ()), *term.forbidden.get(language, ()))
    return any(key in compact for form in forms for key in _keys(form, language))
