"""Whether what an edit changed is drafted as well alone as with all words, by a real model.

    python benchmarks/quality/revisions.py [--model qwen2.5-coder-1.5b] [--base-url URL]
        [--form revision --form whole] [--into ko --into en] [--limit 24] [--seed 1]
        [--journal FILE] [--lists FILE]

Reviewed units of the repository's own articles get an earlier wording (`edits.py`): a typo, another
number, another term, a sentence less, another sentence. The model drafts the unit as it is now, in
the forms that are named, and each draft is compared with what people approved:

- revision: the changed sentences with what they were, as `translate` asks (`Request.revision`);
- whole: the same unit with its whole earlier pair and all words, as a refused revision is asked;
- brief: the whole unit as the embedded engine is asked, without its earlier pair;
- brief-revision: as the embedded engine would be asked for the changed sentences alone.

Only first answers count: nothing is asked again. `first or whole` is what `translate` keeps of a
revision and of the whole that is asked for where the first has something wrong with it. The model
is the embedded one, or that of any OpenAI-compatible address. Answers stay in the journal.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from time import monotonic
from typing import TYPE_CHECKING

from corpus import ROOT
from edits import EDITS, Author, Case, twin

from bilingual.catalog.update import update
from bilingual.checks import registry as rules
from bilingual.engines import registry
from bilingual.engines.base import EngineTraits
from bilingual.glossary.match import Matcher
from bilingual.journal.journal import Journal
from bilingual.language.sentence import segments
from bilingual.model import Scope, Severity, Target
from bilingual.newsroom import Newsroom
from bilingual.prompting.request import Usage
from bilingual.workflow.check import newsroom_selection
from bilingual.workflow.drafting.draft_check import OF_STATE
from bilingual.workflow.drafting.drafter import Drafter
from bilingual.workflow.drafting.jobs import jobs
from bilingual.workflow.drafting.layers.ledger import Budget
from bilingual.workflow.drafting.resources import NewsroomResources
from bilingual.workflow.drafting.run import Run
from bilingual.workflow.drafting.stack import Stack, stack
from bilingual.workflow.evaluation.scores import scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilingual.engines.base import Engine
    from bilingual.model import Entry
    from bilingual.prompting.request import Answer
    from bilingual.workflow.drafting.layers.base import Call, Layer, NotAsked
    from bilingual.workflow.drafting.revision import SentencePair
    from bilingual.workflow.drafting.work import Job, Outcome

DIRECTIONS = (("en", "ko"), ("ko", "en"))
ASKED = EngineTraits(batch=8, context=2, retries=0)
"""As the engine `openai` is asked by default, but once."""
AFTER = "first or whole"
COLUMNS = (
    "into", "form", "units", "refused", "chrF++", "as approved", "rest kept", "terms", "errors",
    "warnings", "tokens in", "tokens out",
)  # fmt: skip
DRAWS = 2000
"""How often cases are drawn anew for the interval of a mean."""


@dataclass(frozen=True)
class Measured:
    """One draft beside its reference."""

    case: Case
    outcome: Outcome
    usage: Usage
    chrf: float
    """chrF++ of this unit alone."""
    sentence: float | None
    """The same of the changed sentence; None where the draft has more or fewer sentences."""
    kept: bool
    """Whether every sentence that the edit left alone stands in it as it was."""
    terms: tuple[int, int]
    """Terms in the source, and those of them that the draft has."""
    errors: int
    warnings: int


class RequestLog:
    """A layer that notes which requests pass."""

    def __init__(self, inner: Layer) -> None:
        self._inner = inner
        self.keys: list[str] = []

    def ask(self, call: Call) -> Answer | NotAsked:
        """Return what ``inner`` returns."""
        self.keys.append(call.key)
        return self._inner.ask(call)


class CaseResources(NewsroomResources):
    """The newsroom's resources, with the earlier wording of one ``case``."""

    case: Case

    def earlier(self, entry: Entry, languages: tuple[str, str]) -> SentencePair | None:  # noqa: ARG002
        """Return the earlier wording of the case."""
        return self.case.earlier


