"""The data types of the project: frozen values that every layer shares.

Names follow XLIFF 2.1 (unit, segment, source, target, state), TBX (term) and gettext
(previous source, obsolete). It imports only the standard library.

Offsets and columns count Unicode code points of the decoded text, never bytes. Lines and
columns start at 1, offsets at 0. A language is a BCP 47 tag: ``en`` or ``ko``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def N_(template: str) -> str:  # noqa: N802 - gettext's own name for it
    """Return ``template`` unchanged; the call marks it for extraction into the tool's catalog."""
    return template


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to a person: an English template and its values.

    The template is a msgid of ``bilingual.i18n``, which translates it; ``str()`` is English.
    Values are put in with ``str.format`` by name, and may be messages themselves.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values) if self.values else self.template


def msg(template: str, /, **values: object) -> Message:
    """Return the message of ``template`` (marked for extraction) and ``values``."""
    return Message(template, values)


class State(StrEnum):
    """How far a target is, as XLIFF 2.1 names it. Compare with ``State.rank``."""

    INITIAL = "initial"
    """No target yet."""
    TRANSLATED = "translated"
    """A draft by a machine, the memory or a person, not reviewed."""
    REVIEWED = "reviewed"
    """A person approved it."""
    FINAL = "final"
    """Signed off by an editor."""

    @property
    def rank(self) -> int:
        """0 for ``initial`` to 3 for ``final``."""
        return list(State).index(self)


class Kind(StrEnum):
    """What a unit is in its article."""

    FIELD = "field"
    """A front-matter value; its path is its key (``title``, ``hero.alt``, ``tags.0``)."""
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """The text of a list item, without its nested lists."""
    CELL = "cell"
    """A table cell, of the head or the body."""
    ALT = "alt"
    """The alternative text of a standalone image."""
    CAPTION = "caption"
    """The title of a standalone image, or of a link definition."""
    FOOTNOTE = "footnote"
    """A paragraph of a footnote's definition."""
    DEFINITION = "definition"
    """A term or a description of a definition list."""
    HTML = "html"
    """A run of text inside an HTML block."""
    ATTRIBUTE = "attribute"
    """An ``alt`` or ``title`` attribute in an HTML block."""


@dataclass(frozen=True, slots=True)
class Position:
    """A range in a file, and where it begins."""

    line: int
    column: int = 1
    start: int = 0
    """Offset of the first character in the decoded text."""
    end: int = 0
    """Offset after the last character."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest text that is translated on its own, in the current article."""

    kind: Kind
    source: str
    """The Markdown as an author would write it: without container prefixes (``> ``, indentation),
    lines joined by ``\\n``; cells with pipes unescaped; fields decoded."""
    path: tuple[str, ...] = ()
    """Headings above the unit, outermost first, in the source language; for a field its key."""
    translatable: bool = True
    """False for pure numbers, code, URLs and symbols: shown in context, never sent."""
    notes: tuple[str, ...] = ()
    """The author's notes for translators (``<!-- bilingual:note … -->``)."""
    position: Position = field(default=Position(1), compare=False)


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence within a unit."""

    text: str
    start: int
    """Offset in the unit's text."""
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """The translation of a unit, and where it comes from."""

    text: str = ""
    state: State = State.INITIAL
    """The state that was reached; a stale target keeps the state it had."""
    origin: str = ""
    """``mt:<engine>/<model>``, ``tm:<score> <where>``, ``human:<name>`` or ``import:<file>``."""
    reviewer: str = ""
    """Who approved it."""
    time: str = ""
    """When the target last changed: UTC, ISO 8601 to the second (``2026-04-09T01:02:03Z``). The
    drafts of one run all carry the time at which the run began."""
    previous: str | None = None
    """The source this target was made from, when that has changed since: the unit is stale."""
    failure: str = ""
    """Why the last draft was refused, when the state is ``initial``."""
    drafted: str = ""
    """When the text was made, where that is not ``time``: it was approved since."""

    @property
    def made_at(self) -> str:
        """When the text was made; for an engine's or a memory's text this identifies the run."""
        return self.drafted or self.time

    @property
    def stale(self) -> bool:
        """True when the source changed after the target was made."""
        return self.previous is not None

    @property
    def approved(self) -> bool:
        """True when a person approved the target and the source has not changed since."""
        return not self.stale and self.state in (State.REVIEWED, State.FINAL)


