"""What a rule gets, what it yields, and what is known about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from bilingual.language.mask import BLANK, mask_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bilingual.checks.documentation import Documentation
    from bilingual.glossary.match import Matcher, TermMatch
    from bilingual.language.numbers.amount import Quantity
    from bilingual.language.numbers.quantity import Difference
    from bilingual.markdown.inline import Inline
    from bilingual.model import Entry, Fix, Message, Scope, Segment, Severity, Suppression, Term

HAS_DIGIT = re.compile(r"\d")
OPAQUE = frozenset({"code", "image", "autolink", "html", "footnote", "math"})
"""Inline constructs whose text is no language; of an image its alternative text is."""


Outline = tuple[tuple[str, int], ...]


class Side:
    """A unit's text in one language, and what rules want to know of it, worked out once."""

    def __init__(self, text: str, language: str, matcher: Matcher) -> None:
        self.text = text
        self.language = language
        self._matcher = matcher

    @cached_property
    def inlines(self) -> tuple[Inline, ...]:
        """The inline constructs, by their start."""
        from bilingual.markdown.inline import inlines  # noqa: PLC0415 - the parser loads slowly

        return inlines(self.text)

    def of_kind(self, *kinds: str) -> list[Inline]:
        """Return the inline constructs of ``kinds``, in the order of the text."""
        return [each for each in self.inlines if each.kind in kinds]

    @cached_property
    def masked(self) -> str:
        """The text with what looks like code, addresses and tags blanked out; offsets hold."""
        return mask_code(self.text)

    @cached_property
    def words(self) -> str:
        """The text with code, addresses, tags and footnote marks blanked out; offsets hold."""
        blanked: list[str] = []
        for each in self.inlines:
            if each.kind in {"link", "image"}:
                spans = [(each.start, each.inner_start), (each.inner_end, each.end)]
            elif each.kind in OPAQUE:
                spans = [(each.start, each.end)]
            else:
                continue
            blanked = blanked or list(self.text)
            for start, end in spans:
                blanked[start:end] = BLANK * (end - start)
        return mask_code("".join(blanked)) if blanked else self.masked

    @cached_property
    def hits(self) -> list[TermMatch]:
        """The glossary's forms in the words, allowed and forbidden."""
        return self._matcher.scan(self.words, self.language, mask=False)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The numbers, dates, amounts and multiples in the words."""
        from bilingual.language.numbers.quantity import quantities  # noqa: PLC0415 - few rules need it

        return quantities(self.words, self.language, self.names)

    @cached_property
    def digits(self) -> tuple[Quantity, ...]:
        """Those of the quantities that are written with digits."""
        from bilingual.language.numbers.quantity import quantities  # noqa: PLC0415 - few rules need it

        return quantities(self.words, self.language, self.names, words=False)

    @cached_property
    def names(self) -> tuple[tuple[int, int], ...]:
        """Where glossary terms with digits are: GPT-5.4 is a name, not a number."""
        return tuple((hit.start, hit.end) for hit in self.hits if any(map(str.isdigit, hit.form)))

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The sentences."""
        from bilingual.language.sentence import segments  # noqa: PLC0415 - few rules need it

        return segments(self.text, self.language, self.masked)


class Subject:
    """One unit with both its texts: what a rule of unit scope looks at."""

    def __init__(self, entry: Entry, source: Side, target: Side) -> None:
        self.entry = entry
        self.source = source
        self.target = target

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Where the quantities of the two texts differ; several rules report them."""
        from bilingual.language.numbers.quantity import differences  # noqa: PLC0415 - few rules need it

        if not (HAS_DIGIT.search(self.source.words) or HAS_DIGIT.search(self.target.words)):
            return ()
        # Number words can only add what digits may mean: reading them is most of the work,
        # and nearly always in vain.
        if not any(differences(self.source.digits, self.target.digits)):
            return ()
        return tuple(differences(self.source.quantities, self.target.quantities))


@dataclass(frozen=True, slots=True)
class PairSubject:
    """One article's units in document order: what a rule of pair scope looks at."""

    slug: str
    source_language: str
    target_language: str
    units: tuple[Subject, ...] = ()
    current: bool = True
    """False when the article changed since its catalog was made."""
    lacking: int = 0
    """How many of the article's units the catalog has not, then."""
    outlines: tuple[Outline, Outline] = ((), ())
    """The blocks of both documents, source and target, where two whole documents are compared:
    each block's name (``markdown.structure``) and its line, from 0."""


@dataclass(frozen=True, slots=True)
class NewsroomSubject:
    """All pairs and the glossary: what a rule of newsroom scope looks at."""

    pairs: tuple[PairSubject, ...] = ()
    terms: tuple[Term, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    """What became of each, once all other rules had run."""
    orphans: tuple[str, ...] = ()
    """Slugs of catalogs that have no article."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One violation, as a rule gives it; the caller adds the rule's name and the place."""

    message: Message
    span: tuple[int, int] = (0, 0)
    """Offsets in the target of what is wrong; ``(0, 0)`` when it is nowhere in it."""
    source_span: tuple[int, int] = (0, 0)
    fix: Fix | None = None
    unit: Subject | None = None
    """Which unit, from a rule of pair or newsroom scope; None if it is no particular one."""
    slug: str = ""
    """Which pair, from a rule of newsroom scope."""
    severity: Severity | None = None
    """Milder than the rule's, where this may be a translator's choice."""
    line: int = 0
    """The glossary's line, when the violation is there."""


class Confidence(StrEnum):
    """How sure a rule is of a violation."""

    CERTAIN = "certain"
    """It cannot be otherwise."""
    LIKELY = "likely"
    """Good translations seldom do this."""
    HINT = "hint"
    """A person has to judge."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, as its own file defines it."""

    name: str
    severity: Severity
    scope: Scope
    confidence: Confidence
    languages: tuple[str, ...]
    """The target languages it looks at."""
    blank: bool
    """True when it looks at units without a target too."""
    documentation: Documentation = field(repr=False)
    check: Callable[..., Iterator[Violation]] = field(repr=False)
