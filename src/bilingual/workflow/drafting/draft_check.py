"""Check drafts: their marks and form, their place in the article, the newsroom's own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.checks import registry
from bilingual.checks.base import Confidence
from bilingual.markdown.merge import merge
from bilingual.model import Scope, Severity
from bilingual.prompting import answers, marks, tag_repair
from bilingual.prompting.request import AnswerProblem

if TYPE_CHECKING:
    from bilingual.checks.registry import Selection
    from bilingual.glossary.match import Matcher
    from bilingual.model import Entry, Finding
    from bilingual.prompting.request import Passage
    from bilingual.workflow.drafting.work import Job

OF_STATE = frozenset({"unreviewed", "untranslated", "stale"})
"""Rules that find every draft, because it is one."""
WORTH_ASKING = frozenset({"sentence-dropped"})
"""Rules whose hint is enough to ask again: a fluent draft hides what it left out."""


class DraftCheck:
    """Checks drafts with a newsroom's own rules and terms."""

    def __init__(self, matcher: Matcher, selection: Selection) -> None:
        """Take from ``selection`` the rules for one unit that are sure, or worth asking again."""
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

    def draft(
        self, job: Job, i: int, passage: Passage, text: str
    ) -> tuple[str, tuple[AnswerProblem, ...]]:
        """Return the draft ``text`` of entry ``i`` with its marks restored, and what is wrong.

        The text is empty when a problem is fatal: its marks or its structure are broken.
        """
        languages = (job.request.source_language, job.request.target_language)
        text = tag_repair.fixed(job.protected[i], text)
        wrong = tuple(answers.judge(passage, job.protected[i], text, languages))
        if any(each.fatal for each in wrong):
            return "", wrong
        before, after = job.kept
        target = f"{before}{marks.restore(job.protected[i], text)}{after}"
        refusals = merge(job.document, {job.indexes[i]: target}, prove=False).refusals
        if refusals:
            return "", tuple(AnswerProblem(each.reason) for each in refusals)
        found = self._findings(job.entries[i], target, languages)
        return target, (
            *wrong,
            *(AnswerProblem(each.message, fatal=False) for each in found),
        )

    def problems(self, entry: Entry, languages: tuple[str, str]) -> tuple[str, ...]:
        """Return in English what is wrong with the present target of ``entry``."""
        found = self._findings(entry, entry.target.text, languages)
        return tuple(str(each.message) for each in found)

    def _findings(self, entry: Entry, target: str, languages: tuple[str, str]) -> list[Finding]:
        return registry.check_text(
            entry.source, target, languages, self._matcher, select=self._selection, kind=entry.kind
        )
