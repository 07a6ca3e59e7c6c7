"""Generate a memory of any size from real segments, and queries for it by another process.

Base: the units of ``../shared/corpus/segments.tsv`` and their sentences; some are held out. The
memory is the rest and, until it is large enough, made of them: one half with 5 to 50 % of the words
replaced by words from anywhere (variants of one text, as templates and updates give), the other the
beginning of one text and the end of another. Nothing is drawn twice; all by seed.

The queries, 100 of each kind, are generated differently from the memory:

- ``edited``: a text of the memory, from which a phrase was cut, into which a phrase of a held-out
  text was put, whose words were retyped (a letter dropped, doubled or changed) or whose endings
  were changed; up to a third of it;
- ``base``: the same of the real texts of the memory, which have many variants;
- ``real``: held-out texts, unchanged.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.language.sentence import segments

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "segments.tsv"
COLUMNS = {"en": 2, "ko": 3}
HELD_OUT = 600
ENDINGS = {
    "en": ["s", "ed", "ing", "", "ly", "'s"],
    "ko": ["은", "는", "이", "가", "을", "를", "에서", "으로", "도", "의"],
}


def base(language: str, seed: int) -> tuple[list[str], list[str]]:
    """Return the real texts of ``language`` that go into the memory, and those held out."""
    found: dict[str, None] = {}
    for line in CORPUS.read_text("utf-8").split("\n")[1:]:
        fields = line.split("\t")
        if len(fields) == 4:
            unit = fields[COLUMNS[language]]
            found |= dict.fromkeys([unit, *(each.text for each in segments(unit, language))])
    texts = list(found)
    random.Random(seed).shuffle(texts)  # noqa: S311 - texts, no secrets
    return texts[HELD_OUT:], texts[:HELD_OUT]


def memory(language: str, count: int, seed: int) -> list[str]:
    """Return ``count`` different texts, the real ones first."""
    rng = random.Random(seed)  # noqa: S311 - the same
    real, _ = base(language, seed)
    words = [text.split(" ") for text in real]
    anywhere = [word for text in words for word in text]
    found = dict.fromkeys(real[:count])
    while len(found) < count:
        text = list(rng.choice(words))
        if rng.random() < 0.5:
            rate = rng.uniform(0.05, 0.5)
            text = [rng.choice(anywhere) if rng.random() < rate else word for word in text]
        else:
            other = rng.choice(words)
            text = text[: rng.randint(1, len(text))] + other[rng.randrange(len(other)) :]
        found[" ".join(text)] = None
    return list(found)


def queries(language: str, texts: list[str], seed: int, count: int) -> Iterator[tuple[str, str]]:
    """Yield kind and text of ``count`` queries of each kind; ``texts`` are the memory's."""
    rng = random.Random(f"queries {seed}")  # noqa: S311 - the same
    real, held_out = base(language, seed)
    for kind, pool in (("edited", texts), ("base", real)):
        for _ in range(count):
            yield kind, edited(rng.choice(pool), held_out, language, rng)
    for text in rng.sample(held_out, count):
        yield "real", text


def edited(text: str, held_out: list[str], language: str, rng: random.Random) -> str:
    """Return ``text`` with a change as people make them."""
    words = text.split(" ")
    left = max(1, round(len(words) * rng.uniform(0.02, 0.33)))
    while left > 0:
        place, size = rng.randrange(len(words)), rng.randint(1, min(left, 4))
        way = rng.choice(["cut", "put", "retype", "end"])
        if way == "cut" and len(words) > size:
            del words[place : place + size]
        elif way == "put":
            phrase = rng.choice(held_out).split(" ")
            start = rng.randrange(len(phrase))
            words[place:place] = phrase[start : start + size]
        elif way == "retype" and words[place]:
            size, word, at = 1, words[place], rng.randrange(len(words[place]))
            letter = rng.choice(["", word[at] * 2, rng.choice(rng.choice(held_out))])
            words[place] = word[:at] + letter + word[at + 1 :]
        else:
            size = 1
            words[place] = words[place][: max(1, len(words[place]) - 1)] + rng.choice(
                ENDINGS[language]
            )
        left -= size
    return " ".join(words)
