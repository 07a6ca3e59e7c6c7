"""Words that cannot end an English sentence: an article, a preposition, an auxiliary."""

from __future__ import annotations

import re

_BRIEF = """
    the a an of and or nor but its their his her your our my each every which who whose whether is
    are was were be been being than because
"""
"""Words that cannot end a headline, cell or caption either."""
_WORDS = """
    to in on at by for with from into onto about between via per through without under within
    that as if when while where how what has have had will would can could may might must should
    do does did not these those such very other using following new we they he she i we'll you
    based called here's there's it's isn't aren't doesn't don't
"""
_HANGING = frozenset((_BRIEF + _WORDS).split())
_SHORT = frozenset(_BRIEF.split())
_CLAUSE = re.compile(
    r".*\b(?:that|which|who|because|if|when|while|although|whether|where|since|until|unless)\b",
    re.IGNORECASE | re.DOTALL,
)
"""The text up to and including the word that begins the last clause."""
_PREDICATE = re.compile(
    r"(?<!\bthe )(?<!\ba )(?<!\ban )\b(?:is|are|was|were|am|be|has|have|had|will|would|can|"
    r"cannot|could|may|might|must|should|do|does|did|[a-z]+ed|[a-z]*[a-rtv-z]s|[A-Za-z]+['’](?:re|ll|ve|m|d|t)|"
    r"(?:it|that|there|he|she|what|here)['’]s|began|became|broke|built|came|chose|cost|cut|drew|"
    r"fell|felt|found|gave|got|grew|held|hit|kept|knew|led|left|let|lost|made|meant|met|paid|put|"
    r"ran|rose|said|saw|sent|set|sold|spent|spoke|stood|taught|thought|told|took|went|won|wrote|"
    r"use|need|want|make|see|get|work|run|go|take|give|know)\b(?!['’]s)"
)
"""What may be the verb of a clause; a plural noun looks like one."""
_WORD = re.compile(r"(?:\A|(?<=[\s(\"“‘'*_]))[A-Za-z’']+\Z")


def is_unfinished(text: str, *, brief: bool = False) -> bool:
    """Return True when ``text`` ends in a word that cannot end a sentence.

    With ``brief`` only words count that cannot end a headline, cell or caption either.
    """
    found = _WORD.search(text)
    return found is not None and found[0].lower().replace("’", "'") in (
        _SHORT if brief else _HANGING
    )


def has_open_clause(text: str) -> bool:
    """Return True when the last clause of ``text`` has nothing that may be its verb."""
    clause = _CLAUSE.match(text)
    return clause is not None and _PREDICATE.search(text, clause.end()) is None
