r"""A Korean particle does not fit the sound before it.

What
    Checks 은/는, 이/가, 을/를, 과/와, 으로/로, 아/야, 이나/나, 이란/란 and the copula after Latin
    words, acronyms, digits, units, brackets, code, emphasis, quotation marks, links and Hangul, and
    decides by how the word is read: the glossary's `reading` first, then the names of letters
    (URL을, API를), numbers (6으로, 2를) and the English spellings that Korean renders in one way
    only (Python을, React를). In `용어(Term)는` the word before the bracket decides.
Why
    Readers stumble over every wrong particle. They appear when a word is replaced, and no spelling
    checker sees them after a Latin word.
Wrong
    en: The API returns a URL.
    ko: API은 URL를 돌려준다.

    en: Raise it from 2 to 6.
    ko: 2을 6로 올린다.

    glossary: {id: gpt-5-4, en: GPT-5.4, ko: keep, reading: 지피티 오점사}
    en: GPT-5.4 came second.
    ko: GPT-5.4은 2위였다.

    en: Attention is enough.
    ko: **어텐션(Attention)**는 그것으로 충분하다.

    en: Call `map` and read [the guide](/g).
    ko: `useEffect`을 부르고 [안내서](/g)을 읽는다.

    glossary: {id: token, en: token, ko: 토큰}
    en: A token is a piece of a word.
    ko: 토큰는 단어의 조각이다.

    en: It reads the data.
    ko: 데이터을 읽는다.
Right
    en: The API returns a URL with 6 and 7.
    ko: API는 URL을 6과 7로 돌려주고, LLM은 80GB를 100%로 쓴다.

    en: A term (here) was called "zero".
    ko: 용어(Term)는 "제로"를 뜻하고, `state`가 아니라 '이 모델'을 가리킨다.

    en: Llama 3 runs on GitLab's runners, and this model is here.
    ko: 라마 3는 Gitpod을 쓰고 **이** 모델은 여기 있다.

    en: A village in autumn will be built.
    ko: 마을을 지을 가을은 나을 것이다.
Known limits
    A Latin word whose reading is neither in the glossary nor clear from its spelling is skipped
    (Git ends in 깃, Vite in 비트: add a `reading`). After plain Hangul, 이 and 가 are not checked,
    nor what may be a verb or a word of its own (있는, 효과, 새로). Digits in names count as read
    either way (라마 3은, 라마 3는). 이라는 after a vowel is allowed: the copula may keep its 이.
    `call()` is read without a word for its brackets.
Fix
    Writes the other form.
Source
    외래어 표기법 제3장 제1절; 국립국어원 on particles after brackets: they follow the word before
    the bracket.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.language.ko.particle import ATTACHED, correct_form
from bilingual.language.ko.plain import wrong_particles
from bilingual.language.ko.reading import UNKNOWN, Sound, of_hangul, of_text
from bilingual.language.mask import BLANK
from bilingual.model import N_, Fix, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject
    from bilingual.language.ko.reading import Sounds
    from bilingual.markdown.inline import Inline

SEVERITY = Severity.WARNING
LANGUAGES = ("ko",)

WRONG = N_("{word} takes {right}, not {wrong}")
WRITE = N_("write {right}")

_BEHIND = re.compile(
    rf"[은는이가을를과와으로나란랑라며든야였예](?<=[A-Za-z0-9)\]*_~\"'”’」』》〉>%％℃°+#{BLANK}].)"
)
_STEMS = frozenset("있없않같많좋높넓적작길짧깊낮읽쓰먹만들알살하되")
"""A marked verb stem takes the ending 은 or 는 by other rules: **있**는."""
_OF_NOUNS = frozenset("작적길깊넓살")
"""Those that end longer nouns but no stems: 시작, 목적."""
_TAG = re.compile(r"</?([A-Za-z]+)\s*/?>")
_CLOSING_TAG = re.compile(r"</(?!(?:div|p|td|th|li|tr|table|ul|ol)>)[A-Za-z]+>\Z")
_CLOSING = frozenset("”’」』》〉")
_OPENING = {")": "(", "]": "["}
_STRAIGHT = frozenset("\"'")
_DEEP = 12


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each particle of the target that does not fit the text before it."""
    side = subject.target
    text, words = side.text, side.words
    reader: _Reader | None = None
    seen: set[int] = set()
    for found in _BEHIND.finditer(words):
        attached = ATTACHED.match(words, found.start())
        if attached:
            reader = reader or _Reader(side)
            seen.add(found.start())
            reader.stems = attached["form"] in {"은", "는"}
            yield from _violation(text, attached, *reader.before(found.start()))
    for hit in side.hits:
        if hit.end not in seen and "가" <= text[hit.end - 1] <= "힣":
            attached = ATTACHED.match(words, hit.end)
            if attached:
                seen.add(hit.end)
                yield from _violation(text, attached, of_hangul(text[hit.end - 1]), hit.start)
    for place in wrong_particles(words):
        attached = ATTACHED.match(words, place) if place not in seen else None
        if attached:
            word = re.search(r"[가-힣]+\Z", text[:place])
            start = word.start() if word else place
            yield from _violation(text, attached, of_hangul(text[place - 1]), start)


