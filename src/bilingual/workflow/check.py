"""Checking: every rule on every unit, and each finding at the place a person would edit."""

from __future__ import annotations

import difflib
import sys
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.checks import registry
from bilingual.checks.base import NewsroomSubject, PairSubject
from bilingual.errors import ConfigurationError, ContentError, UsageError
from bilingual.glossary.match import Matcher
from bilingual.glossary.schema import Glossary
from bilingual.model import Scope
from bilingual.workflow.check_memory import WHOLE, CheckMemory
from bilingual.workflow.place import Places, located

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bilingual.checks.registry import Selection
    from bilingual.model import Article, Catalog, Finding, Severity
    from bilingual.newsroom import Newsroom

STDIN = "-"
"""What standard input is called."""


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


class _Checked:
    """A catalog with its text, from the newsroom or from anywhere; parsed when it is asked for."""

    def __init__(
        self, path: str, text: str, load: Callable[[], Catalog], source: Article | None = None
    ) -> None:
        self.path = path
        self.text = text
        self.slug = source.slug if source else ""
        self.article = source.path if source else ""
        self.both = f"{text}\0{source.text}" if source else text
        self._load = load

    @cached_property
    def catalog(self) -> Catalog:
        """Its entries."""
        return self._load()


def check(
    newsroom: Newsroom,
    targets: Sequence[str] = (),
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    languages: tuple[str, str] = ("", ""),
) -> CheckResult:
    """Run the rules ``select`` (all when empty) without those to ``ignore``.

    ``targets`` are slugs of articles or paths of PO files of any origin; all articles when empty.
    ``languages`` are source and target of such a PO file, where its header does not say them (or
    says them wrongly). Severities are the rules' own, or the configuration's. Rules of newsroom
    scope run when everything is checked.

    Raises ``UsageError`` for an unknown article, file or rule, ``ContentError`` for what cannot be
    read, ``ConfigurationError`` for a broken glossary or an unknown rule in ``[checks]``.
    """
    selection = newsroom_selection(newsroom, select, ignore)
    glossary = newsroom.glossary()
    matcher = Matcher(glossary.terms)
    memory = CheckMemory(newsroom, selection, glossary.terms)
    checked = list(_checked(newsroom, targets, languages))
    findings: list[Finding] = []
    units = 0
    for each in checked:
        # A catalog that is absent is not the same as an empty one.
        lasting = bool(each.slug and each.text)
        known = memory.recall(each.path, each.text) if lasting else None
        found, count = known or _found(each, matcher, selection)
        if lasting and known is None:
            memory.remember(each.path, each.text, found, count)
        findings += found
        units += count
    if not targets and selection.of(Scope.NEWSROOM):
        findings += _everywhere(checked, glossary, matcher, selection, memory)
    findings += _behind(newsroom, checked, selection, memory)
    memory.save()
    if not targets:
        findings += _orphans(newsroom, selection)
    kept = _suppressed(newsroom, findings, selection, whole=not targets)
    return result(ordered(kept), units, selection)


def _found(each: _Checked, matcher: Matcher, selection: Selection) -> tuple[list[Finding], int]:
    """Return what the rules find in one catalog, and how many units it has."""
    pair = _pair(each, matcher)
    return list(_placed(each, registry.run([pair], selection))), len(pair.units)


def _pair(each: _Checked, matcher: Matcher) -> PairSubject:
    catalog = each.catalog
    both = (catalog.source_language, catalog.target_language)
    return registry.pair(each.slug, catalog.live, both, matcher)


def _everywhere(
    checked: Sequence[_Checked],
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
    whole = NewsroomSubject(tuple(_pair(each, matcher) for each in checked), glossary.terms)
    findings = list(_anywhere(checked, glossary, registry.run([whole], selection)))
    memory.remember(WHOLE, state, findings, 0)
    return findings


def _behind(
    newsroom: Newsroom, checked: Sequence[_Checked], selection: Selection, memory: CheckMemory
) -> Iterator[Finding]:
    """Give catalogs that are behind their articles."""
    if "catalog-outdated" not in selection:
        return
    made = {each.slug: each for each in checked if each.slug and each.text}
    asked: dict[str, _Checked] = {}
    for slug, each in made.items():
        known = memory.recall(f"{each.path} beside {each.article}", each.both)
        if known is None:
            asked[slug] = each
        else:
            yield from known[0]
    if not asked:
        return
    from bilingual.workflow.segment import segment  # noqa: PLC0415 - other POs need none

    states = segment(newsroom, list(asked), check=True)
    pairs = [PairSubject(each.slug, "", each.language, current=each.current) for each in states]
    found: dict[str, list[Finding]] = {}
    for finding in registry.run(pairs, selection.only("catalog-outdated")):
        place = replace(finding, path=made[finding.slug].path)
        found.setdefault(finding.slug, []).append(place)
        yield place
    for slug, each in asked.items():
        name = f"{each.path} beside {each.article}"
        memory.remember(name, each.both, found.get(slug, []), 0)


def _orphans(newsroom: Newsroom, selection: Selection) -> Iterator[Finding]:
    """Give catalogs without an article; this hangs on folders, and so is never remembered."""
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
    """Return ``findings`` without suppressed ones, and with what is to be said of suppressions."""
    suppressions = newsroom.config.suppressions
    if not suppressions:
        return list(findings)
    from datetime import UTC, datetime  # noqa: PLC0415 - few newsrooms suppress anything

    from bilingual.newsroom.config import FILE  # noqa: PLC0415
    from bilingual.workflow.suppress import suppress  # noqa: PLC0415

    for each in suppressions:
        if each.rule not in registry.rules():
            raise ConfigurationError(
                f"no rule {each.rule}", path=FILE, line=each.line, mend=near(each.rule)
            )
    kept, met = suppress(findings, suppressions, datetime.now(UTC).date().isoformat())
    ran = {rule.name for rule, _ in selection.rules}
    # What was not looked for cannot have been found.
    met = tuple(replace(each, used=each.used or not whole or each.rule not in ran) for each in met)
    subject = NewsroomSubject((), (), met)
    about = selection.only("suppression-unused", "suppression-expired")
    said = registry.run([subject], about)
    return [*kept, *(replace(finding, path=FILE, column=1) for finding in said)]


def check_file(
    path: Path,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    languages: tuple[str, str] = ("", ""),
    glossary: Glossary | None = None,
) -> CheckResult:
    """Run the rules on the PO file ``path`` outside any newsroom; else as ``check``."""
    selection = known(select, ignore, {})
    matcher = Matcher((glossary or Glossary()).terms)
    each = _file(path, str(path), languages)
    both = (each.catalog.source_language, each.catalog.target_language)
    pair = registry.pair(each.slug, each.catalog.live, both, matcher)
    findings = _placed(each, registry.run([pair], selection))
    return result(ordered(findings), len(each.catalog.live), selection)


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
                f"no rule {name}",
                path=config.FILE,
                line=config.line_of(text, ("checks", name)),
                mend=near(name),
            )
    return known(select, ignore, levels)


