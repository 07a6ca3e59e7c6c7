"""Find the glossary's terms in a text.

A form is found with any ending: Korean particles and endings (뮤즈 스파크는), English plurals and
possessives (benchmarks', model's), hyphens and spaces inside (open-source, open source). It is not
found inside another word or name: ``GPT-5`` is not in ``GPT-5.4``, ``Llama`` not in ``llama.cpp``.
Where forms overlap, the longest wins.

A matcher is built once and shared: forms are indexed by their first characters, so that a search
costs the same with fifty terms and with fifty thousand.
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
"""What may be between the parts of a form, or be omitted."""
SPACE = re.compile(r"\s")
WORD = re.compile(
    r"[.A-Za-z0-9À-ɏ](?<![A-Za-z0-9_@#$\\À-ɏ].)(?<![A-Za-z0-9]\..)|[가-힣](?<![가-힣].)"
)
"""Where a form may begin: not inside a word, nor after the dot of ``v2.Llama``. A change between
Hangul and Latin begins a word too (AI모델). The text before a character is tested last, so that the
search can skip from one candidate to the next."""
PREFIX = 8
"""The number of characters that decide whether a form may begin at an offset."""
PROBES = (4, 11)
"""The numbers of characters, with separators, that are tested: the first few mostly exclude a form
already, and are mostly known from an earlier word."""
CACHE_LIMIT = 20_000
"""How many beginnings without a form are cached: as many as a language has words."""
KEY_SIZES = (12, 8, 5, 3, 2, 1)
"""The lengths of the keys of the index. A form has the longest key that it has characters for: the
more forms have the same beginning, the more characters are needed to distinguish them."""
VARIANT = re.compile(
    r"[-‐‑](?:\d|(?:mini|nano|pro|turbo|flash|max|lite|plus|ultra|instruct|chat|preview|codex|oss|"
    r"coder|medium|large|small|vision|omni|air|next|thinking|exp)\b)",
    re.IGNORECASE,
)
"""What makes another name of the name before it: Llama-3, GPT-5-mini; not GPT-5-based."""
PLURAL = re.compile(r"(?:[’']s|es|s[’']|s)?(?![A-Za-z0-9_])")
NAMES = frozenset({"model", "company", "product", "person", "benchmark"})


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A form of a term found in a text."""

    term: Term
    form: str
    """As written in the text, without endings."""
    start: int
    """Offset in the text, in code points."""
    end: int
    forbidden: bool = False


class _Form(NamedTuple):
    text: str
    """As written in the glossary."""
    term: Term
    rank: int
    """Position of the form in its entry, the preferred one first; the lower wins a tie."""
    forbidden: bool


