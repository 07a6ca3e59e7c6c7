"""What holds for every text, as one question: the properties, the fuzzer and its findings ask it.

Behind a record separator (U+001E) a text may bring the target that its units get; without one the
target is chosen among hostile ones by the text itself, so that the same text asks the same.
"""

from __future__ import annotations

import itertools
import zlib

from bilingual.catalog import po
from bilingual.catalog.update import update
from bilingual.errors import ContentError
from bilingual.markdown.inline import inlines
from bilingual.markdown.lines import BLANK
from bilingual.markdown.merge import merge
from bilingual.markdown.segment import segment
from bilingual.markdown.structure import skeleton
from bilingual.model import Catalog

HOSTILE = (
    "번역문이다.",
    "# 제목",
    "52. That's Muse Spark's score",
    "- a\n\nb",
    "a | b\n--|--\nc",
    "> 인용\n> 둘",
    "```\ncode",
    "<div>",
    "x\n===",
    "</p>",
    "[a]: b 'c'",
    "    code\n\n\tcode",
    "**용어(Term)**는 `x",
    ": definition",
    "---\ntitle: x\n---",
    '](x) ![y](z "t") \\',
    "<!-- bilingual:skip -->",
    "{{< x >}}",
    ":::note[x]",
    "\u2028$$\nx\n$$ &lt;script&gt;",
)


def ask(text: str) -> None:
    """Ask every promise of ``text``; raises ``AssertionError`` at the one that breaks."""
    text, _, target = text.partition("\x1e")
    target = target or HOSTILE[zlib.crc32(text.encode("utf-8", "replace")) % len(HOSTILE)]
    for words in (text, target):
        constructs_nest(words)
    po_is_read_or_refused(text)
    try:
        document = segment(text)
    except ContentError as error:
        names_a_line(error)
        return
    sources = {index: unit.source for index, unit in enumerate(document.units)}
    same = merge(document, sources)
    assert same.text == text
    assert same.refusals == ()
    assert skeleton(text) == document.skeleton
    units_lie_apart(document)
    catalog_comes_back(document)
    merged = merge(document, dict.fromkeys(sources, target))
    assert skeleton(merged.text) == document.skeleton
    every_second = merge(document, dict.fromkeys(list(sources)[::2], target))
    assert skeleton(every_second.text) == document.skeleton


def constructs_nest(text: str) -> None:
    """Inline constructs lie within the text and do not cross."""
    open_until: list[int] = []
    before = (0, -len(text))
    for item in inlines(text):
        assert 0 <= item.start <= item.inner_start <= item.inner_end <= item.end <= len(text)
        assert item.start < item.end
        assert (item.start, -item.end) >= before
        before = (item.start, -item.end)
        while open_until and open_until[-1] <= item.start:
            open_until.pop()
        assert not open_until or item.end <= open_until[-1]
        open_until.append(item.end)


def units_lie_apart(document) -> None:
    """Units lie within the text, in order, apart, and hold something."""
    spans = [span for place in document.locations for span in place.spans]
    for start, end in spans:
        assert 0 <= start <= end <= len(document.text)
    for (_, end), (start, _) in itertools.pairwise(spans):
        assert end <= start
    for unit, place in zip(document.units, document.locations, strict=True):
        assert unit.source.strip(BLANK)
        assert (unit.position.start, unit.position.end) == (place.start, place.end)


def catalog_comes_back(document) -> None:
    """A catalog of the units reads as it was written, and a second update changes nothing."""
    empty = Catalog("fuzz", "en", "ko", "articles/fuzz/index.en.md")
    made = update(empty, document.units).catalog
    written = po.serialize(made)
    read = po.parse(written, path="locales/ko/articles/fuzz.po")
    assert po.serialize(read) == written
    assert [entry.source for entry in read.live] == [
        unit.source for unit in document.units if unit.translatable
    ]
    again = update(read, document.units)
    assert not again.changed
    assert po.serialize(again.catalog) == written


def po_is_read_or_refused(text: str) -> None:
    """Any text is a catalog, which then is written and read stably, or refused with its line."""
    try:
        read = po.parse(text)
    except ContentError as error:
        names_a_line(error)
        return
    written = po.serialize(read)
    assert po.serialize(po.parse(written)) == written


def names_a_line(error: ContentError) -> None:
    """A refusal says where."""
    assert error.line > 0, error