def _violation(
    text: str, attached: re.Match[str], sounds: Sounds, start: int
) -> Iterator[Violation]:
    form = attached["form"]
    right = correct_form(form, sounds)
    if right is None:
        return
    place, end = attached.start("form"), attached.end("form")
    values = {"word": text[start:place].strip("\n ")[-40:], "right": right, "wrong": form}
    fixed = f"{text[:place]}{right}{text[end:]}"
    yield Violation(
        Message(WRONG, values), (start, end), fix=Fix(Message(WRITE, {"right": right}), fixed)
    )


class _Reader:
    """Tells how the text before a place in a Korean text is read."""

    def __init__(self, side: Side) -> None:
        self.text = side.text
        self.side = side
        self.ending: dict[int, Inline] = {}
        self.opening: set[int] = set()
        self.stems = True
        """Whether what follows may be a verb's ending, as 은 and 는 may."""
        for each in side.inlines:
            self.ending.setdefault(each.end, each)
            if each.kind in {"emphasis", "strong", "strike", "link"}:
                self.opening.add(each.inner_start)

    def before(self, place: int) -> tuple[Sounds, int]:
        """Return the possible final sounds before ``place``, and where that word starts."""
        if place in self.opening:
            return UNKNOWN, place
        return self._resolve(place, 0)

    def _resolve(self, end: int, depth: int) -> tuple[Sounds, int]:
        text = self.text
        if depth > _DEEP or end <= 0 or text[end - 1].isspace():
            return UNKNOWN, end
        construct = self.ending.get(end)
        if construct is not None:
            return self._construct(construct, depth)
        return self._marked(end, depth)

    def _marked(self, end: int, depth: int) -> tuple[Sounds, int]:
        """Return the sounds before a mark that is not a construct of Markdown, or of the word."""
        last = self.text[end - 1]
        if last in "*_~" or last in _CLOSING:
            sounds, start = self._resolve(end - 1, depth + 1)
            return (sounds - self._of_stem(end - 2)), start
        if last in _STRAIGHT:
            return self._quoted(end, last, depth)
        if last in _OPENING:
            return self._bracketed(end, last, depth)
        return self._word(end)

    def _construct(self, construct: Inline, depth: int) -> tuple[Sounds, int]:
        start, end = construct.start, construct.inner_end
        if construct.kind in {"code", "math"}:
            return _of_code(self.text[construct.inner_start : end].strip(), construct.kind), start
        if construct.kind in {"emphasis", "strong", "strike", "link"}:
            sounds, _ = self._resolve(end, depth + 1)
            if construct.kind == "link" and "가" <= self.text[start - 1 : start] <= "힣":
                # 게시물[Title](…)을: the link follows the word like a bracket.
                before, _ = self._resolve(start, depth + 1)
                return (sounds | before if sounds else UNKNOWN), start
            return sounds - self._of_stem(end - 1), start
        whole = self.text[start : construct.end]
        if construct.kind == "html" and whole == "</sup>":
            # 의존성<sup>Dependencies</sup>을: raised words follow like a bracket.
            return self._resolve(self.text.rfind("<sup", 0, start), depth + 1)
        if construct.kind == "footnote" or (
            construct.kind == "html" and _CLOSING_TAG.search(whole)
        ):
            return self._resolve(start, depth + 1)
        return UNKNOWN, start

    def _of_stem(self, place: int) -> Sounds:
        """Return all sounds for a marked syllable that may be a verb's stem (**작**은)."""
        noun = self.text[place] in _OF_NOUNS and "가" <= self.text[place - 1 : place] <= "힣"
        return (
            frozenset(Sound) if self.stems and self.text[place] in _STEMS and not noun else UNKNOWN
        )

    def _quoted(self, end: int, mark_: str, depth: int) -> tuple[Sounds, int]:
        """Return the final sounds of a quotation; an opening or a stray mark gives none."""
        text = self.text
        start = text.rfind(mark_, 0, end - 1)
        if start < 0 or text.count(mark_, 0, end) % 2 or text[end - 2] in ".!?…,":
            return UNKNOWN, end
        if start and text[start - 1].isalnum() and mark_ == "'":
            return UNKNOWN, end
        return self._resolve(end - 1, depth + 1)[0], start

    def _bracketed(self, end: int, last: str, depth: int) -> tuple[Sounds, int]:
        """Return the final sounds of the word before a bracket, or else of the words in it."""
        text, opening = self.text, _OPENING[last]
        level, start = 0, end - 1
        while start >= 0:
            level += (text[start] == last) - (text[start] == opening)
            if not level:
                break
            start -= 1
        if start < 0:
            return UNKNOWN, end
        inside = self._resolve(end - 1, depth + 1)[0]
        if not start or not (text[start - 1].isalnum() or text[start - 1] in "*_`)\"'”’]>%"):
            spaced = start > 1 and text[start - 1] == " " and last == ")"
            before, begin = self._resolve(start - 1, depth + 1) if spaced else (UNKNOWN, start)
            if not spaced:
                return inside, start
            return (before | inside if before and inside else UNKNOWN), begin
        before, begin = self._resolve(start, depth + 1)
        if before and "가" <= text[start - 1] <= "힣":
            return before, begin
        return (before | inside if before and inside else UNKNOWN), begin

    def _word(self, end: int) -> tuple[Sounds, int]:
        text = self.text
        last = text[end - 1]
        if "가" <= last <= "힣":
            found = re.search(r"[가-힣]+\Z", text[:end])
            return of_hangul(last), found.start() if found else end - 1
        known, start = self._term(end)
        head = text[max(0, end - 60) : end]
        if known and start < 0:
            known = UNKNOWN
        spelled = of_text(head)
        found = re.search(r"[^\s가-힣(\[*\"'“‘]+\Z", text[:end])
        begin = found.start() if found else end - 1
        return (known or spelled), begin

    def _term(self, end: int) -> tuple[Sounds, int]:
        """Return the glossary's reading of the form that ends at ``end``."""
        hits = self.side.hits
        at = bisect_left(hits, end, key=lambda hit: hit.end)
        if at == len(hits) or hits[at].end != end or not hits[at].term.reading:
            return UNKNOWN, -1
        term = hits[at].term
        read = of_hangul(term.reading.rstrip()[-1:])
        latin = {form for form in term.forms.get("ko", ()) if form[-1:].isascii()}
        if len(latin) > 1:
            # The reading belongs to one of them; the entry does not tell which.
            return read | of_text(hits[at].form), hits[at].start
        return read, hits[at].start


def _of_code(code: str, kind: str) -> Sounds:
    """Return the final sounds of ``code``: ``call()`` and ``<tag />`` by name, no formulas."""
    if kind == "math":
        return of_text(code) if code.isalnum() else UNKNOWN
    tag = _TAG.fullmatch(code)
    return of_text(tag[1] if tag else code.removesuffix("()"))
