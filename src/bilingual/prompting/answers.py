"""Read answers, and find what is wrong with them: whether to use, ask again, or refuse a draft.

``read`` turns a language model's reply into texts by passage id; ``checked`` compares the texts
with each other, whichever engine gave them; ``judge`` compares one draft with its source. A fatal
problem means that the draft cannot be used (its marks are broken, it is no translation); any other
is worth asking again, but the draft may be kept with it, for a person to see.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bilingual.language.placeables import USUAL_RATIO
from bilingual.language.truncation import Break, unfinished
from bilingual.model import N_, Kind, Message
from bilingual.prompting import commentary, marks, misalignment, prompt
from bilingual.prompting.commentary import short
from bilingual.prompting.request import Answer, AnswerProblem, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bilingual.prompting.marks import Protected
    from bilingual.prompting.request import Passage, Request

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
HAN = N_("the answer contains Chinese characters: {words}")
HANGUL_LEFT = N_("the answer contains Korean: {words}")
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
"""Code points of the shortest repetition that is no coincidence."""
WORD = re.compile(r"[\w'’-]+")
LEAK = 7
"""Words of the instructions in a row that are no coincidence."""
ONE_LINE = frozenset({Kind.HEADING, Kind.CELL, Kind.ALT, Kind.ATTRIBUTE})
JUDGED_LENGTH = 60
"""Code points of the shortest source whose length is compared."""


def read(request: Request, reply: Reply) -> Answer:
    """Return the texts that a language model's ``reply`` gives for the passages of ``request``."""
    ids = [passage.id for passage in request.passages]
    found = _problem(ids, EMPTY)
    if reply.finish == "length":
        found = _problem(ids, TRUNCATED)
    elif reply.finish == "content_filter":
        found = _problem(ids, FILTERED)
    elif request.brief:
        if text := _unquoted(reply.text.strip()):
            found = Answer({ids[0]: text})
    else:
        fenced = commentary.FENCE.match(reply.text)
        rows = _unfenced(ids, reply.text) if fenced else _rows(reply.text)
        found = _problem(ids, commentary.FENCED if fenced else NO_JSON)
        if rows is not None:
            found = _by_id(ids, rows)
    return replace(found, usage=reply.usage, limits=reply.limits, reply=reply)


def checked(request: Request, answer: Answer) -> Answer:
    """Return ``answer`` with what its texts show when they are compared with each other.

    That is a text that is missing, in another passage's place, or the engine's own instructions.
    """
    problems = dict(answer.problems)
    texts = answer.texts
    same = Counter(unicodedata.normalize("NFC", text.strip()) for text in texts.values())
    sources = Counter(passage.text.strip() for passage in request.passages)
    # Two texts in one row, and every later text is one id too far: the last id is missing then.
    short = bool(texts) and request.passages[-1].id not in texts
    for passage in request.passages:
        each, text = passage.id, texts.get(passage.id, "").strip()
        if problems.get(each):
            continue
        if each not in texts:
            problems[each] = (AnswerProblem(Message(ROW_MISSING)),)
        elif short:
            problems[each] = (AnswerProblem(Message(ROW_LAST)),)
        elif (
            len(passage.text) > JUDGED_LENGTH
            and same[unicodedata.normalize("NFC", text)] > sources[passage.text.strip()]
        ):
            problems[each] = (AnswerProblem(Message(ROW_SHIFTED)),)
    good = {each: text for each, text in texts.items() if not problems.get(each)}
    for each in misalignment.misplaced(request, good):
        problems[each] = (AnswerProblem(Message(ROW_MISPLACED)),)
    for passage in request.passages:
        text = "" if problems.get(passage.id) else good[passage.id]
        if words := leaked(request, passage, text):
            problems[passage.id] = (AnswerProblem(Message(LEAKED, {"words": words})),)
    return replace(answer, problems=problems)


def to_reply(request: Request, answer: Answer) -> Reply:
    """Return what the journal keeps of ``answer``: a reply that ``read`` turns into it again."""
    reply = answer.reply or Reply(written(request, answer.texts))
    return replace(reply, usage=answer.usage)