def known(select: Sequence[str], ignore: Sequence[str], levels: Mapping[str, str]) -> Selection:
    """Return the rules to run; raises ``UsageError`` for a name that is no rule's."""
    for name in (*select, *ignore):
        if name not in registry.rules():
            raise UsageError(f"no rule {name!r}", mend=near(name))
    return registry.select(select, ignore=ignore, levels=levels)


def near(name: str) -> str:
    """Return what may have been meant by the rule ``name``, as a mend."""
    found = difflib.get_close_matches(name, registry.rules(), 3)
    if found:
        return f"did you mean {', '.join(found)}?"
    return "`bilingual check --list` shows all rules"


def _checked(
    newsroom: Newsroom, targets: Sequence[str], languages: tuple[str, str]
) -> Iterator[_Checked]:
    from bilingual.newsroom import reading  # noqa: PLC0415

    files = [target for target in targets if target == STDIN or target.endswith((".po", ".pot"))]
    slugs = [target for target in targets if target not in files]
    if slugs or not targets:
        for article in newsroom.articles(slugs):
            language = newsroom.target_language(article)
            path = newsroom.catalog_path(article.slug, language)
            load = partial(newsroom.catalog, article.slug, language)
            try:
                text = reading.text(reading.read(newsroom.root / path, path), path)
            except FileNotFoundError:
                text = ""
            yield _Checked(path, text, load, article)
    for name in files:
        yield _file(Path(name), _shown(newsroom, name), languages)


def _shown(newsroom: Newsroom, name: str) -> str:
    if name == STDIN:
        return name
    path = Path(name).resolve()
    return (
        path.relative_to(newsroom.root).as_posix() if path.is_relative_to(newsroom.root) else name
    )


def read(path: Path, name: str) -> str:
    """Return the text of the file at ``path`` (``-``: of standard input), called ``name``.

    Raises ``UsageError`` when it is absent, ``ContentError`` when it is no UTF-8.
    """
    from bilingual.newsroom import reading  # noqa: PLC0415

    if str(path) == STDIN:
        return reading.text(sys.stdin.buffer.read(), name)
    try:
        return reading.text(reading.read(path, name), name)
    except FileNotFoundError as error:
        raise UsageError("no such file", path=name) from error


def _file(path: Path, name: str, languages: tuple[str, str]) -> _Checked:
    from bilingual.catalog import po  # noqa: PLC0415 - articles come without it

    text = read(path, name)
    catalog = po.parse(text, path=name)
    source, target = languages
    catalog = replace(
        catalog,
        source_language=_base(source or catalog.source_language),
        target_language=_base(target or catalog.target_language),
    )
    for language, option in (
        (catalog.source_language, "source"),
        (catalog.target_language, "target"),
    ):
        if language not in registry.LANGUAGES:
            said = f"its {option} language is {language!r}" if language else f"no {option} language"
            raise ContentError(said, path=name, line=1, mend=f"say it with --{option} en or ko")
    return _Checked(name, text, lambda: catalog)


def _base(language: str) -> str:
    """Return the language of a tag: ``ko`` of ``ko_KR`` and ``ko-Kore-KR``."""
    return language.replace("_", "-").partition("-")[0].lower()


def _placed(each: _Checked, findings: Iterable[Finding]) -> Iterator[Finding]:
    places: Places | None = None
    for finding in findings:
        if places is None:
            places = _places(each)
        yield located(finding, each.path, places)


def _places(each: _Checked) -> Places:
    from bilingual.catalog import po  # noqa: PLC0415

    return Places(each.text, po.lines(each.text) if each.text else {})


def _anywhere(
    checked: Sequence[_Checked], glossary: Glossary, findings: Iterable[Finding]
) -> Iterator[Finding]:
    by_slug = {each.slug: each for each in checked}
    places: dict[str, Places] = {}
    for finding in findings:
        each = by_slug.get(finding.slug)
        if each is None:
            yield replace(finding, path=glossary.path)
            continue
        if each.slug not in places:
            places[each.slug] = _places(each)
        yield located(finding, each.path, places[each.slug])