@dataclass(frozen=True, slots=True)
class EarlierTarget:
    """A target that a unit had before another text took its place."""

    text: str
    state: State = State.TRANSLATED
    """The state that it had; ``initial`` when it was withdrawn (rejected or reverted)."""
    origin: str = ""
    reviewer: str = ""
    """Who approved it, or who withdrew it."""
    time: str = ""
    """When it was approved or withdrawn; else when it was made."""
    drafted: str = ""
    """When the text was made, where that is not ``time``."""
    source: str = ""
    """The fingerprint (``catalog.history.fingerprint``) of the source it was made from."""
    reverted: bool = False
    """True when it was withdrawn with its run or origin, perhaps without a review."""

    @property
    def made_at(self) -> str:
        """When the text was made; for an engine's or a memory's text this identifies the run."""
        return self.drafted or self.time


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit in one catalog: its permanent id, its source and its target."""

    id: str
    """``msgctxt``: stable for the life of the unit."""
    kind: Kind
    source: str
    path: tuple[str, ...] = ()
    target: Target = Target()
    notes: tuple[str, ...] = ()
    """Notes of reviewers, oldest first, as ``name: text`` (translator comments)."""
    author_notes: tuple[str, ...] = ()
    """Notes of the author (extracted comments), read from the article again each time."""
    obsolete: bool = False
    """True when the unit is no longer in the article; kept so that it can be restored."""
    extra: tuple[str, ...] = ()
    """Comment lines and flags of other tools (``# …``, ``#. …``, ``#, no-wrap``), unchanged."""
    history: tuple[EarlierTarget, ...] = ()
    """The earlier targets of the unit, oldest first; see ``catalog.history``."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All entries of one article in one target language, in article order, obsolete ones last."""

    slug: str
    source_language: str
    target_language: str
    path: str
    """The article's file, relative to the newsroom, with ``/``."""
    entries: tuple[Entry, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    """Header fields of other tools, as name and value, in order."""
    comment: tuple[str, ...] = ()
    """Comment lines above the header, unchanged."""

    @property
    def live(self) -> tuple[Entry, ...]:
        """The entries whose units are in the article."""
        return tuple(entry for entry in self.entries if not entry.obsolete)


@dataclass(frozen=True, slots=True)
class Term:
    """One glossary concept with its forms in both languages."""

    id: str
    forms: Mapping[str, tuple[str, ...]]
    """The allowed forms by language, the preferred one first. A kept term has the same
    preferred form in every language."""
    keep: bool = False
    """Do not translate: the target has the same form as the source."""
    forbidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reading: str = ""
    """How the form in Korean text is read aloud, in Hangul; it decides the particle."""
    kind: str = ""
    first_mention: str = ""
    """The form for an article's first mention in Korean, or empty."""
    case: bool = False
    """True when letter case matters in matching."""
    note: str = ""
    line: int = field(default=0, compare=False)
    """Where the entry begins in the glossary's file."""

    def preferred(self, language: str) -> str:
        """Return the preferred form in ``language``; raises ``KeyError`` when there is none."""
        return self.forms[language][0]


@dataclass(frozen=True, slots=True)
class MemoryPair:
    """A source and its target in the translation memory, with their context."""

    source: str
    target: str
    source_language: str
    target_language: str
    origin: str = ""
    """The origin of the target, as in ``Target``; ``import:<file>`` for everything in a file."""
    slug: str = ""
    unit: str = ""
    segment: bool = False
    """True for a sentence of the unit, False for the whole unit."""
    reviewer: str = ""
    time: str = ""
    """When the target was approved; empty when unknown."""
    before: tuple[str, str] = ("", "")
    """Source and target of the previous unit, or of the previous sentence of the unit."""
    after: tuple[str, str] = ("", "")

    def reversed(self) -> MemoryPair:
        """Return the same pair for the other direction."""
        return replace(
            self,
            source=self.target,
            target=self.source,
            source_language=self.target_language,
            target_language=self.source_language,
            before=self.before[::-1],
            after=self.after[::-1],
        )


@dataclass(frozen=True, slots=True)
class Match:
    """A match of the translation memory."""

    source: str
    target: str
    score: int
    """101 in-context exact, 100 exact, 75–99 fuzzy."""
    origin: str = ""
    slug: str = ""
    """The article it comes from; empty for an imported pair without one."""
    unit: str = ""
    segment: bool = False
    """True for a sentence of a unit, False for a whole unit."""
    time: str = ""
    """When it was approved; empty when unknown."""


class Severity(StrEnum):
    """How serious a finding is; an ``error`` prevents publishing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Scope(Enum):
    """What a check is run on."""

    UNIT = "unit"
    PAIR = "pair"
    NEWSROOM = "newsroom"


@dataclass(frozen=True, slots=True)
class Edit:
    """The replacement for a range of a file, escaped as in that file."""

    line: int
    column: int
    end_line: int
    end_column: int
    """The column after the last character to replace."""
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A certain correction of a finding."""

    description: Message
    target: str
    """The corrected target of the unit."""
    edit: Edit | None = None
    """The same as an edit of the finding's file; None until the file is known."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation of a rule, with its location."""

    rule: str
    severity: Severity
    message: Message
    path: str = ""
    """The file a person would edit, relative to the newsroom."""
    line: int = 1
    column: int = 1
    slug: str = ""
    unit: str = ""
    language: str = ""
    """The target language."""
    source: str = ""
    target: str = ""
    fix: Fix | None = None
    span: tuple[int, int] = (0, 0)
    """The offsets of the violation in ``target``; ``(0, 0)`` when it has none."""
    source_span: tuple[int, int] = (0, 0)
    """The offsets of what it refers to in ``source``."""
    end_line: int = 0
    """Where the violation ends in the file; 0 when it is a point."""
    end_column: int = 0
    """The column after its last character."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Findings that people have decided to accept, and why."""

    rule: str
    reason: str
    unit: str = ""
    """The id of a unit; any when empty, as for the next two."""
    slug: str = ""
    path: str = ""
    """A pattern of paths: ``*`` and ``?`` match any characters, also ``/``."""
    until: str = ""
    """The last day (ISO 8601) on which it is valid; no limit when empty."""
    line: int = field(default=0, compare=False)
    """Its line in ``bilingual.toml``."""
    used: bool = True
    """False when it matched no finding."""
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One source document."""

    slug: str
    language: str
    path: str
    """Relative to the newsroom, with ``/``."""
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Both versions of an article, ready to publish together."""

    slug: str
    source_language: str
    texts: Mapping[str, str]
    """The complete Markdown document by language, with front matter."""
    draft: bool = False
    """True when something in it is not approved: it is built as a preview, marked as a draft."""
    folder: str = ""
    """The article's folder, relative to the newsroom, where its images are."""
