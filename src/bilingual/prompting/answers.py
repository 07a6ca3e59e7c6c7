"""What is wrong with an answer, and so whether it becomes a draft, is asked again, or is left.

``read`` cuts an answer into drafts by id; ``judge`` looks at one draft beside its source. A fatal
fault means that the draft cannot be used at all (its marks are broken, it is not a translation);
any other is worth asking again, but the draft may stand with it, for a person to see.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bilingual.language.placeables import USUAL_RATIO
from bilingual.language.truncation import Break, unfinished
from bilingual.model import N_, Kind, Message
from bilingual.prompting import commentary, marks, misalignment, prompt
from bilingual.prompting.commentary import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bilingual.prompting.marks import Protected
    from bilingual.prompting.request import Answer, Passage, Request

TRUNCATED = N_("the answer was cut off at the token limit")
FILTERED = N_("the provider withheld the answer")
NO_JSON = N_("the answer is not the JSON object that was asked for")
ROW_MISSING = N_("the answer has no translation for this unit")
ROW_DOUBLED = N_("the answer has this unit twice")
ROW_UNKNOWN = N_("the answer has rows that were not asked for, so it may be shifted")
ROW_SHIFTED = N_("the answer gives two units the same translation, so it may be shifted")
ROW_MISPLACED = N_("the answer may have another unit's translation here")
ROW_LAST = N_("the answer ends before its last unit, so it may be shifted")
EMPTY = N_("the answer is empty")
LEAKED = N_("the answer repeats the engine's instructions: {words}")
LINES = N_("the answer has {count} lines where the source has one")
LOOP = N_("the answer repeats itself: {words}")
COPIED = N_("the answer is the source, not a translation")
HANGUL_MISSING = N_("the answer is not in Korean")
LATIN_MISSING = N_("the answer is not in English")
HAN = N_("the answer holds Chinese characters: {words}")
HANGUL_LEFT = N_("the answer holds Korean: {words}")
SHORT = N_("the answer is far shorter than the source")
LONG = N_("the answer is far longer than the source")
CUT = N_("the answer breaks off in the middle of a sentence")
POLITE = N_("the sentence ends politely ({words}) instead of in plain -다")

QUOTED = re.compile(r'("{3,})\n?(.*?)\n?\1', re.DOTALL)
HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
HANGUL_RUN = re.compile(r"[가-힣ᄀ-ᇿㄱ-ㆎ]+")
NUMERAL = re.compile(r"[\d,. ]+(?:[조억만천백십][\d,. ]*)*[가-힣]?")
DIGITS = re.compile(r"[\d,.]+")
LATIN_RUN = re.compile(r"[A-Za-z]+")
RUNAWAY = re.compile(r"(.{2,60}?)\1{5,}", re.DOTALL)
POLITE_END = re.compile(
    r"(?:습니다|입니다|ㅂ니다|합니다|됩니다|니다|세요|해요|어요|아요|예요|에요|죠)(?=[.!?]|\s*\Z)"
)
SENTENCE_END = re.compile(r"(?<=[.!?。…]) ")
ECHO = 10
"""Code points that nobody writes twice in a row by chance."""
WORD = re.compile(r"[\w'’-]+")
LEAK = 7
"""So many words of the instructions in a row are no accident."""
ONE_LINE = frozenset({Kind.HEADING, Kind.CELL, Kind.ALT, Kind.ATTRIBUTE})
JUDGED_LENGTH = 60
"""Shorter sources say nothing by their length."""


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One thing that is wrong with a draft."""

    message: Message
    fatal: bool = True
    """True when the draft must not be used."""


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """An answer cut into drafts."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """Id to the draft, marks and all; only of rows that came once."""
    faults: Mapping[str, tuple[AnswerProblem, ...]] = field(default_factory=dict)
    """Id to what is wrong with its row. An id is in ``texts``, in here, or in both."""

    @property
    def good(self) -> dict[str, str]:
        """Return the drafts of rows that nothing is wrong with, by id."""
        return {id_: text for id_, text in self.texts.items() if not self.faults.get(id_)}


def read(request: Request, answer: Answer) -> ParsedAnswer:
    """Return the drafts that ``answer`` gives for the passages of ``request``."""
    ids = [passage.id for passage in request.passages]
    if answer.finish == "length":
        return _all(ids, TRUNCATED)
    if answer.finish == "content_filter":
        return _all(ids, FILTERED)
    if request.brief:
        text = _unquoted(answer.text.strip())
        reading = ParsedAnswer({ids[0]: text}) if text else _all(ids, EMPTY)
    else:
        fenced = commentary.FENCE.match(answer.text)
        rows = _unfenced(ids, answer.text) if fenced else _rows(answer.text)
        wrong = commentary.FENCED if fenced else NO_JSON
        reading = _all(ids, wrong) if rows is None else _matched(request, rows)
    return _without_leaks(request, reading)


def leaked(request: Request, passage: Passage, draft: str) -> str:
    """Return words of ``draft`` that are none of ``passage`` but what the engine was told."""
    said = _runs(draft) - _runs(passage.text)
    found = said & _runs(prompt.shared(request)) if said else said
    return short(min(found)) if found else ""


def judge(
    passage: Passage, protected: Protected, draft: str, languages: tuple[str, str]
) -> Iterator[AnswerProblem]:
    """Give what is wrong with ``draft`` (as answered, with marks) for ``passage``.

    ``protected`` is the passage's text and its marks, ``languages`` are source and target.
    """
    if not draft.strip():
        yield AnswerProblem(Message(EMPTY))
        return
    for message in marks.faults(protected, draft):
        yield AnswerProblem(message)
    if unfinished(marks.blanked(passage.text), marks.blanked(draft), languages, passage.kind) is (
        Break.SURE
    ):
        yield AnswerProblem(Message(CUT))
    source, target = marks.MARK.sub(" ", passage.text), marks.MARK.sub(" ", draft)
    yield from _wrapped(passage, source, target, languages)
    yield from _script(source, target, languages)
    yield from _size(source, target, languages)
    if languages[1] == "ko" and (found := POLITE_END.search(target)) and "“" not in source:
        yield AnswerProblem(Message(POLITE, {"words": found[0]}), fatal=False)


def _unquoted(text: str) -> str:
    """Return ``text`` without the fence that a small model copied from the question."""
    found = QUOTED.fullmatch(text)
    return found[2].strip() if found else text


def _without_leaks(request: Request, reading: ParsedAnswer) -> ParsedAnswer:
    """Return ``reading`` without the rows that say what the engine was told."""
    faults = {
        passage.id: (AnswerProblem(Message(LEAKED, {"words": words})),)
        for passage in request.passages
        if (words := leaked(request, passage, reading.texts.get(passage.id, "")))
    }
    texts = {key: text for key, text in reading.texts.items() if key not in faults}
    return ParsedAnswer(texts, {**reading.faults, **faults})


@lru_cache(maxsize=32)
def _runs(text: str) -> frozenset[str]:
    """Return all runs of ``LEAK`` words in ``text``."""
    words = WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + LEAK]) for i in range(len(words) - LEAK + 1))


def _all(ids: Sequence[str], template: str) -> ParsedAnswer:
    return ParsedAnswer({}, {each: (AnswerProblem(Message(template)),) for each in ids})


def _rows(text: str) -> list[tuple[str, str]] | None:
    """Return ids and texts of a JSON answer, doubled ones too; None when it is not one."""
    try:
        tree = json.loads(text, object_pairs_hook=_Pairs)
    except ValueError:
        return None
    if isinstance(tree, _Pairs) and len(tree) == 1 and isinstance(tree[0][1], (list, _Pairs)):
        tree = tree[0][1]
    if isinstance(tree, _Pairs):
        return [(key, value) for key, value in tree if isinstance(value, str)]
    if isinstance(tree, list) and all(isinstance(row, _Pairs) for row in tree):
        maps = [dict(row) for row in tree]
        return [
            (str(row["id"]), words)
            for row in maps
            if "id" in row and isinstance(words := row.get("text", row.get("translation")), str)
        ]
    return None


def _unfenced(ids: Sequence[str], text: str) -> list[tuple[str, str]] | None:
    """Return the rows of a JSON answer in a fence; None unless they are just those of ``ids``.

    The fence is the container's then, not the drafts': asking again would be paid for nothing.
    """
    fenced = commentary.FENCE.match(text)
    rows = _rows(fenced[2]) if fenced else None
    return rows if rows is not None and sorted(key for key, _ in rows) == sorted(ids) else None


class _Pairs(list[tuple[str, object]]):
    """A JSON object with its keys as they came, doubled ones too."""


def _matched(request: Request, rows: Sequence[tuple[str, str]]) -> ParsedAnswer:
    texts: dict[str, str] = {}
    faults: dict[str, tuple[AnswerProblem, ...]] = {}
    counts = Counter(key for key, _ in rows)
    given = dict(rows)
    ids = [passage.id for passage in request.passages]
    stray = any(key not in ids for key in counts)
    same = Counter(unicodedata.normalize("NFC", text.strip()) for text in given.values())
    sources = Counter(passage.text.strip() for passage in request.passages)
    # Two texts in one row, and all behind it are one id too far: what is missing then is the last.
    short = bool(counts) and not counts[ids[-1]]
    for passage in request.passages:
        each, text = passage.id, given.get(passage.id, "").strip()
        if not counts[each]:
            faults[each] = (AnswerProblem(Message(ROW_MISSING)),)
        elif counts[each] > 1:
            faults[each] = (AnswerProblem(Message(ROW_DOUBLED)),)
        elif stray:
            faults[each] = (AnswerProblem(Message(ROW_UNKNOWN)),)
        elif short:
            faults[each] = (AnswerProblem(Message(ROW_LAST)),)
        elif (
            len(passage.text) > JUDGED_LENGTH
            and same[unicodedata.normalize("NFC", text)] > sources[passage.text.strip()]
        ):
            faults[each] = (AnswerProblem(Message(ROW_SHIFTED)),)
        else:
            texts[each] = text
    for each in misalignment.misplaced(request, texts):
        del texts[each]
        faults[each] = (AnswerProblem(Message(ROW_MISPLACED)),)
    return ParsedAnswer(texts, faults)


def _wrapped(
    passage: Passage, source: str, target: str, languages: tuple[str, str]
) -> Iterator[AnswerProblem]:
    """Give faults of what stands around or in the draft that is no translation."""
    yield from map(AnswerProblem, commentary.found(source, target, languages))
    lines = len(target.strip().splitlines())
    if lines > 1 and (passage.kind in ONE_LINE or "\n" not in source.strip()):
        yield AnswerProblem(Message(LINES, {"count": lines}))
    if (found := RUNAWAY.search(target)) and found[1].strip() and not RUNAWAY.search(source):
        yield AnswerProblem(Message(LOOP, {"words": short(found[1])}))
    elif (twice := _echo(target)) and not _echo(source):
        yield AnswerProblem(Message(LOOP, {"words": short(twice)}))


def _echo(text: str) -> str:
    """Return what ``text`` says twice in a row: the whole of it, or a sentence; else nothing."""
    words = text.split()
    half = " ".join(words[: len(words) // 2])
    if len(half) >= ECHO and half == " ".join(words[len(words) // 2 :]):
        return half
    sentences = SENTENCE_END.split(" ".join(words))
    return next((a for a, b in pairwise(sentences) if a == b and len(a) >= ECHO), "")


def _script(source: str, target: str, languages: tuple[str, str]) -> Iterator[AnswerProblem]:
    """Give faults of letters that do not belong."""
    into_korean = languages[1] == "ko"
    words = LATIN_RUN.findall(source) if into_korean else HANGUL_RUN.findall(source)
    # Names stay as they are in cells and tags: only running words must change.
    running = [word for word in words if not into_korean or word.islower()]
    if into_korean:
        if len(running) >= 3 and not HANGUL_RUN.search(target):
            copied = _folded(source) == _folded(target)
            yield AnswerProblem(Message(COPIED if copied else HANGUL_MISSING))
        han = [run for run in HAN_RUN.findall(target) if run not in source]
        if han:
            yield AnswerProblem(Message(HAN, {"words": " ".join(han[:3])}), fatal=False)
        return
    if words and _folded(source) == _folded(target):
        yield AnswerProblem(Message(COPIED))
    elif len(running) >= 2 and not LATIN_RUN.search(target) and not _amount(source, target):
        yield AnswerProblem(Message(LATIN_MISSING))
    elif left := HANGUL_RUN.findall(target):
        yield AnswerProblem(Message(HANGUL_LEFT, {"words": " ".join(left[:3])}), fatal=False)
    if han := [run for run in HAN_RUN.findall(target) if run not in source]:
        yield AnswerProblem(Message(HAN, {"words": " ".join(han[:3])}), fatal=False)


def _amount(source: str, target: str) -> bool:
    """Return True where both are a number: 10만 277개 is 100,277."""
    return bool(NUMERAL.fullmatch(source.strip()) and DIGITS.fullmatch(target.strip()))


def _size(source: str, target: str, languages: tuple[str, str]) -> Iterator[AnswerProblem]:
    usual = USUAL_RATIO.get(languages, 1.0) * len(source)
    if len(source) < JUDGED_LENGTH:
        return
    if len(target) > 4 * usual:
        yield AnswerProblem(Message(LONG))
    elif len(target) < usual / 4:
        yield AnswerProblem(Message(SHORT), fatal=False)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
