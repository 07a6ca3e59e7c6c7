"""What is wrong with a draft: its marks and form, its place in the article, what the checks say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks import registry
from bilingual.checks.base import Confidence
from bilingual.markdown.merge import merge
from bilingual.model import Scope, Severity
from bilingual.prompting import answers, marks, tag_repair

if TYPE_CHECKING:
    from bilingual.checks.registry import Selection
    from bilingual.glossary.match import Matcher
    from bilingual.model import Entry, Finding
    from bilingual.prompting.answers import AnswerProblem
    from bilingual.prompting.request import Passage
    from bilingual.workflow.drafting.jobs import Job

OF_STATE = frozenset({"unreviewed", "untranslated", "stale"})
"""Rules that say of every draft that it is one."""
WORTH_ASKING = frozenset({"sentence-dropped"})
"""Rules whose hint is enough to ask again: a fluent draft hides what it left out."""


class DraftCheck:
    """Judges drafts with a newsroom's own rules and terms."""

    def __init__(self, matcher: Matcher, selection: Selection) -> None:
        """Take from ``selection`` the rules that look at one unit and are sure, or worth asking."""
        self._matcher = matcher
        self._selection = registry.Selection(
            tuple(
                (rule, severity)
                for rule, severity in selection.of(Scope.UNIT)
                if rule.name not in OF_STATE
                and severity is not Severity.INFO
                and (rule.confidence is not Confidence.HINT or rule.name in WORTH_ASKING)
            )
        )

    def faults(
        self, job: Job, i: int, passage: Passage, text: str
    ) -> tuple[str, tuple[AnswerProblem, ...]]:
        """Return the draft ``text`` of entry ``i`` with its marks restored, and what is wrong.

        The text is empty when a fault is fatal: its marks or its structure are broken.
        """
        languages = (job.request.source_language, job.request.target_language)
        text = tag_repair.fixed(job.protected[i], text)
        wrong = tuple(answers.judge(passage, job.protected[i], text, languages))
        if any(fault.fatal for fault in wrong):
            return "", wrong
        ahead, behind = job.kept
        target = f"{ahead}{marks.restore(job.protected[i], text)}{behind}"
        refusals = merge(job.document, {job.indexes[i]: target}, prove=False).refusals
        if refusals:
            return "", tuple(answers.AnswerProblem(each.reason) for each in refusals)
        found = self._findings(job.entries[i], target, languages)
        return target, (
            *wrong,
            *(answers.AnswerProblem(each.message, fatal=False) for each in found),
        )

    def reasons(self, entry: Entry, languages: tuple[str, str]) -> tuple[str, ...]:
        """Return in English what is wrong with the present target of ``entry``."""
        found = self._findings(entry, entry.target.text, languages)
        return tuple(str(each.message) for each in found)

    def _findings(self, entry: Entry, target: str, languages: tuple[str, str]) -> list[Finding]:
        return registry.check_text(
            entry.source, target, languages, self._matcher, select=self._selection, kind=entry.kind
        )
