"""Checking: every rule on every unit, and each finding at the place a person would edit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual import clock
from bilingual.checks import registry
from bilingual.checks.base import NewsroomSubject, PairSubject
from bilingual.errors import ConfigurationError, UsageError
from bilingual.glossary.match import Matcher
from bilingual.model import Scope, msg
from bilingual.workflow.checking.cache import WHOLE, CheckMemory
from bilingual.workflow.checking.catalogs import (
    STDIN,
    CheckedCatalog,
    Given,
    found_in,
    from_file,
    pair_of,
    places_of,
    read,
)
from bilingual.workflow.checking.location import Places, located
from bilingual.workflow.checking.parallel import processes, processors
from bilingual.workflow.checking.rules import rule_hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bilingual.checks.registry import Selection
    from bilingual.glossary.schema import Glossary
    from bilingual.model import Finding, Severity
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.checking.parallel import Spread
    from bilingual.workflow.segment import SegmentResult

MUCH = 500_000
"""Characters of catalogs from which several processes are worth their start."""
PART = 25
"""Articles that are compared with their catalogs in one go."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the rules found."""

    findings: tuple[Finding, ...] = ()
    """By file, line and column."""
    units: int = 0
    """How many units were looked at."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Rule to its title, for every rule that ran."""
    sections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Rule to its documentation: heading to text."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """Rule to how severe its findings are here."""

    @property
    def ok(self) -> bool:
        """True when no finding is an error."""
        return not any(finding.severity == "error" for finding in self.findings)


def check(  # noqa: PLR0913 - the options of the command
    newsroom: Newsroom,
    targets: Sequence[str] = (),
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    languages: tuple[str, str] = ("", ""),
    jobs: int | None = 1,
) -> CheckResult:
    """Run the rules ``select`` (all when empty) without those to ``ignore``.

    ``targets`` are slugs of articles or paths of PO files of any origin; all articles when empty.
    ``languages`` are source and target of such a PO file, where its header does not name them (or
    names them wrongly). Severities are the rules' own, or the configuration's. Rules of newsroom
    scope run when everything is checked. ``jobs`` is how many processes work at once: 0 for one a
    processor, None for that only when there is much to check. What is found is the same.

    Raises ``UsageError`` for an unknown article, file or rule, ``ContentError`` for what cannot be
    read, ``ConfigurationError`` for a broken glossary or an unknown rule in ``[checks]``.
    """
    selection = newsroom_selection(newsroom, select, ignore)
    glossary = newsroom.glossary()
    matcher = Matcher(glossary.terms)
    memory = CheckMemory(newsroom, selection, glossary.terms)
    checked = list(_checked(newsroom, targets, languages))
    # A catalog that is absent is not the same as an empty one.
    lasting = [bool(each.slug and each.text) for each in checked]
    known = [
        memory.recall(each.path, each.text) if lasts else None
        for each, lasts in zip(checked, lasting, strict=True)
    ]
    asked = [each for each, before in zip(checked, known, strict=True) if before is None]
    findings: list[Finding] = []
    units = 0
    with processes(_processes(jobs, asked), Given(newsroom, matcher, selection)) as spread:
        fresh = spread(found_in, asked)
        for each, before, lasts in zip(checked, known, lasting, strict=True):
            found, count = before or next(fresh)
            if lasts and before is None:
                memory.remember(each.path, each.text, found, count)
            findings += found
            units += count
        if not targets and selection.of(Scope.NEWSROOM):
            findings += _everywhere(checked, glossary, matcher, selection, memory)
        findings += _outdated(spread, checked, selection, memory)
    memory.save(whole=not targets)
    if not targets:
        findings += _orphans(newsroom, selection)
    kept = _suppressed(newsroom, findings, selection, whole=not targets)
    return result(ordered(kept), units, selection)


def _processes(jobs: int | None, asked: Sequence[CheckedCatalog]) -> int:
    """Return how many processes to use for the catalogs ``asked``."""
    if jobs is None and sum(len(each.text) for each in asked) < MUCH:
        return 1
    return min(jobs or processors(), len(asked))


def _everywhere(
    checked: Sequence[CheckedCatalog],
    glossary: Glossary,
    matcher: Matcher,
    selection: Selection,
    memory: CheckMemory,
) -> list[Finding]:
    """Return what the rules of newsroom scope find in all catalogs together."""
    state = memory.whole()
    known = memory.recall(WHOLE, state)
    if known is not None:
        return known[0]
    whole = NewsroomSubject(tuple(pair_of(each, matcher) for each in checked), glossary.terms)
    findings = list(_anywhere(checked, glossary, registry.run([whole], selection)))
    memory.remember(WHOLE, state, findings, 0)
    return findings


def _outdated(
    spread: Spread, checked: Sequence[CheckedCatalog], selection: Selection, memory: CheckMemory
) -> Iterator[Finding]:
    """Yield findings on catalogs that are older than their articles."""
    if "catalog-outdated" not in selection:
        return
    made = {each.slug: each for each in checked if each.slug and each.text}
    asked: dict[str, CheckedCatalog] = {}
    for slug, each in made.items():
        known = memory.recall(f"{each.path} and {each.article}", each.both)
        if known is None:
            asked[slug] = each
        else:
            yield from known[0]
    slugs = list(asked)
    parts = [slugs[begin : begin + PART] for begin in range(0, len(slugs), PART)]
    states = [state for part in spread(_states, parts) for state in part]
    pairs = [
        PairSubject(each.slug, "", each.language, current=each.current, lacking=each.new)
        for each in states
    ]
    found: dict[str, list[Finding]] = {}
    for finding in registry.run(pairs, selection.only("catalog-outdated")):
        place = replace(finding, path=made[finding.slug].path)
        found.setdefault(finding.slug, []).append(place)
        yield place
    for slug, each in asked.items():
        name = f"{each.path} and {each.article}"
        memory.remember(name, each.both, found.get(slug, []), 0)


def _states(slugs: Sequence[str], given: Given) -> tuple[SegmentResult, ...]:
    """Return which catalogs of ``slugs`` are older than their articles."""
    from bilingual.workflow.segment import segment  # noqa: PLC0415 - other POs need none

    return segment(given.newsroom, slugs, check=True) if given.newsroom else ()


def _orphans(newsroom: Newsroom, selection: Selection) -> Iterator[Finding]:
    """Yield findings on catalogs without an article; folders decide, so nothing is cached."""
    if "orphan" not in selection:
        return
    slugs = set(newsroom.slugs())
    paths = {
        slug: newsroom.catalog_path(slug, language)
        for language in newsroom.config.newsroom.languages
        for slug in newsroom.catalogs(language)
        if slug not in slugs
    }
    subject = NewsroomSubject(orphans=tuple(sorted(paths)))
    for finding in registry.run([subject], selection.only("orphan")):
        yield replace(finding, path=paths[finding.slug])


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Return ``findings`` by file, line and column."""
    return sorted(findings, key=lambda each: (each.path, each.line, each.column, each.rule))