class Bench:
    """The newsroom, its cases, and what drafts are judged by."""

    def __init__(self, limit: int, seed: int) -> None:
        self.newsroom = Newsroom.open(ROOT)
        self._matcher = Matcher(self.newsroom.glossary().terms)
        self._articles = {}
        for article in self.newsroom.articles():
            document = self.newsroom.document(article)
            catalog = self.newsroom.catalog(article.slug, self.newsroom.target_language(article))
            self._articles[article.slug] = document, update(catalog, document.units).catalog
        self._rules = rules.Selection(
            tuple(
                (rule, severity)
                for rule, severity in newsroom_selection(self.newsroom, (), ()).of(Scope.UNIT)
                if rule.name not in OF_STATE and severity is not Severity.INFO
            )
        )
        twins = [
            found
            for slug, (_, catalog) in self._articles.items()
            for entry in catalog.live
            if entry.target.approved
            and (found := twin(slug, entry, (catalog.source_language, catalog.target_language)))
        ]
        held = {each.entry.source for each in twins}
        self._resources = CaseResources(self.newsroom, ASKED, without=held)
        self.cases = {}
        for languages in DIRECTIONS:
            of = [each for each in twins if each.languages == languages]
            author = Author(of, self._matcher, seed)
            cases = author.cases(limit, lambda case: self.job(case).full is not None)
            self.cases[languages] = cases

    def job(self, case: Case) -> Job:
        """Return the job for ``case``: a revision, unless too much changed for one."""
        document, catalog = self._articles[case.twin.slug]
        blank = replace(case.twin.entry, target=Target(), notes=(), history=())
        entries = tuple(blank if each.id == blank.id else each for each in catalog.entries)
        self._resources.case = case
        (job,) = jobs(document, replace(catalog, entries=entries), [blank], self._resources)
        return job

    def draft(self, case: Case, form: str, layers: Stack) -> Outcome:
        """Return what is answered to ``case``, asked once in one ``form``."""
        drafter = Drafter(layers, ASKED, self._resources.check)
        (outcome,) = [
            each for found in drafter.draft(shaped(self.job(case), form)) for each in found
        ]
        return outcome

    def measured(self, case: Case, outcome: Outcome, usage: Usage) -> Measured:
        """Return ``outcome`` beside what people approved."""
        source, target = case.twin.entry.source, case.twin.entry.target.text
        languages = case.twin.languages
        wanted = {hit.term.id for hit in self._matcher.find(source, languages[0])}
        there = {hit.term.id for hit in self._matcher.find(outcome.text, languages[1])}
        found = (
            rules.check_text(
                source,
                outcome.text,
                languages,
                self._matcher,
                select=self._rules,
                kind=case.twin.entry.kind,
            )
            if outcome.text
            else []
        )
        errors = sum(each.severity is Severity.ERROR for each in found)
        return Measured(
            case,
            outcome,
            usage,
            scores([outcome.text], [target], languages[1]).chrf,
            _sentence(case, outcome.text),
            all(each in outcome.text for each in case.untouched),
            (len(wanted), len(wanted & there)),
            errors,
            len(found) - errors,
        )


def _sentence(case: Case, draft: str) -> float | None:
    """Return chrF++ of the changed sentence of ``draft``; None where it cannot be told."""
    language = case.twin.languages[1]
    drafted = [each.text for each in segments(draft, language)]
    if len(drafted) != len(case.twin.theirs):
        return None
    return scores([drafted[case.place]], [case.twin.theirs[case.place].text], language).chrf


def shaped(job: Job, form: str) -> Job:
    """Return ``job``, a revision, as it is asked for in ``form``."""
    whole = job.full or job
    if form == "revision":
        return job
    if form == "whole":
        return whole
    if form == "brief-revision":
        return replace(job, request=replace(job.request, brief=True, revision=False))
    passages = tuple(replace(each, matches=()) for each in whole.request.passages)
    request = replace(whole.request, passages=passages, before=(), after=(), brief=True)
    return replace(whole, request=request)


def asked(
    bench: Bench, form: str, engine: Engine, journal: Journal, languages: tuple[str, str]
) -> list[Measured]:
    """Return the drafts of one ``form``; tells on standard error how far it is."""
    layers = stack(engine, journal, Run(bench.newsroom, f"revisions {form}"), Budget())
    cases = bench.cases[languages]
    found = []
    for number, case in enumerate(cases, 1):
        log = RequestLog(layers.top)
        began = monotonic()
        outcome = bench.draft(case, form, replace(layers, top=log))
        bills = [journal.bill(key) for key in log.keys]
        usage = sum((each.usage for each in bills if each is not None), Usage())
        found.append(bench.measured(case, outcome, usage))
        took = monotonic() - began
        print(f"{form} {languages[1]} {number}/{len(cases)} {took:.0f} s", file=sys.stderr)
    return found


def after(first: Sequence[Measured], second: Sequence[Measured]) -> list[Measured]:
    """Return what is kept where each of the ``first`` with a fault is asked for as the second."""
    return [
        one
        if not one.outcome.found
        else replace(
            other if not one.outcome.text or _better(other, one) else one,
            usage=one.usage + other.usage,
        )
        for one, other in zip(first, second, strict=True)
    ]


def _better(one: Measured, other: Measured) -> bool:
    return bool(one.outcome.text) and one.outcome.left < other.outcome.left


def row(name: str, found: Sequence[Measured]) -> str:
    """Return a line of the table."""
    language = found[0].case.twin.languages[1]
    drafts = [each.outcome.text for each in found]
    references = [each.case.twin.entry.target.text for each in found]
    whole = scores(drafts, references, language)
    wanted, kept = (sum(each.terms[i] for each in found) for i in (0, 1))
    used = [each for each in found if each.outcome.text]
    cells = (
        language,
        name,
        len(found),
        len(found) - len(used),
        f"{whole.chrf:.1f}",
        f"{sum(map(_same, found))}",
        f"{sum(each.kept for each in found)}",
        f"{kept} of {wanted}",
        sum(each.errors for each in found),
        sum(each.warnings for each in found),
        f"{fmean(each.usage.prompt for each in found):,.0f}",
        f"{fmean(each.usage.completion for each in found):,.0f}",
    )
    return f"| {' | '.join(map(str, cells))} |"


