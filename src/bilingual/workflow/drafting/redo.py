"""Which units ``translate --redo WORD`` names: a unit, the findings of a rule, an origin.

A unit named by its id may have anyone's target; a rule or an origin names many units at once, and
never one that a person wrote or approved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.catalog import origin
from bilingual.errors import UsageError
from bilingual.model import State, msg
from bilingual.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from bilingual.model import Catalog, Entry, Finding

SHORTEST = 4
"""Characters of a unit's id that name it."""


def named(
    catalogs: Sequence[Catalog],
    findings: Iterable[Finding],
    words: Sequence[str],
    *,
    rules: Collection[str],
) -> dict[str, frozenset[str]]:
    """Return the ids of the units that ``words`` name, by slug; slugs without one are left out.

    A word is a unit's id or the beginning of one (four characters at least, of one unit of an
    article), the name of a rule (the units with ``findings`` of it), or an origin (``mt:openai``).
    ``rules`` are all that there are. Raises ``UsageError`` for any other word, naming near ones,
    and for a unit of several articles that a person wrote or approved in one of them.
    """
    faults: dict[str, set[tuple[str, str]]] = {}
    for finding in findings:
        faults.setdefault(finding.rule, set()).add((finding.slug, finding.unit))
    found: dict[str, set[str]] = {}
    for word in words:
        if word in rules:
            many = [
                (catalog, entry)
                for catalog, entry in _machines(catalogs)
                if (catalog.slug, entry.id) in faults.get(word, ())
            ]
        elif word.startswith(origin.KINDS):
            many = [
                (catalog, entry)
                for catalog, entry in _machines(catalogs)
                if origin.matches(entry.target.origin, word)
            ]
        else:
            many = list(_units(catalogs, word))
            if not many:
                raise _unknown(word, catalogs, rules)
            _ours(word, many)
        for catalog, entry in many:
            found.setdefault(catalog.slug, set()).add(entry.id)
    return {slug: frozenset(ids) for slug, ids in found.items()}


def needs_findings(words: Iterable[str], rules: Collection[str]) -> bool:
    """Return True when a word is a rule's name: only then the checks have to run."""
    return any(word in rules for word in words)


def _machines(catalogs: Iterable[Catalog]) -> Iterator[tuple[Catalog, Entry]]:
    """Yield the units with a target that no person wrote or approved."""
    for catalog in catalogs:
        yield from ((catalog, entry) for entry in catalog.live if _is_machines(entry))


def _is_machines(entry: Entry) -> bool:
    target = entry.target
    theirs = target.origin.startswith((*origin.MACHINES, origin.IMPORT))
    return bool(target.text) and theirs and target.state.rank <= State.TRANSLATED.rank


def _ours(word: str, units: Sequence[tuple[Catalog, Entry]]) -> None:
    """Refuse a ``word`` that names a person's unit among several.

    The same words have the same id in every article: naming them for one article must not lose
    what people made of another.
    """
    theirs = [c.slug for c, entry in units if entry.target.text and not _is_machines(entry)]
    if theirs and len(units) > 1:
        raise UsageError(
            msg(
                "{count} articles have the unit {word!r}, and people wrote or approved "
                "it in {slugs}",
                count=len(units),
                word=word,
                slugs=", ".join(theirs[:6]),
            ),
            hint=msg("name the article before `--redo`"),
        )


def _units(catalogs: Iterable[Catalog], word: str) -> Iterator[tuple[Catalog, Entry]]:
    """Yield the units whose id is ``word``, or else begins with it: one of an article."""
    for catalog in catalogs:
        exact = [entry for entry in catalog.live if entry.id == word]
        begun = exact or [
            entry for entry in catalog.live if len(word) >= SHORTEST and entry.id.startswith(word)
        ]
        if len(begun) > 1:
            names = ", ".join(entry.id for entry in begun[:6])
            raise UsageError(
                msg(
                    "{count} units of {slug} begin with {word!r}: {names}",
                    count=len(begun),
                    slug=catalog.slug,
                    word=word,
                    names=names,
                ),
                hint=msg("write more of the id"),
            )
        yield from ((catalog, entry) for entry in begun)


def _unknown(word: str, catalogs: Sequence[Catalog], rules: Collection[str]) -> UsageError:
    units = {entry.id for catalog in catalogs for entry in catalog.live}
    known = {*rules, *units, *origin.KINDS}
    otherwise = msg(
        "name a unit by its id (`bilingual queue`), a rule (`bilingual check --list`) or an "
        "origin (`mt:openai`)"
    )
    hint = did_you_mean(word, sorted(known), otherwise)
    return UsageError(msg("{word!r} is not a unit, a rule or an origin", word=word), hint=hint)