def result(findings: Iterable[Finding], units: int, selection: Selection) -> CheckResult:
    """Return what the rules of ``selection`` found in that many ``units``."""
    documented = {rule.name: rule.documentation for rule, _ in selection.rules}
    return CheckResult(
        tuple(findings),
        units,
        {name: each.title for name, each in documented.items()},
        {name: each.sections for name, each in documented.items()},
        {rule.name: severity for rule, severity in selection.rules},
    )


def _suppressed(
    newsroom: Newsroom, findings: Iterable[Finding], selection: Selection, *, whole: bool
) -> list[Finding]:
    """Return ``findings`` without suppressed ones, and with those on suppressions themselves."""
    suppressions = newsroom.config.suppressions
    if not suppressions:
        return list(findings)
    from bilingual.newsroom.config import FILE  # noqa: PLC0415 - few newsrooms suppress anything
    from bilingual.workflow.checking.suppression import suppress  # noqa: PLC0415

    for each in suppressions:
        if each.rule not in registry.rules():
            raise ConfigurationError(
                msg("unknown rule {rule!r}", rule=each.rule),
                path=FILE,
                line=each.line,
                hint=rule_hint(each.rule),
            )
    kept, met = suppress(findings, suppressions, clock.today())
    ran = {rule.name for rule, _ in selection.rules}
    # What was not looked for cannot have been found.
    met = tuple(replace(each, used=each.used or not whole or each.rule not in ran) for each in met)
    subject = NewsroomSubject((), (), met)
    about = selection.only("suppression-unused", "suppression-expired")
    found = registry.run([subject], about)
    return [*kept, *(replace(finding, path=FILE, column=1) for finding in found)]


