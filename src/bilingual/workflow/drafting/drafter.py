"""From requests to drafts: answers are judged, and what is refused is asked again with reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.engines.base import RequestError, TooLongError
from bilingual.journal import by_passage
from bilingual.model import N_, Message
from bilingual.prompting import answers, trim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bilingual.engines.base import Manners
    from bilingual.model import Entry
    from bilingual.prompting.answers import AnswerProblem
    from bilingual.prompting.request import Answer, Passage, Request
    from bilingual.workflow.drafting.jobs import Job

REFUSED = N_("the draft was refused: {reasons}")


class Deferred(Exception):  # noqa: N818 - nothing failed
    """The answer to a request comes later, in a batch; what it is for has no outcome yet."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry: a target's text, or why there is none."""

    entry: Entry
    text: str = ""
    fault: Message | None = None
    origin: str = ""
    """Empty for the engine's own."""
    found: int = 0
    """What was wrong with the first answer: how many faults."""
    left: int = 0
    """How many of them are left, or new, in what is kept; of a draft that is refused all."""
    refused: bool = False
    """Whether the server refused the request, rather than an answer being of no use."""


@dataclass(slots=True)
class _Entry:
    """How far one entry of a job is."""

    faults: tuple[AnswerProblem, ...] = ()
    """Of the last answer."""
    found: int | None = None
    text: str = ""
    """The best draft so far that may be used."""
    left: tuple[AnswerProblem, ...] = ()
    """What is wrong with it."""
    deferred: bool = False
    """Whether its answer comes later."""
    refusal: RequestError | None = None
    """Why the server will never answer: nothing that a model could do better."""

    @property
    def ended(self) -> bool:
        """True when asking again makes no sense."""
        return self.deferred or self.refusal is not None

    @property
    def settled(self) -> bool:
        """True when it has an outcome."""
        return not self.deferred and (not self.faults or self.refusal is not None)

    def take(self, text: str, faults: tuple[AnswerProblem, ...]) -> None:
        """Note an answer: its text is empty when it cannot be used."""
        self.faults = faults
        if self.found is None:
            self.found = len(faults)
        if text and (not self.text or len(faults) < len(self.left)):
            self.text, self.left = text, faults


class Drafter:
    """Asks for jobs with ``ask`` and has the answers judged by ``judge``."""

    def __init__(
        self,
        ask: Callable[[Request, str], Answer],
        judge: Callable[[Job, int, Passage, str], tuple[str, tuple[AnswerProblem, ...]]],
        manners: Manners,
        parts: Callable[[Request, str], Mapping[str, str | None]] = lambda _request, _slug: {},
    ) -> None:
        """``ask`` takes a request and a slug, ``judge`` is ``judging.Judge.faults``.

        ``parts`` gives what passages of a request were answered before, by id; None for an answer
        that comes later.
        """
        self._ask = ask
        self._judge = judge
        self._parts = parts
        self._manners = manners

    def draft(self, job: Job) -> Iterator[list[Outcome]]:
        """Give outcomes for the entries of ``job`` as they come, each entry once.

        Raises what ``ask`` does but ``Deferred``; entries without an outcome are those not in
        ``job.settled``.
        """
        state = [_Entry() for _ in job.entries]
        waiting = list(range(len(job.entries)))
        for attempt in range(1 + self._manners.retries):
            # What went wrong among many is asked again among few, and a revision with all words.
            asking = job if attempt == 0 else job.whole or job
            size = self._manners.batch if attempt == 0 else max(1, len(waiting) // 4)
            for start in range(0, len(waiting), size):
                chunk = waiting[start : start + size]
                for i, text, faults in self._asked(asking, chunk, state):
                    state[i].take(text, faults)
                yield [self._outcome(job, i, state[i]) for i in chunk if state[i].settled]
            waiting = [i for i in waiting if state[i].faults and not state[i].ended]
            if not waiting:
                return
        yield [self._outcome(job, i, state[i]) for i in waiting]

    def _outcome(self, job: Job, i: int, state: _Entry) -> Outcome:
        entry, found = job.entries[i], state.found or 0
        job.settled.add(entry.id)
        if state.text:
            return Outcome(entry, state.text, found=found, left=len(state.left))
        if state.refusal is not None:
            reason = Message("{reason}", {"reason": state.refusal.fault})
            refused = not isinstance(state.refusal, TooLongError)
            return Outcome(entry, fault=reason, found=found, left=found, refused=refused)
        return Outcome(entry, fault=_reasons(state.faults), found=found, left=found)

    def _asked(
        self, job: Job, chunk: Sequence[int], state: Sequence[_Entry]
    ) -> Iterator[tuple[int, str, tuple[AnswerProblem, ...]]]:
        """Give for each index of ``chunk`` the restored text and what is wrong with it.

        Left out are those whose answer comes later, and those that the server refuses; both are
        marked.
        """
        request = self._request(job, chunk, state)
        known = self._parts(request, job.slug)
        asked = []
        for i, passage in zip(chunk, request.passages, strict=True):
            if passage.id not in known:
                asked.append(i)
            elif (text := known[passage.id]) is None:
                state[i].deferred = True
            else:
                yield i, *self._judge(job, i, passage, text)
        if asked:
            yield from self._answered(job, asked, state)

    def _answered(
        self, job: Job, chunk: Sequence[int], state: Sequence[_Entry]
    ) -> Iterator[tuple[int, str, tuple[AnswerProblem, ...]]]:
        """Give the same out of an answer to ``chunk``, or to each half of it at need."""
        request = self._request(job, chunk, state)
        try:
            request, answer = self._fitting(request, job.slug)
        except Deferred:
            for i in chunk:
                state[i].deferred = True
            return
        except RequestError as error:
            if len(chunk) == 1:
                state[chunk[0]].refusal = error
                return
            half = len(chunk) // 2
            yield from self._answered(job, chunk[:half], state)
            yield from self._answered(job, chunk[half:], state)
            return
        reading = answers.read(request, answer)
        for i, passage in zip(chunk, request.passages, strict=True):
            faults = reading.faults.get(passage.id, ())
            if faults:
                yield i, "", faults
            else:
                yield i, *self._judge(job, i, passage, reading.texts.get(passage.id, ""))

    def _fitting(self, request: Request, slug: str) -> tuple[Request, Answer]:
        """Return the answer, and the request that got it: for one passage with less help at need.

        Raises ``RequestError`` when nothing can be left out.
        """
        while True:
            try:
                return request, self._ask(request, slug)
            except TooLongError:
                less = trim.smaller(request) if len(request.passages) == 1 else None
                if less is None:
                    raise
                request = less

    def _request(self, job: Job, chunk: Sequence[int], state: Sequence[_Entry]) -> Request:
        """Return the request for ``chunk``, with what was wrong with each last answer."""
        whole = job.request
        passages = [
            replace(
                whole.passages[i],
                id=str(number),
                faults=tuple(str(fault.message) for fault in state[i].faults)
                or whole.passages[i].faults,
            )
            for number, i in enumerate(chunk, 1)
        ]
        if len(chunk) == len(job.entries):
            return by_passage.of(whole, passages, whole.before, whole.after)
        around = (*whole.before, *job.beside, *whole.after)
        first, last = len(whole.before) + chunk[0], len(whole.before) + chunk[-1] + 1
        context = self._manners.context
        before, after = around[max(0, first - context) : first], around[last : last + context]
        return by_passage.of(whole, passages, before, after)


def _reasons(faults: Sequence[AnswerProblem]) -> Message:
    reasons = "; ".join(str(fault.message) for fault in faults)
    return Message(REFUSED, {"reasons": reasons})