def written(request: Request, texts: Mapping[str, str]) -> str:
    """Return the reply that a model gives to ``request`` when it says ``texts``, by passage id."""
    if request.brief:
        return texts.get(request.passages[0].id, "")
    return json.dumps(texts, ensure_ascii=False)


def leaked(request: Request, passage: Passage, draft: str) -> str:
    """Return words of ``draft`` that are not in ``passage`` but in the engine's instructions."""
    said = _runs(draft) - _runs(passage.text)
    found = said & _runs(prompt.shared(request)) if said else said
    return short(min(found)) if found else ""


def judge(
    passage: Passage, protected: Protected, draft: str, languages: tuple[str, str]
) -> Iterator[AnswerProblem]:
    """Yield what is wrong with ``draft`` (as answered, with marks) for ``passage``.

    ``protected`` is the passage's text and its marks, ``languages`` are source and target.
    """
    if not draft.strip():
        yield AnswerProblem(Message(EMPTY))
        return
    for message in marks.problems(protected, draft):
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
    """Return ``text`` without the fence that a small model copied from the prompt."""
    found = QUOTED.fullmatch(text)
    return found[2].strip() if found else text


@lru_cache(maxsize=32)
def _runs(text: str) -> frozenset[str]:
    """Return all runs of ``LEAK`` words in ``text``."""
    words = WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + LEAK]) for i in range(len(words) - LEAK + 1))


def _problem(ids: Sequence[str], template: str) -> Answer:
    return Answer(problems={each: (AnswerProblem(Message(template)),) for each in ids})


def _rows(text: str) -> list[tuple[str, str]] | None:
    """Return ids and texts of a JSON answer, repeated ids too; None for any other text."""
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
    """Return the rows of a JSON answer in a fence; None unless they are exactly those of ``ids``.

    The fence is not part of the drafts then, and there is no reason to pay for another answer.
    """
    fenced = commentary.FENCE.match(text)
    rows = _rows(fenced[2]) if fenced else None
    return rows if rows is not None and sorted(key for key, _ in rows) == sorted(ids) else None


class _Pairs(list[tuple[str, object]]):
    """A JSON object with its keys in their order, repeated ones too."""


def _by_id(ids: Sequence[str], rows: Sequence[tuple[str, str]]) -> Answer:
    """Return the texts of ``rows``; one that came twice, or among unknown ones, is in doubt."""
    counts = Counter(key for key, _ in rows)
    stray = any(key not in ids for key in counts)
    texts = {key: text.strip() for key, text in rows if key in ids}
    wrong = {
        each: ROW_DOUBLED if counts[each] > 1 else ROW_UNKNOWN
        for each in texts
        if stray or counts[each] > 1
    }
    problems = {each: (AnswerProblem(Message(template)),) for each, template in wrong.items()}
    return Answer(texts, problems)


def _wrapped(
    passage: Passage, source: str, target: str, languages: tuple[str, str]
) -> Iterator[AnswerProblem]:
    """Yield what is around or in the draft that is no translation."""
    yield from map(AnswerProblem, commentary.found(source, target, languages))
    lines = len(target.strip().splitlines())
    if lines > 1 and (passage.kind in ONE_LINE or "\n" not in source.strip()):
        yield AnswerProblem(Message(LINES, {"count": lines}))
    if (found := RUNAWAY.search(target)) and found[1].strip() and not RUNAWAY.search(source):
        yield AnswerProblem(Message(LOOP, {"words": short(found[1])}))
    elif (twice := _echo(target)) and not _echo(source):
        yield AnswerProblem(Message(LOOP, {"words": short(twice)}))


def _echo(text: str) -> str:
    """Return what ``text`` repeats at once: all of itself, or a sentence; empty for nothing."""
    words = text.split()
    half = " ".join(words[: len(words) // 2])
    if len(half) >= ECHO and half == " ".join(words[len(words) // 2 :]):
        return half
    sentences = SENTENCE_END.split(" ".join(words))
    return next((a for a, b in pairwise(sentences) if a == b and len(a) >= ECHO), "")


def _script(source: str, target: str, languages: tuple[str, str]) -> Iterator[AnswerProblem]:
    """Yield what is wrong with the letters of the draft."""
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
    """Return True when both are numbers: 10만 277개 is 100,277."""
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
