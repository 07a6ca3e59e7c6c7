"""Hypothesis strategies for Markdown: made of blocks, and mutated from the spec and the corpus."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from tests.support.fragments import BLOCKS, EXAMPLES, PARAGRAPHS, SPACES

CHARACTERS = st.sampled_from(
    [*"#-+*_=>`~|:[]()<>!{}$\\&^\"'.,0159 aZ가나\t\n", "\n\n", "\r\n", "\r"]
)
noise = st.lists(CHARACTERS, max_size=30).map("".join)
prefixes = st.sampled_from(["", "", "", "> ", "- ", "  ", "    ", "1. ", "\t", "[^n]: ", ": "])


@st.composite
def articles(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.one_of(st.sampled_from(BLOCKS), noise), max_size=7))
    joined = []
    for part in parts:
        prefix = draw(prefixes)
        joined.append("\n".join(prefix + line for line in part.split("\n")))
    text = draw(st.sampled_from(["\n\n", "\n\n", "\n"])).join(joined)
    ending = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    text = draw(st.sampled_from(["", "", "\ufeff", "---\ntitle: 값\ntags: [a, 'b']\n---\n"])) + text
    return text.replace("\n", ending) + draw(st.sampled_from(["", ending, " "]))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return one to three pieces of the spec, the corpus or our blocks, with a few edits.

    An edit cuts a stretch out, doubles it, moves it, puts a mark in, or indents and quotes lines:
    what tears Markdown apart and still leaves most of it standing.
    """
    sources = [EXAMPLES, BLOCKS, *([PARAGRAPHS] if PARAGRAPHS else [])]
    pieces = draw(
        st.lists(st.sampled_from(sources).flatmap(st.sampled_from), min_size=1, max_size=3)
    )
    text = draw(st.sampled_from(["\n\n", "\n", ""])).join(pieces)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        kind = draw(st.sampled_from(["cut", "double", "move", "mark", "prefix", "ending"]))
        if kind == "cut":
            text = text[:start] + text[end:]
        elif kind == "double":
            text = text[:end] + text[start:end] + text[end:]
        elif kind == "move":
            part, rest = text[start:end], text[:start] + text[end:]
            place = draw(st.integers(0, len(rest)))
            text = rest[:place] + part + rest[place:]
        elif kind == "mark":
            mark = draw(
                st.one_of(CHARACTERS, st.sampled_from(["\x00", "\u2028", "\ufeff", "\xa0"]))
            )
            text = text[:start] + mark + text[start:]
        elif kind == "prefix":
            prefix = draw(prefixes)
            text = "\n".join(prefix + line for line in text.split("\n"))
        else:
            text = text.replace("\n", draw(st.sampled_from(["\r\n", "\r", "\n\n"])))
    return text


@st.composite
def spaced(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """Return one of ``texts`` with up to three odd spaces or line ends, mostly at edges of words.

    One of them may take the place of a space or a line end.
    """
    text = draw(texts)
    for _ in range(draw(st.integers(0, 3))):
        edges = [match.start() for match in re.finditer(r"\b|\n|$", text)]
        place = draw(st.sampled_from(edges) | st.integers(0, len(text)))
        instead = text[place : place + 1] in {" ", "\n"} and draw(st.booleans())
        text = f"{text[:place]}{draw(st.sampled_from(SPACES))}{text[place + instead :]}"
    return text
