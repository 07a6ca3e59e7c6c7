"""List what needs a review: drafts, stale targets and untranslated units, riskiest first.

The risk is a sum of small reasons, which are shown with it. It only orders the work; no rule and
no gate uses it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.catalog.pairing import pair
from bilingual.errors import UsageError
from bilingual.glossary.match import Matcher
from bilingual.model import N_, Kind, Message, Severity, State, msg
from bilingual.workflow.check import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bilingual.model import Article, Catalog, Entry, Finding, Match, Target
    from bilingual.newsroom import Newsroom
    from bilingual.workflow.memory.memory import Memory

ERROR, WARNING, STALE, REFUSED, MISSING, MACHINE, NUMBERS, TERMS, HEADLINE = (
    40, 15, 30, 25, 20, 10, 6, 4, 6,
)  # fmt: skip
"""The weight of each reason. A finding outweighs all others: a reviewer should see first what is
certainly wrong, then what changed since its last review."""
LONG = 400
"""From this many code points of source, length has its highest weight (10)."""
NUMBER = re.compile(r"\d")

MATCHES = 2
"""The number of shown matches of the memory; more are noise."""

STATE_RULES = frozenset({"unreviewed", "untranslated", "stale"})
"""Rules that only report that a unit needs review, which is known of every unit in the list."""

BECAUSE_ERROR = N_("findings that stop a publish: {count}")
BECAUSE_WARNING = N_("warnings: {count}")
BECAUSE_STALE = N_("the source changed")
BECAUSE_REFUSED = N_("the last draft was refused")
BECAUSE_MISSING = N_("no translation yet")
BECAUSE_MACHINE = N_("a machine wrote it")
BECAUSE_NUMBERS = N_("numbers")
BECAUSE_TERMS = N_("glossary terms")
BECAUSE_HEADLINE = N_("a headline")
BECAUSE_LONG = N_("long")


@dataclass(frozen=True, slots=True)
class SourceTerm:
    """A glossary term in a source."""

    form: str
    """As written in the source."""
    targets: tuple[str, ...]
    """The allowed forms in the target language, the preferred one first."""
    present: bool
    """True when the target has one of them."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A unit that needs a review."""

    slug: str
    article: str
    """The article's file, relative to the newsroom."""
    source_language: str
    target_language: str
    entry: Entry
    findings: tuple[Finding, ...]
    hints: tuple[SourceTerm, ...]
    risk: int
    reasons: tuple[Message, ...]
    """The reasons for the risk, the one with the highest weight first."""
    around: tuple[str, ...] = ()
    """The lines of the article before and after the unit, even code and bare numbers; for a cell
    its row too."""
    before: str = ""
    """The source of the previous unit; ``after`` is that of the next one."""
    after: str = ""
    matches: tuple[Match, ...] = ()
    """The memory's matches, best first; see ``with_matches``."""

    @property
    def fingerprint(self) -> str:
        """The fingerprint of its entry; see ``fingerprint``."""
        return fingerprint(self.entry)


def fingerprint(entry: Entry) -> str:
    """Return a fingerprint of the source, target and state of ``entry``: 12 hexadecimal digits.

    A decision has the fingerprint of what the reviewer saw; it is refused when the catalog's entry
    has another one by then.
    """
    target = entry.target
    shown = "\0".join((entry.source, target.text, target.state, target.previous or "\0"))
    return hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def needs_review(entry: Entry) -> bool:
    """Return True when a person has to review ``entry``."""
    return not entry.obsolete and not entry.target.approved


def queue(
    newsroom: Newsroom, slugs: Sequence[str] = (), *, order: str = "risk"
) -> tuple[ReviewItem, ...]:
    """Return the units to review in the articles ``slugs`` (all when empty).

    ``order`` is ``risk``, riskiest first, or ``document``, in article order. Raises
    ``UsageError`` on an unknown slug, ``ContentError`` on a catalog that cannot be read.
    """
    articles = newsroom.articles(slugs)
    items = [item for article in articles for item in _items(newsroom, article)]
    if order == "risk":
        items.sort(key=lambda item: -item.risk)  # stable: equal risks keep document order
    return tuple(items)


def find_item(newsroom: Newsroom, slug: str, unit: str) -> ReviewItem:
    """Return the current unit with the id ``unit``, also when it needs no review.

    Raises ``UsageError`` when the article no longer has such a unit.
    """
    article = newsroom.article(slug)
    for item in _items(newsroom, article, lambda entry: entry.id == unit):
        return item
    raise UsageError(msg("{slug} has no unit {unit!r} any more", slug=slug, unit=unit))


