"""Find the terms, units and published pairs that a change of the glossary affects."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from bilingual import clock
from bilingual.checks import registry
from bilingual.errors import StorageError, UsageError
from bilingual.glossary import schema
from bilingual.glossary.match import Matcher
from bilingual.model import Severity, State, msg
from bilingual.newsroom import paths, reading
from bilingual.workflow.check import newsroom_selection
from bilingual.workflow.checking.location import Places
from bilingual.workflow.checking.suppression import suppress
from bilingual.workflow.publishing.published_edits import published_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bilingual.checks.registry import Selection
    from bilingual.model import Catalog, Entry, Finding, Term
    from bilingual.newsroom import Newsroom

RULES = ("term-missing", "term-not-kept", "term-forbidden", "term-first-mention", "particle")
"""The rules that use the glossary; the particle rule uses its readings."""
REOPENING = (Severity.ERROR, Severity.WARNING)
"""The severities of findings for which a unit is reviewed again."""
IGNORED = frozenset({"note"})
"""Fields that affect neither a rule nor a translation."""


class FieldChange(NamedTuple):
    """A field of a term before and after, as written in the glossary; empty when absent."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TermChange:
    """The change of one term."""

    id: str
    what: str
    """``added``, ``removed`` or ``changed``."""
    line: int
    """Its current line; 0 when it was removed."""
    fields: tuple[FieldChange, ...] = ()
    """The changed fields of a changed term."""


