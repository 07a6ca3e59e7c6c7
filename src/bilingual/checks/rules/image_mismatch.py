"""An image differs from the source.

What
    Compares the files of the images within a text: none is missing, none is added.
Why
    Readers of the translation get the same pictures.
Wrong
    en: The chart ![Scores](scores.svg) says it.
    ko: 표 ![점수](점수.svg)가 말해 준다.

    en: The chart ![Scores](scores.svg) says it.
    ko: 표가 말해 준다.
Right
    en: The chart ![Scores](scores.svg) says it.
    ko: 표 ![점수](scores.svg)가 말해 준다.

    en: See ![Scores](scores.en.svg).
    ko: ![점수](scores.ko.svg)를 보라.
Known limits
    A file name may contain the target's language instead of the source's. An image in raw HTML is
    `html-mismatch`.
Fix
    Copy the image's address from the source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.checks.base import Violation
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject
    from bilingual.markdown.inline import Inline

SEVERITY = Severity.ERROR

LOST = N_("the image {address} is missing")
NEW = N_("the image {address} is not in the source")
LOCALE = re.compile(r"(?<=[/._-])(?:en|ko|kr)(?=[/._-])")


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each image that only one side has."""
    source, target = _images(subject.source), _images(subject.target)
    for key, image in source.items():
        if key not in target:
            values = {"address": image.destination or image.label}
            yield Violation(Message(LOST, values), source_span=(image.start, image.end))
    for key, image in target.items():
        if key not in source:
            values = {"address": image.destination or image.label}
            yield Violation(Message(NEW, values), (image.start, image.end))


def _images(side: Side) -> dict[str, Inline]:
    if "![" not in side.text:
        return {}
    images = side.of_kind("image")
    return {LOCALE.sub("", each.destination) or f"[{each.label}]": each for each in images}