class Matcher:
    """Finds the forms of ``terms``; costly to build, cheap for every text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self._by_language: dict[str, _Index] = {}

    def find(self, text: str, language: str, *, mask: bool = True) -> list[TermMatch]:
        """Return the allowed forms in ``text``, in order, none inside another.

        Code, link addresses and URLs are skipped; with ``mask`` false the caller has masked them
        already, keeping all offsets.
        """
        return [hit for hit in self.scan(text, language, mask=mask) if not hit.forbidden]

    def forbidden(self, text: str, language: str, *, mask: bool = True) -> list[TermMatch]:
        """Return the forbidden forms in ``text``, except one inside an allowed form."""
        return [hit for hit in self.scan(text, language, mask=mask) if hit.forbidden]

    def scan(self, text: str, language: str, *, mask: bool = True) -> list[TermMatch]:
        """Return the forms of either kind in ``text``, in order, longest first."""
        index = self._by_language.get(language)
        if index is None:
            index = self._by_language[language] = _Index(self.terms, language)
        if not index.forms:
            return []
        return list(index.matches(mask_code(text) if mask else text, text))


class _Index:
    """The forms of one language, indexed by their first characters."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self.forms: dict[str, list[_Form]] = {}
        self.begins: set[str] = set()
        """The first characters of every form, ``START`` of them where it is that long."""
        self.impossible: set[str] = set()
        """Beginnings in earlier texts with which no form begins: words repeat."""
        lengths: dict[str, set[int]] = {}
        for term in terms:
            admitted = term.forms.get(language, ())
            forms = (*admitted, *term.forbidden.get(language, ()))
            for rank, form in enumerate(forms):
                for key in _keys(form, language):
                    filed = _Form(form, term, rank, rank >= len(admitted))
                    self.forms.setdefault(key, []).append(filed)
                    self.begins.add(key[:PREFIX])
                    size = next(each for each in KEY_SIZES if each <= len(key))
                    lengths.setdefault(key[:size], set()).add(len(key))
        self.lengths = {key: sorted(each, reverse=True) for key, each in lengths.items()}
        self.heads = {each[:size] for each in self.begins for size in range(1, PREFIX + 1)}

    def matches(self, text: str, original: str) -> Iterator[TermMatch]:
        begins = list(self._candidates(text))
        if not begins:  # most texts have no term, and are not folded
            return
        compact, places = _compact(text)
        done = at = 0
        for place in begins:
            if place < done:
                continue
            at = bisect_left(places, place, at)
            for form, end in self._forms_at(text, compact, places, at):
                yield TermMatch(form.term, original[place:end], place, end, form.forbidden)
                done = end
                break

    def _candidates(self, text: str) -> Iterator[int]:
        """Yield the offsets of ``text`` at which a form may begin, and few others."""
        impossible = self.impossible
        for word in WORD.finditer(text):
            place = word.start()
            for glance in PROBES:
                part = text[place : place + glance]
                if part in impossible:
                    break
                if not self._may_begin(part):
                    if len(impossible) > CACHE_LIMIT:
                        impossible.clear()
                    impossible.add(part)
                    break
            else:
                yield place

    def _may_begin(self, part: str) -> bool:
        """Return False when no form begins with the characters ``part``."""
        head = SEPARATOR.sub("", part).casefold()[:PREFIX]
        return head in self.heads or any(head[:size] in self.begins for size in range(1, len(head)))

    def _forms_at(
        self, text: str, compact: str, places: Sequence[int], at: int
    ) -> Iterator[tuple[_Form, int]]:
        """Yield the forms that begin at ``at`` of ``compact``, with their ends, longest first."""
        for size in KEY_SIZES:
            for length in self.lengths.get(compact[at : at + size], ()):
                forms = self.forms.get(compact[at : at + length])
                if not forms or length < size:  # the text's end cut the key short
                    continue
                if at + length > len(places):  # a shorter form that ends with the text
                    continue
                end = places[at + length - 1] + 1
                found = text[places[at] : end]
                fits = [form for form in forms if _matches(form, found, text, end)]
                if fits:
                    # An exact form first, then an allowed one: 허깅 페이스 is forbidden although
                    # only a space distinguishes it from 허깅페이스.
                    yield (
                        min(
                            fits,
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
    """Return the positions of separators in ``form``, counted without separators."""
    kept, gaps = 0, set()
    for found in SEPARATOR.finditer(form):
        gaps.add(found.start() - kept)
        kept += found.end() - found.start()
    return gaps


def _compact(text: str) -> tuple[str, Sequence[int]]:
    """Return ``text`` folded and without separators, and the offset of each remaining character."""
    places: list[int] = []
    start = 0
    for found in SEPARATOR.finditer(text):
        places.extend(range(start, found.start()))
        start = found.end()
    places.extend(range(start, len(text)))
    folded = SEPARATOR.sub("", text).casefold()
    if len(folded) != len(places):  # ß, ﬁ and a few others become two letters
        folded = "".join(text[place].lower()[:1] for place in places)
    return folded, places


def _hangul(character: str) -> bool:
    return "가" <= character <= "힣"


def _matches(form: _Form, found: str, text: str, end: int) -> bool:
    if form.forbidden and SEPARATOR.sub(" ", found) != SEPARATOR.sub(" ", form.text):
        same = not form.term.case and found.casefold() == form.text.casefold()
        if not same:
            return False
    if not _case_matches(form, found) or not _spacing_matches(form, found):
        return False
    return _ends(form, text, end)


def _case_matches(form: _Form, found: str) -> bool:
    if not form.term.case:
        return True
    bare = SEPARATOR.sub("", found)
    wanted = SEPARATOR.sub("", form.text)
    # Plural keys (companies) differ from the form at the end.
    length = min(len(bare), len(wanted)) if bare[:-3] == wanted[: len(bare) - 3] else len(wanted)
    return bare[:length] == wanted[:length] or bare == wanted.upper()


def _spacing_matches(form: _Form, found: str) -> bool:
    """Return True when spaces are where the form has separators; Korean may have one more."""
    if found == form.text or not SPACE.search(found):
        return True  # hyphens may be anywhere: pre-training, H-100
    gaps = sorted(_gaps(found) - _gaps(form.text))
    if not gaps:
        return True
    bare = SEPARATOR.sub("", found)
    if len(gaps) > 1 or not all(_hangul(character) for character in bare):
        return False
    return 2 <= gaps[0] <= len(bare) - 2


def _ends(form: _Form, text: str, end: int) -> bool:  # noqa: PLR0911 - one return for each reason
    """Return True when the word or name ends at ``end``."""
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


def fold(text: str) -> str:
    """Return ``text`` in the form of the index: lower case, without spaces and hyphens."""
    return _compact(text)[0]


def required_keys(term: Term) -> frozenset[str]:
    """Return the keys of ``term``: a text with a form has one of them after ``fold``.

    A text without any of them has no match of the term, and ``contains`` returns False.
    """
    forms_by_language = [*term.forms.items(), *term.forbidden.items()]
    return frozenset(
        key
        for language, forms in forms_by_language
        for form in forms
        for key in _keys(form, language)
    )


def contains(text: str, language: str, term: Term) -> bool:
    """Return True when a form of ``term`` is anywhere in ``text``, even inside another word.

    For checking whether a translation has the term at all: Korean compounds are written without
    spaces (초거대언어모델) or with any; English words may be inflected (``tokenized`` has
    ``tokenize``). Forbidden forms count, for another rule reports them.
    """
    compact = _compact(text)[0]
    forms = (*term.forms.get(language, ()), *term.forbidden.get(language, ()))
    return any(key in compact for form in forms for key in _keys(form, language))