@dataclass(frozen=True, slots=True)
class AffectedUnit:
    """A unit with a changed term in its source or its target."""

    slug: str
    unit: str
    language: str
    path: str
    line: int
    """The line of its target in the catalog."""
    state: State
    terms: tuple[str, ...]
    """Ids of the changed terms."""
    source: str
    target: str
    breaks: tuple[Finding, ...] = ()
    """The findings that it did not have with the earlier glossary."""
    waits: bool = False
    """True when it was approved and has to be reviewed again."""


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change of the glossary affects."""

    since: str
    changes: tuple[TermChange, ...] = ()
    units: tuple[AffectedUnit, ...] = ()
    published: tuple[str, ...] = ()
    """Slugs of the published pairs with affected units."""

    @property
    def broken(self) -> tuple[AffectedUnit, ...]:
        """The units that violate a rule now."""
        return tuple(each for each in self.units if each.breaks)


@dataclass(slots=True)
class _Glossaries:
    """The glossary before and after, and the ids of the changed terms."""

    before: Matcher
    after: Matcher
    ids: frozenset[str]
    selection: Selection = field(repr=False)


def impact(newsroom: Newsroom, since: str = "HEAD", *, reopen: bool = False) -> Impact:
    """Return the changes of the glossary since the revision ``since``, and what they affect.

    With ``reopen`` every approved unit that violates a rule because of the change has to be
    reviewed again: its state becomes ``translated`` and a note names the reviewer, the origin and
    the reason; its text, origin and time are kept. Raises ``UsageError`` outside a git repository
    or for an unknown revision, ``ConfigurationError`` for an invalid glossary, then or now.
    """
    before = _terms_at(newsroom, since)
    after = newsroom.glossary().terms
    changes = tuple(_changes(before, after))
    ids = frozenset(
        each.id
        for each in changes
        if each.what != "changed" or any(one.name not in IGNORED for one in each.fields)
    )
    if not ids:
        return Impact(since, changes)
    selection = newsroom_selection(newsroom, (), ()).only(*RULES)
    both = _Glossaries(Matcher(before), Matcher(after), ids, selection)
    units: list[AffectedUnit] = []
    for language in newsroom.config.newsroom.languages:
        for slug in newsroom.catalogs(language):
            catalog = newsroom.catalog(slug, language)
            touched = list(_affected(newsroom, catalog, both))
            units += _reopen(newsroom, touched) if reopen else touched
    slugs = dict.fromkeys(each.slug for each in units)
    public = tuple(slug for slug in slugs if _is_published(newsroom, slug))
    return Impact(since, changes, tuple(units), public)


def _changes(before: Sequence[Term], after: Sequence[Term]) -> Iterator[TermChange]:
    old = {term.id: term for term in before}
    new = {term.id: term for term in after}
    for name, term in new.items():
        if name not in old:
            yield TermChange(name, "added", term.line)
        else:
            first, second = term_fields(old[name]), term_fields(term)
            fields = tuple(
                FieldChange(each.name, first.get(each.name, ""), second.get(each.name, ""))
                for each in schema.FIELDS
                if first.get(each.name, "") != second.get(each.name, "")
            )
            if fields:
                yield TermChange(name, "changed", term.line, fields)
    for name in old:
        if name not in new:
            yield TermChange(name, "removed", 0)


def term_fields(term: Term) -> dict[str, str]:
    """Return the fields of ``term`` as in the glossary, with lists joined by commas."""
    fields = {
        "reading": term.reading,
        "kind": term.kind,
        "first_mention": term.first_mention,
        "case": "true" if term.case else "",
        "note": term.note,
    }
    for language in ("en", "ko"):
        fields[language] = term.preferred(language)
        fields[f"{language}_allowed"] = ", ".join(term.forms[language][1:])
        fields[f"{language}_forbidden"] = ", ".join(term.forbidden.get(language, ()))
    if term.keep:
        fields["ko"] = schema.KEEP
    return fields


def _affected(newsroom: Newsroom, catalog: Catalog, both: _Glossaries) -> Iterator[AffectedUnit]:
    languages = (catalog.source_language, catalog.target_language)
    found = {entry.id: _terms(entry, languages, both) for entry in catalog.live}
    if not any(found.values()):
        return
    path = newsroom.catalog_path(catalog.slug, catalog.target_language)
    places = _places(newsroom, path)
    breaks = _breaks(newsroom, catalog, both)
    for entry in catalog.live:
        if found[entry.id]:
            yield AffectedUnit(
                catalog.slug, entry.id, catalog.target_language, path,
                places.of(entry.id)[0], entry.target.state, found[entry.id],
                entry.source, entry.target.text, breaks.get(entry.id, ()),
            )  # fmt: skip


def _terms(entry: Entry, languages: tuple[str, str], both: _Glossaries) -> tuple[str, ...]:
    """Return the changed terms with a form in one of the two texts, then or now."""
    found = dict.fromkeys(
        hit.term.id
        for matcher in (both.before, both.after)
        for text, language in zip((entry.source, entry.target.text), languages, strict=True)
        for hit in matcher.scan(text, language)
        if hit.term.id in both.ids
    )
    return tuple(found)


def _breaks(
    newsroom: Newsroom, catalog: Catalog, both: _Glossaries
) -> dict[str, tuple[Finding, ...]]:
    """Return the findings of each unit that it did not have before the change."""
    languages = (catalog.source_language, catalog.target_language)

    def findings(matcher: Matcher) -> list[Finding]:
        pair = registry.pair(catalog.slug, catalog.live, languages, matcher)
        return list(registry.run([pair], both.selection))

    known = {_key(each) for each in findings(both.before)}
    new = [each for each in findings(both.after) if _key(each) not in known]
    today = clock.today()
    path = newsroom.catalog_path(catalog.slug, catalog.target_language)
    placed = [replace(each, path=path) for each in new]
    kept, _ = suppress(placed, newsroom.config.suppressions, today)
    by_unit: dict[str, tuple[Finding, ...]] = {}
    for each in kept:
        by_unit[each.unit] = (*by_unit.get(each.unit, ()), each)
    return by_unit


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.unit, str(finding.message), finding.span, finding.source_span


def _reopen(newsroom: Newsroom, touched: Iterable[AffectedUnit]) -> list[AffectedUnit]:
    """Reopen the approved units that violate a rule; return all units of one catalog."""
    units = list(touched)
    broken = {
        each.unit: each
        for each in units
        if any(finding.severity in REOPENING for finding in each.breaks)
    }
    marked: set[str] = set()

    def send(entry: Entry) -> Entry:
        seen = broken.get(entry.id)
        same = seen and (seen.source, seen.target) == (entry.source, entry.target.text)
        if seen is None or not same or entry.obsolete or not entry.target.approved:
            return entry
        marked.add(entry.id)
        target = replace(entry.target, state=State.TRANSLATED, reviewer="")
        return replace(entry, target=target, notes=(*entry.notes, _note(entry, seen)))

    def edit(catalog: Catalog) -> Catalog:
        return replace(catalog, entries=tuple(map(send, catalog.entries)))

    if broken:
        first = units[0]
        try:
            article = newsroom.article(first.slug)
        except UsageError:  # a catalog without an article is not published
            return units
        newsroom.change(article, first.language, edit)
    return [
        replace(each, state=State.TRANSLATED, waits=True) if each.unit in marked else each
        for each in units
    ]


def _note(entry: Entry, seen: AffectedUnit) -> str:
    """Return the note on why a unit is reviewed again and its former state: ``glossary: …``."""
    target = entry.target
    why = "; ".join(
        str(finding.message) for finding in seen.breaks if finding.severity in REOPENING
    )
    was = f"was {target.state} by {target.reviewer or 'nobody named'}"
    return f"glossary: {why} ({was}, origin {target.origin or 'unknown'})"


def _places(newsroom: Newsroom, path: str) -> Places:
    from bilingual.catalog import po  # noqa: PLC0415 - PO loads when there is something to say

    text = reading.text(reading.read(newsroom.root / path, path), path)
    return Places(text, po.lines(text))


def _is_published(newsroom: Newsroom, slug: str) -> bool:
    languages = newsroom.config.newsroom.languages
    return any(
        (newsroom.root / published_path(newsroom, slug, each)).is_file() for each in languages
    )


def _terms_at(newsroom: Newsroom, since: str) -> tuple[Term, ...]:
    """Return the terms of the glossary at the revision ``since``; none when it did not exist."""
    if since.startswith("-") or not since:
        raise UsageError(
            msg("{since!r} is not a revision", since=since),
            hint=msg("name a commit, a tag or a branch"),
        )
    inside = _git(newsroom, "rev-parse", "--is-inside-work-tree")
    if inside is None or inside.strip() != b"true":
        raise UsageError(
            msg("the newsroom is not in a git repository, so its earlier glossary is not known"),
            hint=msg("run `git init` and commit the glossary"),
        )
    commit = _git(newsroom, "rev-parse", "--verify", "--quiet", f"{since}^{{commit}}")
    if commit is None:
        raise UsageError(
            msg("git knows no revision {since!r}", since=since),
            hint=msg("commit first")
            if since == "HEAD"
            else msg("name a commit, a tag or a branch"),
        )
    revision = commit.decode().strip()
    listed = _git(newsroom, "ls-tree", "-z", revision, "--", paths.GLOSSARY)
    if not listed:
        return ()
    content = _git(newsroom, "cat-file", "blob", listed.split(b"\t")[0].split()[2].decode())
    if content is None:
        raise StorageError(
            msg("git cannot read {path} at {since}", path=paths.GLOSSARY, since=since)
        )
    name = f"{paths.GLOSSARY} ({since})"
    return schema.parse(reading.text(content, name), path=name).terms


def _git(newsroom: Newsroom, *arguments: str) -> bytes | None:
    """Return the output of git; None when it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed words and a revision that is no option
            ["git", *arguments],  # noqa: S607
            cwd=newsroom.root, capture_output=True, check=False,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise UsageError(msg("git is not installed"), hint=msg("install git")) from error
    return None if done.returncode else done.stdout
