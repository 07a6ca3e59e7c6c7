"""What a unit keeps while its article is edited, measured on a generated history of edits.

A history takes a text through edits as authors make them, segments it anew after each, and
compares with the truth, which the code under test never sees: which unit each text of the article
is. Every target is unlike every other, so a target on a wrong unit cannot hide.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilingual.catalog import po
from bilingual.catalog.similarity import LONE, likeness, tokens
from bilingual.catalog.trivial import meaning
from bilingual.catalog.update import update
from bilingual.markdown.segment import segment
from bilingual.model import Catalog, Entry, Kind, State, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilingual.model import Unit

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "articles"
EMPTY = Catalog("it", "en", "ko", "articles/it/index.en.md")
LEXICON = """
model benchmark licence token score weight open closed physician compute context release paper
engineer chip memory cloud agent prompt survey rival startup investor lawsuit policy
모델 점수 가중치 공개 벤치마크 추론 학습 매개변수 발표 연구진 데이터 성능 반도체 투자 규제 시장
"""
WORDS = LEXICON.split()
Slots = list[int | None]
"""For each translated text of an article the number of the unit it is; None for one that the
edit made new or changed."""


@dataclass
class History:
    """An article on its way through its edits."""

    text: str
    seed: int
    catalog: Catalog = EMPTY
    slots: Slots = field(default_factory=list)
    known: dict[int, Entry] = field(default_factory=dict)
    """Each unit as it stood in the catalog last."""
    older: list[tuple[str, Slots]] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)
    """Edits by name."""
    untouched: int = 0
    lost: list[str] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 - the same each time
        self.catalog = update(EMPTY, units(self.text)).catalog
        self.slots = [None] * len(self.catalog.live)
        self.work_on()

    def step(self) -> None:
        """Make one edit, segment, and compare what the catalog says with the truth."""
        edit = self.random.choice(EDITS)
        edited = edit(self)
        if edited is None:
            return
        text, slots = edited
        after = units(text)
        if len(after) != len(slots) or any(
            number is not None and unit.source != self.known[number].source and edit is not restore
            for number, unit in zip(slots, after, strict=True)
        ):
            return  # the edit meant something else here: a block grew together with the next
        if any(one.source == two.source for one, two in pairwise(after)):
            return  # of two equal neighbours nobody can say which was which
        self.older.append((self.text, self.slots))
        self.made[edit.__name__] += 1
        updated = update(self.catalog, after).catalog
        self.catalog = po.parse(po.serialize(updated), path="it.po")
        assert self.catalog == updated
        self.compare(edit.__name__, slots)
        self.text, self.slots = text, slots
        self.work_on()

    def compare(self, edit: str, slots: Slots) -> None:
        for entry, number in zip(self.catalog.live, slots, strict=True):
            if number is not None and entry.source == self.known[number].source:
                self.untouched += 1
                was = self.known[number]
                if (entry.id, entry.target, entry.notes) != (was.id, was.target, was.notes):
                    self.lost.append(f"{edit}: {entry.source!r}: {entry.target} not {was.target}")
            if entry.target.text and not self.fits(entry):
                self.misfits.append(f"{edit}: {entry.target} on {entry.source!r}")

    def fits(self, entry: Entry) -> bool:
        """Return whether a target is allowed here: on its own text, or stale on a similar one."""
        made_from = MADE_FROM[entry.target.text]
        if not entry.target.stale:
            return meaning(made_from) == meaning(entry.source)
        before, after = tokens(made_from), tokens(entry.source)
        near = tokens(self.known[int(entry.target.text.split()[-1])].source)
        return entry.target.previous == made_from and (
            max(likeness(before, after), likeness(near, after)) >= LONE
        )

    def work_on(self) -> None:
        """Do what people do: translate what is new, look at what is stale (or leave it)."""
        entries = []
        for place, entry in enumerate(self.catalog.live):
            if not entry.target.text:
                self.slots[place] = number = len(MADE_FROM) + 1
                state = (State.TRANSLATED, State.REVIEWED, State.FINAL)[number % 3]
                target = Target(f"번역 {number}", state, f"human:{number}", "Kim")
                work = replace(entry, target=target, notes=(f"Kim: note {number}",))
                MADE_FROM[target.text] = entry.source
            else:
                number = int(entry.target.text.split()[-1])
                self.slots[place] = number
                work = entry
                if entry.target.stale and self.random.random() < 0.5:
                    work = replace(entry, target=replace(entry.target, previous=None))
                if not work.target.stale:
                    MADE_FROM[work.target.text] = work.source
            self.known[number] = work
            entries.append(work)
        asleep = [entry for entry in self.catalog.entries if entry.obsolete]
        for entry in asleep:
            self.known[int(entry.target.text.split()[-1])] = replace(entry, obsolete=False)
        self.catalog = replace(self.catalog, entries=(*entries, *asleep))

    # What edits choose from

    def plain(self, *kinds: Kind) -> list[tuple[int, Unit]]:
        """Return units that stand in the text as they are, on lines of their own."""
        return [
            (place, unit)
            for place, unit in enumerate(units(self.text))
            if unit.kind in kinds
            and self.text[unit.position.start : unit.position.end] == unit.source
        ]

    def blocks(self) -> list[tuple[int, int, int, int]]:
        """Return (start, end, first index, index after) of paragraphs and of whole sections."""
        starts = [0, *(found.end() for found in re.finditer(r"\n\n+", self.text)), len(self.text)]
        heads = [start for start in starts if re.match(r"#+ ", self.text[start:])]
        sections = list(zip(heads, [*heads[1:], len(self.text)], strict=True))
        body = self.text.find("\n---\n", 3) + 5 if self.text.startswith("---") else 0
        return [
            (start, end, self.place(start), self.place(end))
            for start, end in [*pairwise(starts), *sections]
            if start >= body and end > start
        ]

    def place(self, offset: int) -> int:
        return sum(unit.position.start < offset for unit in units(self.text))


MADE_FROM: dict[str, str] = {}
"""The source each target was made from; numbers are never used twice."""


@lru_cache(maxsize=64)
def units(text: str) -> list[Unit]:
    return [unit for unit in segment(text).units if unit.translatable]


Edited = tuple[str, Slots] | None


def change_a_word(on: History) -> Edited:
    place, unit = on.random.choice(on.plain(*Kind))
    words = list(re.finditer(r"[^\W\d_]{2,}", unit.source))
    if not words:
        return None
    word = on.random.choice(words)
    changed = unit.source[: word.start()] + on.random.choice(WORDS) + unit.source[word.end() :]
    slots = [*on.slots]
    slots[place] = None if changed != unit.source else slots[place]
    return put(on.text, unit, changed), slots


def split_a_paragraph(on: History) -> Edited:
    place, unit = on.random.choice(on.plain(Kind.PARAGRAPH))
    begin, stop, end = unit.source.partition(". ")
    if not stop or not end:
        return None
    return put(on.text, unit, f"{begin}.\n\n{end}"), replaced(on.slots, place, 1, 2)


def join_paragraphs(on: History) -> Edited:
    plain = on.plain(Kind.PARAGRAPH)
    (place, one), (_, two) = on.random.choice(list(pairwise(plain)))
    start, end = one.position.start, two.position.end
    if on.text[one.position.end : two.position.start] != "\n\n":
        return None
    text = f"{on.text[:start]}{one.source} {two.source}{on.text[end:]}"
    return text, replaced(on.slots, place, 2, 1)


def move_a_block(on: History) -> Edited:
    start, end, first, behind = on.random.choice(on.blocks())
    to, _, place, _ = on.random.choice(on.blocks())
    if start <= to <= end:
        return None
    block = on.text[start:end].rstrip("\n") + "\n\n"
    rest, slots = on.text[:start] + on.text[end:], on.slots[:first] + on.slots[behind:]
    if to > start:
        to, place = to - (end - start), place - (behind - first)
    text = rest[:to] + block + rest[to:]
    return text, slots[:place] + on.slots[first:behind] + slots[place:]


def delete_a_block(on: History) -> Edited:
    start, end, first, behind = on.random.choice(on.blocks())
    if behind - first > len(on.slots) // 3:
        return None
    return on.text[:start] + on.text[end:], on.slots[:first] + on.slots[behind:]


def restore(on: History) -> Edited:
    return on.random.choice(on.older[-6:]) if on.older else None


def insert_a_paragraph(on: History) -> Edited:
    start, _, place, _ = on.random.choice(on.blocks())
    words = " ".join(on.random.choices(WORDS, k=on.random.randint(5, 20)))
    text = f"{on.text[:start]}New {words}.\n\n{on.text[start:]}"
    return text, replaced(on.slots, place, 0, 1)


def insert_a_row(on: History) -> Edited:
    rows = [row for row in re.finditer(r"(?m)^\| *[^|\s].*\|$", on.text) if "--" not in row[0]]
    rows = [row for row in rows if not re.match(r"\n\|[-: ]+", on.text[row.end() :])]
    if not rows:
        return None
    row = on.random.choice(rows)
    cell = f"{on.random.choice(WORDS)} {on.random.choice(WORDS)} {len(MADE_FROM)}"
    new = re.sub(r"^\|[^|]*\|", f"| {cell} |", row[0])
    text = f"{on.text[: row.end()]}\n{new}{on.text[row.end() :]}"
    slots = [*on.slots]
    for place, unit in enumerate(units(text)):
        if row.end() < unit.position.start <= row.end() + len(new):
            slots.insert(place, None)
    return text, slots


def insert_an_item(on: History) -> Edited:
    items = list(re.finditer(r"(?m)^(?:[-*]|\d+\.) (?=\w)", on.text))
    if not items:
        return None
    item = on.random.choice(items)
    words = " ".join(on.random.choices(WORDS, k=4))
    text = f"{on.text[: item.start()]}{item[0]}{words}\n{on.text[item.start() :]}"
    return text, replaced(on.slots, on.place(item.start()), 0, 1)


def renumber_a_list(on: History) -> Edited:
    text = re.sub(r"(?m)^(\d+)\. ", lambda found: f"{int(found[1]) + 1}. ", on.text)
    return text, [*on.slots]


def rename_the_file(on: History) -> Edited:
    on.catalog = replace(on.catalog, slug="it", path=f"articles/it-{len(MADE_FROM)}/index.en.md")
    return on.text, [*on.slots]


def put(text: str, unit: Unit, source: str) -> str:
    return text[: unit.position.start] + source + text[unit.position.end :]


def replaced(slots: Slots, place: int, old: int, new: int) -> Slots:
    return [*slots[:place], *[None] * new, *slots[place + old :]]


EDITS: tuple[Callable[[History], Edited], ...] = (
    change_a_word, change_a_word, split_a_paragraph, join_paragraphs, move_a_block, move_a_block,
    delete_a_block, restore, insert_a_paragraph, insert_a_row, insert_an_item, renumber_a_list,
    rename_the_file,
)  # fmt: skip


def article(seed: int) -> str:
    """Return an article as newsrooms write them: tables and lists with texts that repeat."""
    chance = random.Random(seed)  # noqa: S311

    def sentence() -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(5, 14))).capitalize() + "."

    parts = [f"---\ntitle: {sentence()}\ntags: [models, {chance.choice(WORDS)}]\n---"]
    for _ in range(chance.randint(4, 7)):
        parts.append(f"## {' '.join(chance.choices(WORDS, k=3)).capitalize()}")
        parts += [" ".join(sentence() for _ in range(chance.randint(1, 4))) for _ in range(3)]
        parts.append("\n".join(f"- {sentence()}" for _ in range(3)))
        rows = [f"| {sentence()} | {chance.choice(['MIT', 'Apache'])} | yes |" for _ in range(4)]
        parts.append("\n".join(["| Model | Licence | Open |", "|---|---|---|", *rows]))
        parts.append("\n".join(f"{n}. {sentence()}" for n in (1, 2, 3)))
        parts.append("Read more below.")
    return "\n\n".join(parts) + "\n"


def run(text: str, seed: int, edits: int) -> History:
    history = History(text, seed)
    for _ in range(edits * 4):
        if sum(history.made.values()) >= edits:
            break
        history.step()
    return history


def report(histories: Sequence[History], capsys: pytest.CaptureFixture[str]) -> None:
    """Print what was measured, and hold it to what is promised."""
    made = sum((history.made for history in histories), Counter[str]())
    untouched = sum(history.untouched for history in histories)
    lost = [each for history in histories for each in history.lost]
    misfits = [each for history in histories for each in history.misfits]
    with capsys.disabled():
        share = 100 * (untouched - len(lost)) / untouched
        edits = ", ".join(f"{name} {count}" for name, count in sorted(made.items()))
        print(  # noqa: T201 - the measure itself, for whoever runs it
            f"\n{sum(made.values())} edits ({edits}): of {untouched} untouched units "
            f"{share:g} % kept everything, {len(misfits)} targets do not fit"
        )
    assert sum(made.values()) >= 1000
    assert set(made) == {edit.__name__ for edit in EDITS}
    assert untouched > 50_000
    assert lost == []
    assert misfits == []


def test_untouched_units_keep_everything_in_generated_articles(capsys):
    report([run(article(seed), seed, 50) for seed in range(20)], capsys)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus")
def test_untouched_units_keep_everything_in_the_corpus(capsys):
    files = sorted(CORPUS.rglob("*.md*"))
    chosen = random.Random(2026).sample(files, 50)  # noqa: S311
    texts = [file.read_bytes().decode().replace("\r\n", "\n") for file in chosen]
    report([run(text, seed, 25) for seed, text in enumerate(texts)], capsys)
