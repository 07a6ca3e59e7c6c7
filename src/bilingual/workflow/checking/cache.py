"""Remember what the last check found, so that what did not change is not checked again: a cache.

A record means: this text of a catalog, under these rules and these terms, has these findings. It
holds while the text, the rules' code and their severities are the same, and while no entry of the
glossary has changed that could occur in the text.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bilingual
from bilingual.glossary.match import fold, required_keys
from bilingual.model import Edit, Finding, Fix, Message, Severity
from bilingual.newsroom import paths
from bilingual.storage import cache

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bilingual.checks.registry import Selection
    from bilingual.model import Term
    from bilingual.newsroom import Newsroom

FILE = f"{paths.WORK}/checks.json"
FORMAT = "3"
DECIDING = ("checks", "language", "glossary", "markdown", "catalog", "workflow", "model.py")
"""The code of this package that decides what is found."""
WHOLE = "\0newsroom"
"""The record of what the rules of newsroom scope found."""


class CheckMemory:
    """The records of a newsroom for one selection of rules."""

    def __init__(self, newsroom: Newsroom, selection: Selection, terms: Sequence[Term]) -> None:
        self.newsroom = newsroom
        self.rules = _digest(
            FORMAT,
            bilingual.__version__,
            sys.version,  # its tables of characters, too
            *cache.code_stamps(_code(selection)),
            *newsroom.config.markdown.keys,
            *(f"{rule.name} {severity}" for rule, severity in selection.rules),
        )
        # The line of an entry matters to findings on the glossary alone.
        self.terms = {
            _digest(repr(replace(term, line=0))): sorted(required_keys(term)) for term in terms
        }
        self.glossary = _digest(*map(repr, terms))
        self.records: dict[str, list[object]] = {}
        self.changed: frozenset[str] = frozenset()
        self.kept: dict[str, list[object]] = {}
        self.dirty = False
        self._load()

    def recall(self, name: str, text: str) -> tuple[list[Finding], int] | None:
        """Return the findings in the catalog ``name`` with this ``text``, and its units' number.

        None when it has to be checked.
        """
        found = self.records.get(name)
        if found is None or found[0] != _digest(name, text):
            return None
        if self.changed:
            compact = fold(text)
            if any(trace in compact for trace in self.changed):
                return None
        try:
            findings = [_finding(row) for row in found[2]]  # type: ignore[attr-defined]
        except (TypeError, ValueError, KeyError):
            return None
        self.kept[name] = found
        return findings, int(str(found[1]))

    def remember(self, name: str, text: str, findings: Sequence[Finding], units: int) -> None:
        """Keep what was found in the catalog ``name`` with this ``text``."""
        rows = [_row(finding) for finding in findings]
        self.kept[name] = [_digest(name, text), units, rows]
        self.dirty = True

    def whole(self) -> str:
        """Return what findings on the whole newsroom depend on: all that was looked up so far."""
        parts = (f"{name} {each[0]}" for name, each in self.kept.items() if name != WHOLE)
        return _digest(self.glossary, *sorted(parts))

    def save(self, *, whole: bool) -> None:
        """Write the records, where the disk lets it.

        What was not looked up now stays if it is valid, unless the ``whole`` newsroom was checked.
        """
        gone = whole and not self.records.keys() <= self.kept.keys()
        if not (self.dirty or self.changed or gone):
            return
        if not (self.changed or whole):
            self.kept = {**self.records, **self.kept}
        cache.write(
            self.newsroom.root / FILE, self.rules, {"terms": self.terms, "records": self.kept}
        )

    def _load(self) -> None:
        cache.read(self.newsroom.root / FILE, self.rules, self._take)

    def _take(self, content: Any) -> None:
        before: Mapping[str, list[str]] = content["terms"]
        records = dict(content["records"])
        known = {**before, **self.terms}
        differing = before.keys() ^ self.terms.keys()
        self.changed = frozenset(trace for each in differing for trace in known[each])
        self.records = records


def _digest(*parts: str) -> str:
    return cache.digest("\0".join(parts).encode("utf-8", "surrogatepass"))


def _code(selection: Selection) -> Iterator[Path | str]:
    """Yield the files and folders whose code decides, those of other packages' rules included."""
    package = Path(bilingual.__file__).parent
    yield from (package / name for name in DECIDING)
    for rule, _ in selection.rules:
        name = rule.check.__module__
        if not name.startswith("bilingual."):
            outermost = sys.modules[name.partition(".")[0]]
            yield from getattr(outermost, "__path__", ()) or [str(outermost.__file__)]


def _row(finding: Finding) -> dict[str, object]:
    row: dict[str, object] = {
        name: getattr(finding, name)
        for name in Finding.__slots__
        if name not in {"message", "fix", "severity"}
    }
    row["severity"] = finding.severity.value
    row["message"] = _written(finding.message)
    if finding.fix:
        edit = finding.fix.edit
        row["fix"] = {
            "description": _written(finding.fix.description),
            "target": finding.fix.target,
            "edit": edit and [getattr(edit, name) for name in Edit.__slots__],
        }
    return row


def _written(message: Message) -> list[object]:
    plain = (str, int, float, type(None))
    values = {
        name: value if isinstance(value, plain) else str(value)
        for name, value in message.values.items()
    }
    return [message.template, values]


def _message(written: Any) -> Message:
    template, values = written
    return Message(template, values)


def _finding(row: dict[str, object]) -> Finding:
    fields: dict[str, object] = dict(row)
    fields["severity"] = Severity(str(row["severity"]))
    fields["message"] = _message(row["message"])
    for name in ("span", "source_span"):
        fields[name] = tuple(row[name])  # type: ignore[arg-type]
    fix = row.get("fix")
    if isinstance(fix, dict):
        edit = Edit(*fix["edit"]) if fix["edit"] else None
        fields["fix"] = Fix(_message(fix["description"]), fix["target"], edit)
    return Finding(**fields)  # type: ignore[arg-type]
