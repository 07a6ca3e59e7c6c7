"""Checking: every rule on every unit, and each finding at the place a person would edit."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.checks import registry
from bilingual.checks.base import NewsroomSubject
from bilingual.errors import ConfigurationError, ContentError, UsageError
from bilingual.glossary.match import Matcher
from bilingual.glossary.schema import Glossary
from bilingual.model import Scope
from bilingual.workflow.place import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bilingual.checks.base import PairSubject
    from bilingual.checks.registry import Selection
    from bilingual.model import Catalog, Finding
    from bilingual.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the rules found."""

    findings: tuple[Finding, ...] = ()
    """By file, line and column."""
    units: int = 0
    """How many units were looked at."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Rule to its title, for every rule that ran."""

    @property
    def ok(self) -> bool:
        """True when no finding is an error."""
        return not any(finding.severity == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class _Checked:
    """A catalog with its text, from the newsroom or from anywhere."""

    catalog: Catalog
    path: str
    text: str
    slug: str


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
    selection = _selection(newsroom, select, ignore)
    glossary = newsroom.glossary()
    matcher = Matcher(glossary.terms)
    checked = list(_checked(newsroom, targets, languages))
    findings: list[Finding] = []
    pairs: list[PairSubject] = []
    for each in checked:
        catalog = each.catalog
        both = (catalog.source_language, catalog.target_language)
        pair = registry.pair(each.slug, catalog.live, both, matcher)
        pairs.append(pair)
        findings += _placed(each, registry.run([pair], selection))
    if not targets and selection.of(Scope.NEWSROOM):
        whole = NewsroomSubject(tuple(pairs), glossary.terms)
        findings += _anywhere(checked, glossary, registry.run([whole], selection))
    return CheckResult(
        tuple(sorted(findings, key=lambda each: (each.path, each.line, each.column, each.rule))),
        sum(len(each.catalog.live) for each in checked),
        {rule.name: rule.documentation.title for rule, _ in selection.rules},
    )


def check_file(
    path: Path,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    languages: tuple[str, str] = ("", ""),
    glossary: Glossary | None = None,
) -> CheckResult:
    """Run the rules on the PO file ``path`` outside any newsroom; else as ``check``."""
    selection = _known(select, ignore, {})
    matcher = Matcher((glossary or Glossary()).terms)
    each = _file(path, str(path), languages)
    both = (each.catalog.source_language, each.catalog.target_language)
    pair = registry.pair(each.slug, each.catalog.live, both, matcher)
    findings = sorted(
        _placed(each, registry.run([pair], selection)),
        key=lambda finding: (finding.line, finding.column, finding.rule),
    )
    titles = {rule.name: rule.documentation.title for rule, _ in selection.rules}
    return CheckResult(tuple(findings), len(each.catalog.live), titles)


def _selection(newsroom: Newsroom, select: Sequence[str], ignore: Sequence[str]) -> Selection:
    levels = newsroom.config.checks
    for name in levels:
        if name not in registry.rules():
            from bilingual.newsroom import config  # noqa: PLC0415 - only to name the line

            text = (newsroom.root / config.FILE).read_text("utf-8")
            raise ConfigurationError(
                f"no rule {name}",
                path=config.FILE,
                line=config.line_of(text, ("checks", name)),
                mend=_near(name),
            )
    return _known(select, ignore, levels)


def _known(select: Sequence[str], ignore: Sequence[str], levels: Mapping[str, str]) -> Selection:
    for name in (*select, *ignore):
        if name not in registry.rules():
            raise UsageError(f"no rule {name!r}", mend=_near(name))
    return registry.select(select, ignore=ignore, levels=levels)


def _near(name: str) -> str:
    near = difflib.get_close_matches(name, registry.rules(), 3)
    if near:
        return f"did you mean {', '.join(near)}?"
    return "`bilingual check --list` shows all rules"


def _checked(
    newsroom: Newsroom, targets: Sequence[str], languages: tuple[str, str]
) -> Iterator[_Checked]:
    files = [target for target in targets if target.endswith((".po", ".pot"))]
    slugs = [target for target in targets if target not in files]
    if slugs or not targets:
        for article in newsroom.articles(slugs):
            language = newsroom.target_language(article)
            catalog = newsroom.catalog(article.slug, language)
            path = newsroom.catalog_path(article.slug, language)
            file = newsroom.root / path
            text = file.read_text("utf-8") if catalog.entries else ""
            yield _Checked(catalog, path, text, article.slug)
    for name in files:
        yield _file(Path(name), _shown(newsroom, name), languages)


def _shown(newsroom: Newsroom, name: str) -> str:
    path = Path(name).resolve()
    return (
        path.relative_to(newsroom.root).as_posix() if path.is_relative_to(newsroom.root) else name
    )


def _file(path: Path, name: str, languages: tuple[str, str]) -> _Checked:
    from bilingual.catalog import po  # noqa: PLC0415 - articles come without it
    from bilingual.newsroom import reading  # noqa: PLC0415

    try:
        text = reading.text(reading.read(path, name), name)
    except FileNotFoundError as error:
        raise UsageError("no such file", path=name) from error
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
    return _Checked(catalog, name, text, "")


def _base(language: str) -> str:
    """Return the language of a tag: ``ko`` of ``ko_KR`` and ``ko-Kore-KR``."""
    return language.replace("_", "-").partition("-")[0].lower()


def _placed(each: _Checked, findings: Iterable[Finding]) -> Iterator[Finding]:
    places: Places | None = None
    for finding in findings:
        if places is None:
            places = _places(each)
        yield _at(finding, each, places)


def _places(each: _Checked) -> Places:
    from bilingual.catalog import po  # noqa: PLC0415

    return Places(each.text, po.lines(each.text) if each.text else {})


def _at(finding: Finding, each: _Checked, places: Places) -> Finding:
    line, column = places.of(finding.unit, offset=finding.span[0])
    return replace(finding, path=each.path, line=line, column=column)


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
        yield _at(finding, each, places[each.slug])
