"""The target ``markdown``: each pair as two Markdown files for any other site generator.

``pairs/<slug>/index.<language>.md`` with its front matter translated and two keys added: ``lang``
and ``translations``, the other version's file by language; a draft has ``draft: true``, which
Hugo, Jekyll and Astro do not publish. Both files have the anchors of the source's headings (see
``anchor``). The images are next to them as in the newsroom. These files also record what is
published.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilingual.markdown.anchors import anchors
from bilingual.markdown.front_matter import insert, locate
from bilingual.markdown.lines import Lines
from bilingual.markdown.parser import new_parser
from bilingual.publish.base import File
from bilingual.publish.output import record
from bilingual.publish.page.address import INDEX
from bilingual.publish.page.anchor import add_anchors, remove_anchors
from bilingual.publish.page.article import version

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from bilingual.model import Pair
    from bilingual.publish.base import Edition

FOLDER = "pairs"
OWN_KEYS = ("lang", "translations", "draft")
"""Front-matter keys that describe a file in its pair; they replace an author's own."""

TABLE = re.compile(r"^[ \t]*\[[^\[\]\n]+\][ \t]*$", re.MULTILINE)
"""The header of a table in TOML."""
NEIGHBOUR = re.compile(
    r"(?P<before>\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:\s*<?|\bhref=[\"'])"
    r"(?P<path>(?:\./)?(?:\.\./(?P<slug>[^/\s()<>#?\"']+)/)?)(?P<file>index\.[a-z]{2,3}\.md)",
    re.MULTILINE,
)
"""The address of an article's file in a Markdown link, a link definition or HTML."""


def plan(edition: Edition) -> Iterator[File]:
    """Yield both files of every pair, the record of their lines, and their images."""
    for pair in edition.pairs:
        texts = {
            name(language): document(pair, language, edition.slugs, edition.anchors)
            for language in edition.languages
        }
        for file, text in texts.items():
            yield File(f"{FOLDER}/{pair.slug}/{file}", text.encode())
        yield File(f"{FOLDER}/{pair.slug}/{record.NAME}", record.serialize(texts).encode())
        for language in edition.languages:
            shown = version(
                pair, language, edition, page=lambda slug, _: slug, file=lambda place: place
            )
            for place, picture in shown.files.items():
                yield File(f"{FOLDER}/{place}", picture)


def name(language: str) -> str:
    """Return the name of a pair's file in ``language``."""
    return f"index.{language}.md"


def document(
    pair: Pair, language: str, slugs: Collection[str], anchor_style: str = "attribute"
) -> str:
    """Return the published Markdown of ``pair`` in ``language``.

    Links to the articles ``slugs`` go to their version in ``language``; ``anchor_style`` is one
    of ``anchor.STYLES``.
    """
    ids = [each for _, each in anchors(pair.texts[pair.source_language])]
    text = add_anchors(pair.texts[language], ids, anchor_style)
    text = replace_links(text, lambda slug: language if slug is None or slug in slugs else "")
    keys: dict[str, object] = {
        "lang": language,
        "translations": {each: name(each) for each in pair.texts},
    }
    if pair.draft:
        keys["draft"] = True
    return insert(without_keys(text, OWN_KEYS), keys)


def undo_publishing(text: str, ids: Sequence[str], source_of: Callable[[str | None], str]) -> str:
    """Return the published ``text`` without what publishing changed in its lines.

    ``ids`` are the anchors of the source's headings; ``source_of`` returns the source language of
    an article (of this one for None), empty when unknown. Lines keep their numbers, so added
    front-matter keys are kept.
    """
    return replace_links(remove_anchors(text, ids), source_of)


def without_keys(text: str, keys: Collection[str]) -> str:
    """Return ``text`` without the front-matter ``keys`` and what is indented below them."""
    lines = Lines(text)
    fence = locate(lines.source)
    if fence is None:
        return text
    names = "|".join(map(re.escape, keys))
    # TOML has no indented values; a key in one of its tables belongs to that table.
    colon = "[ \\t]*:" if fence.syntax == "yaml" else "[ \\t]*="
    block = re.compile(rf"^(?:{names}){colon}.*\n(?:[ \t-].*\n)*", re.MULTILINE)
    end = fence.end
    if fence.syntax == "toml" and (table := TABLE.search(lines.source, fence.start, fence.end)):
        end = table.start()
    for found in reversed(list(block.finditer(lines.source, fence.start, end))):
        text = text[: lines.original(found.start())] + text[lines.original(found.end()) :]
    return text


def replace_links(text: str, language_of: Callable[[str | None], str]) -> str:
    """Return ``text`` with its links to articles changed to the file in another language.

    ``language_of`` returns it for a slug (None: the article itself); where that is empty, the link
    is unchanged.
    """
    code = _code_lines(text)

    def lead(found: re.Match[str]) -> str:
        line = text.count("\n", 0, found.start("file"))
        language = language_of(found["slug"]) if INDEX.fullmatch(found["file"]) else ""
        if line in code or not language:
            return found[0]
        return f"{found['before']}{found['path']}{name(language)}"

    return NEIGHBOUR.sub(lead, text)


def _code_lines(text: str) -> set[int]:
    return {
        line
        for token in new_parser().parse(text)
        if token.type in {"fence", "code_block"} and token.map
        for line in range(*token.map)
    }
