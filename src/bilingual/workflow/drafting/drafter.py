"""From jobs to drafts: answers are checked, and what is refused is asked again with the reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.engines.base import RequestError, TooLongError
from bilingual.model import N_, Message
from bilingual.prompting import answers, trim
from bilingual.workflow.drafting.layers.base import IN_BATCH, NotAsked, Why
from bilingual.workflow.drafting.work import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilingual.engines.base import EngineTraits
    from bilingual.model import Entry
    from bilingual.prompting.request import Answer, AnswerProblem, Request
    from bilingual.workflow.drafting.draft_check import DraftCheck
    from bilingual.workflow.drafting.known import KnownAnswers
    from bilingual.workflow.drafting.stack import Stack
    from bilingual.workflow.drafting.work import Job

REFUSED = N_("the draft was refused: {reasons}")
AND = N_("{first}; {other}")


@dataclass(slots=True)
class _Draft:
    """The state of one entry of a job."""

    problems: tuple[AnswerProblem, ...] = ()
    """Of the last answer."""
    found: int | None = None
    """How many the first answer had."""
    text: str = ""
    """The best draft so far that may be used."""
    left: tuple[AnswerProblem, ...] = ()
    """What is wrong with it."""
    not_asked: NotAsked | None = None
    refusal: RequestError | None = None
    """Why the server will never answer: nothing that a model could do better."""

    @property
    def stopped(self) -> bool:
        """True when nothing more is to be asked."""
        return self.not_asked is not None and self.not_asked.why is not Why.IN_BATCH

    @property
    def settled(self) -> bool:
        """True when there is nothing to ask again."""
        return bool(self.not_asked or self.refusal) or not self.problems

    def take(self, text: str, problems: tuple[AnswerProblem, ...]) -> None:
        """Note an answer; its text is empty when it cannot be used."""
        self.problems = problems
        if self.found is None:
            self.found = len(problems)
        if text and (not self.text or len(problems) < len(self.left)):
            self.text, self.left = text, problems


class Drafter:
    """Asks a stack for jobs and has the answers checked; threads may share it."""

    def __init__(
        self,
        stack: Stack,
        traits: EngineTraits,
        check: DraftCheck,
        known: KnownAnswers | None = None,
    ) -> None:
        """With ``known``, passages that were answered in other requests are not asked again."""
        self._stack = stack
        self._traits = traits
        self._check = check
        self._known = known

    def draft(self, job: Job) -> Iterator[list[Outcome]]:
        """Yield outcomes for the entries of ``job`` as they come, each entry once.

        Raises ``EngineError``: the entries that are left have no outcome then.
        """
        drafts = [_Draft() for _ in job.entries]
        waiting = list(range(len(job.entries)))
        for attempt in range(1 + self._traits.retries):
            # What failed among many is asked again among few, and a revision in full.
            asking = job if attempt == 0 else job.full or job
            size = self._traits.batch if attempt == 0 else max(1, len(waiting) // 4)
            for start in range(0, len(waiting), size):
                chunk = waiting[start : start + size]
                self._ask(asking, chunk, drafts)
                yield [_outcome(job.entries[i], drafts[i]) for i in chunk if drafts[i].settled]
                if any(drafts[i].stopped for i in chunk):
                    return
            waiting = [i for i in waiting if not drafts[i].settled]
            if not waiting:
                return
        yield [_outcome(job.entries[i], drafts[i]) for i in waiting]

    def _ask(self, job: Job, chunk: Sequence[int], drafts: Sequence[_Draft]) -> None:
        """Ask for the entries at the indexes ``chunk``, and note the answers in ``drafts``."""
        known: dict[str, str | None] = {}
        if self._known is not None:
            request = self._request(job, chunk, drafts)
            known = self._known.passages(request, job.slug)
            for i, passage in zip(chunk, request.passages, strict=True):
                if passage.id not in known:
                    continue
                if (text := known[passage.id]) is None:
                    drafts[i].not_asked = IN_BATCH
                else:
                    drafts[i].take(*self._check.draft(job, i, passage, text))
        left = [i for number, i in enumerate(chunk, 1) if str(number) not in known]
        if left:
            self._answer(job, left, drafts)

    def _answer(self, job: Job, chunk: Sequence[int], drafts: Sequence[_Draft]) -> None:
        """Do the same with an answer to ``chunk``, or to each half where it is refused."""
        request = self._request(job, chunk, drafts)
        try:
            request, answer = self._fitting(request, job.slug)
        except RequestError as error:
            if len(chunk) == 1:
                drafts[chunk[0]].refusal = error
                return
            half = len(chunk) // 2
            self._answer(job, chunk[:half], drafts)
            self._answer(job, chunk[half:], drafts)
            return
        if isinstance(answer, NotAsked):
            for i in chunk:
                drafts[i].not_asked = answer
            return
        answer = answers.checked(request, answer)
        for i, passage in zip(chunk, request.passages, strict=True):
            if problems := answer.problems.get(passage.id):
                drafts[i].take("", problems)
            else:
                drafts[i].take(*self._check.draft(job, i, passage, answer.texts[passage.id]))

    def _fitting(self, request: Request, slug: str) -> tuple[Request, Answer | NotAsked]:
        """Return the answer and its request: one for a single passage is trimmed where needed.

        Raises ``RequestError`` when nothing can be left out.
        """
        while True:
            try:
                return request, self._stack.ask(request, slug)
            except TooLongError:
                smaller = trim.smaller(request) if len(request.passages) == 1 else None
                if smaller is None:
                    raise
                request = smaller

    def _request(self, job: Job, chunk: Sequence[int], drafts: Sequence[_Draft]) -> Request:
        """Return the request for ``chunk``, with what was wrong with each last answer."""
        request = job.request
        passages = [
            replace(
                request.passages[i],
                id=str(number),
                problems=tuple(str(each.message) for each in drafts[i].problems)
                or request.passages[i].problems,
            )
            for number, i in enumerate(chunk, 1)
        ]
        if len(chunk) == len(job.entries):
            return request.only(passages, request.before, request.after)
        around = (*request.before, *job.neighbours, *request.after)
        first, last = len(request.before) + chunk[0], len(request.before) + chunk[-1] + 1
        context = self._traits.context
        before, after = around[max(0, first - context) : first], around[last : last + context]
        return request.only(passages, before, after)


def _outcome(entry: Entry, draft: _Draft) -> Outcome:
    found = draft.found or 0
    if draft.not_asked is not None:
        return Outcome(entry, not_asked=draft.not_asked)
    if draft.text:
        return Outcome(entry, draft.text, found=found, left=len(draft.left))
    if draft.refusal is not None:
        reason = draft.refusal.problem
        refused = not isinstance(draft.refusal, TooLongError)
        return Outcome(entry, problem=reason, found=found, left=found, refused=refused)
    reasons: Message | str = ""
    for each in draft.problems:
        both = {"first": reasons, "other": each.message}
        reasons = Message(AND, both) if reasons else each.message
    problem = Message(REFUSED, {"reasons": reasons})
    return Outcome(entry, problem=problem, found=found, left=found)