def check_files(
    paths: Sequence[Path],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    languages: tuple[str, str] = ("", ""),
    jobs: int | None = 1,
) -> CheckResult:
    """Run the rules on the PO files ``paths`` outside any newsroom; else as ``check``."""
    selection = known(select, ignore, {})
    checked = [from_file(path, str(path), languages) for path in paths]
    given = Given(None, Matcher(()), selection)
    with processes(_processes(jobs, checked), given) as spread:
        found = list(spread(found_in, checked))
    findings = [finding for each, _ in found for finding in ordered(each)]
    return result(findings, sum(units for _, units in found), selection)


def newsroom_selection(
    newsroom: Newsroom, select: Sequence[str], ignore: Sequence[str]
) -> Selection:
    """Return the rules to run in ``newsroom``, with its severities; raises as ``check`` does."""
    levels = newsroom.config.checks
    for name in levels:
        if name not in registry.rules():
            from bilingual.newsroom import config  # noqa: PLC0415 - only to name the line

            text = (newsroom.root / config.FILE).read_text("utf-8")
            raise ConfigurationError(
                msg("unknown rule {name!r}", name=name),
                path=config.FILE,
                line=config.line_of(text, ("checks", name)),
                hint=rule_hint(name),
            )
    return known(select, ignore, levels)


def known(select: Sequence[str], ignore: Sequence[str], levels: Mapping[str, str]) -> Selection:
    """Return the rules to run; raises ``UsageError`` for a name that is no rule's."""
    for name in (*select, *ignore):
        if name not in registry.rules():
            raise UsageError(msg("unknown rule {name!r}", name=name), hint=rule_hint(name))
    return registry.select(select, ignore=ignore, levels=levels)


def _checked(
    newsroom: Newsroom, targets: Sequence[str], languages: tuple[str, str]
) -> Iterator[CheckedCatalog]:
    files = [target for target in targets if target == STDIN or target.endswith((".po", ".pot"))]
    slugs = [target for target in targets if target not in files]
    if slugs or not targets:
        for article in newsroom.articles(slugs):
            language = newsroom.target_language(article)
            path = newsroom.catalog_path(article.slug, language)
            load = partial(newsroom.catalog, article.slug, language)
            try:
                text = read(newsroom.root / path, path)
            except UsageError:  # there is none yet
                text = ""
            yield CheckedCatalog(path, text, load, article)
    for name in files:
        yield from_file(Path(name), _shown(newsroom, name), languages)


def _shown(newsroom: Newsroom, name: str) -> str:
    if name == STDIN:
        return name
    path = Path(name).resolve()
    return (
        path.relative_to(newsroom.root).as_posix() if path.is_relative_to(newsroom.root) else name
    )


def _anywhere(
    checked: Sequence[CheckedCatalog], glossary: Glossary, findings: Iterable[Finding]
) -> Iterator[Finding]:
    by_slug = {each.slug: each for each in checked}
    places: dict[str, Places] = {}
    for finding in findings:
        each = by_slug.get(finding.slug)
        if each is None:
            yield replace(finding, path=glossary.path)
            continue
        if each.slug not in places:
            places[each.slug] = places_of(each)
        yield located(finding, each.path, places[each.slug])