def _same(each: Measured) -> bool:
    return each.outcome.text == each.case.twin.entry.target.text


def difference(pairs: Sequence[tuple[float, float]]) -> str:
    """Return the mean difference of ``pairs``, with its interval of 95 %."""
    apart = [one - other for one, other in pairs]
    draw = random.Random(1)  # noqa: S311 - the same each time
    means = sorted(fmean(draw.choices(apart, k=len(apart))) for _ in range(DRAWS))
    low, high = means[DRAWS // 40], means[-1 - DRAWS // 40]
    return f"{fmean(apart):+.1f} ({low:+.1f} to {high:+.1f}) of {len(apart)}"


def report(forms: dict[tuple[str, tuple[str, str]], list[Measured]]) -> None:
    """Print the tables."""
    print(f"| {' | '.join(COLUMNS)} |\n|---|---|{'---:|' * (len(COLUMNS) - 2)}")
    for (form, _), found in forms.items():
        print(row(form, found))
    names = list(dict.fromkeys(form for form, _ in forms))
    print("\n| into | form | than | chrF++ of the unit | of the changed sentence |")
    print("|---|---|---|---:|---:|")
    for languages in dict.fromkeys(each for _, each in forms):
        for name in names[1:]:
            both = list(zip(forms[names[0], languages], forms[name, languages], strict=True))
            units = difference([(one.chrf, other.chrf) for one, other in both])
            told = [
                (one.sentence, other.sentence)
                for one, other in both
                if one.sentence is not None and other.sentence is not None
            ]
            sentences = difference(told) if told else "-"
            print(f"| {languages[1]} | {names[0]} | {name} | {units} | {sentences} |")
    print(f"\n| into | edit | units | {' | '.join(names)} |\n|---|---|---:|{'---:|' * len(names)}")
    for languages in dict.fromkeys(each for _, each in forms):
        for edit in EDITS:
            cells = []
            for name in names:
                of = [each for each in forms[name, languages] if each.case.edit == edit]
                cells.append(f"{fmean(each.chrf for each in of):.1f}" if of else "-")
            print(f"| {languages[1]} | {edit} | {len(of)} | {' | '.join(cells)} |")


def main() -> None:
    """Ask in each form, print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", default="qwen2.5-coder-1.5b")
    parser.add_argument("--base-url")
    forms = ("revision", "whole", "brief", "brief-revision")
    parser.add_argument("--form", action="append", choices=forms)
    parser.add_argument("--into", action="append", choices=("ko", "en"))
    parser.add_argument("--limit", type=int, default=24, help="units of a direction")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--journal", type=Path, default=ROOT / "build" / "revisions.sqlite")
    parser.add_argument("--lists", type=Path)
    options = parser.parse_args()
    options.journal.parent.mkdir(parents=True, exist_ok=True)
    if options.base_url:
        table = {"base_url": options.base_url, "model": options.model, "concurrency": 1}
        engine = registry.create("openai", table)
    else:
        # A batch above 1 is a model that is asked in full; the head is read once.
        table = {"model": options.model, "batch": 8, "context_tokens": 8192, "prompt_cache": 1}
        engine = registry.create("local", table)
    bench = Bench(options.limit, options.seed)
    journal = Journal(options.journal)
    directions = [each for each in DIRECTIONS if each[1] in (options.into or ("ko", "en"))]
    found: dict[tuple[str, tuple[str, str]], list[Measured]] = {}
    try:
        for form in options.form or forms[:2]:
            for languages in directions:
                found[form, languages] = asked(bench, form, engine, journal, languages)
    finally:
        engine.close()
        journal.close()
    for languages in directions:
        if {("revision", languages), ("whole", languages)} <= found.keys():
            both = found["revision", languages], found["whole", languages]
            found[AFTER, languages] = after(*both)
    report(found)
    if options.lists:
        options.lists.write_text("\n".join(_listed(found)) + "\n", "utf-8")


def _listed(found: dict[tuple[str, tuple[str, str]], list[Measured]]) -> list[str]:
    return [
        f"{each.case.edit}\t{form}\t{each.chrf:.1f}\t{each.case.twin.slug}"
        f"\t{each.case.twin.entry.id}\n  source  {each.case.twin.entry.source!r}"
        f"\n  earlier {each.case.earlier!r}\n  target  {each.case.twin.entry.target.text!r}"
        f"\n  draft   {each.outcome.text!r} {each.outcome.problem or ''}"
        for (form, _), drafts in found.items()
        for each in drafts
    ]


if __name__ == "__main__":
    main()