def with_matches(item: ReviewItem, memory: Memory, limit: int = MATCHES) -> ReviewItem:
    """Return ``item`` with its best matches: of the whole unit, else of its sentences."""
    entry = item.entry
    both = (item.source_language, item.target_language)
    found = [
        match
        for match in memory.matches(
            entry.source, *both, before=item.before, after=item.after, limit=limit + 1
        )
        # For a stale unit the screen already shows what changed in its source.
        if (match.slug, match.unit) != (item.slug, entry.id)
    ]
    if not found:
        found = [
            match
            for _, matches in memory.segments(entry.source, *both)
            for match in matches
            if (match.slug, match.unit) != (item.slug, entry.id)
        ]
        found.sort(key=lambda match: -match.score)
    return replace(item, matches=tuple(found[:limit]))


def findings_of(newsroom: Newsroom, article: Article) -> dict[str, tuple[Finding, ...]]:
    """Return the findings of each unit of ``article``, by unit id.

    Findings that only repeat the unit's state are left out.
    """
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in check(newsroom, [article.slug]).findings:
        if finding.rule not in STATE_RULES:
            found[finding.unit] = (*found.get(finding.unit, ()), finding)
    return found


def _items(
    newsroom: Newsroom, article: Article, wanted: Callable[[Entry], bool] = needs_review
) -> Iterator[ReviewItem]:
    language = newsroom.target_language(article)
    catalog = newsroom.catalog(article.slug, language)
    waiting = [entry for entry in catalog.live if wanted(entry)]
    if not waiting:
        return
    found = findings_of(newsroom, article)
    around = _neighbouring_lines(newsroom, article, catalog)
    matcher = Matcher(newsroom.glossary().terms)
    sources = ["", *(entry.source for entry in catalog.live), ""]
    places = {entry.id: place for place, entry in enumerate(catalog.live)}
    for entry in waiting:
        findings = found.get(entry.id, ())
        hints = tuple(_source_terms(entry, article.language, language, matcher))
        reasons = sorted(_reasons(entry, findings, hints), key=lambda reason: -reason[0])
        yield ReviewItem(
            slug=article.slug,
            article=article.path,
            source_language=article.language,
            target_language=language,
            entry=entry,
            findings=findings,
            hints=hints,
            risk=sum(weight for weight, _ in reasons),
            reasons=tuple(reason for _, reason in reasons),
            around=around.get(entry.id, ()),
            before=sources[places[entry.id]],
            after=sources[places[entry.id] + 2],
        )


def _neighbouring_lines(
    newsroom: Newsroom, article: Article, catalog: Catalog
) -> dict[str, tuple[str, ...]]:
    """Return the article's lines next to each unit, by unit id."""
    lines = article.text.splitlines()
    units = newsroom.document(article).units
    shown: dict[str, tuple[str, ...]] = {}
    for _, unit, entry in pair(catalog, units).pairs():
        first = unit.position.line - 1
        last = first + article.text.count("\n", unit.position.start, unit.position.end)
        before = next((line for line in reversed(lines[:first]) if line.strip()), "")
        after = next((line for line in lines[last + 1 :] if line.strip()), "")
        row = lines[first] if unit.kind is Kind.CELL and first < len(lines) else ""
        shown[entry.id] = tuple(filter(None, (before, row, after)))
    return shown


def _reasons(
    entry: Entry, findings: tuple[Finding, ...], hints: tuple[SourceTerm, ...]
) -> Iterator[tuple[int, Message]]:
    """Yield each reason with its weight."""
    for severity, weight, template in (
        (Severity.ERROR, ERROR, BECAUSE_ERROR),
        (Severity.WARNING, WARNING, BECAUSE_WARNING),
    ):
        count = sum(finding.severity is severity for finding in findings)
        if count:
            yield weight * min(count, 3), Message(template, {"count": count})
    yield from _reasons_of_target(entry.target)
    if NUMBER.search(entry.source):
        yield NUMBERS, Message(BECAUSE_NUMBERS)
    if hints:
        yield TERMS, Message(BECAUSE_TERMS)
    if entry.kind is Kind.HEADING or entry.path == ("title",):
        yield HEADLINE, Message(BECAUSE_HEADLINE)
    length = min(len(entry.source), LONG) * 10 // LONG
    if length:
        yield length, Message(BECAUSE_LONG)


def _reasons_of_target(target: Target) -> Iterator[tuple[int, Message]]:
    if target.stale:
        yield STALE, Message(BECAUSE_STALE)
    if target.failure:
        yield REFUSED, Message(BECAUSE_REFUSED)
    elif target.state is State.INITIAL:
        yield MISSING, Message(BECAUSE_MISSING)
    if target.origin.startswith("mt:"):
        yield MACHINE, Message(BECAUSE_MACHINE)


def _source_terms(entry: Entry, source: str, target: str, matcher: Matcher) -> Iterator[SourceTerm]:
    """Yield each glossary term in the source once, in the order of the text."""
    present = {hit.term.id for hit in matcher.find(entry.target.text, target)}
    seen: set[str] = set()
    for hit in matcher.find(entry.source, source):
        if hit.term.id not in seen:
            seen.add(hit.term.id)
            yield SourceTerm(hit.form, hit.term.forms.get(target, ()), hit.term.id in present)
