"""The memory follows the files that git keeps, and survives whatever happens to its cache."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from bilingual.catalog import po
from bilingual.exchange import tmx
from bilingual.memory.store import Store
from bilingual.model import Catalog, Entry, Kind, MemoryPair, State, Target
from bilingual.workflow.memory import sources
from bilingual.workflow.memory.memory import FOLDER, Memory
from bilingual.workflow.translate import translate
from tests.support.copies import Copy


def entry(number: int, source: str, target: str, **more: object) -> Entry:
    values = {"state": State.REVIEWED, "origin": "human:Kim", "reviewer": "Kim", **more}
    return Entry(f"u{number}", Kind.PARAGRAPH, source, target=Target(target, **values))


def catalog(slug: str, *entries: Entry, source: str = "en", target: str = "ko") -> str:
    return po.serialize(
        Catalog(slug, source, target, f"articles/{slug}/index.{source}.md", entries)
    )


CHIPS = (
    entry(1, "Chip exports rose", "반도체 수출 증가"),
    entry(2, "Exports of memory chips rose by 20 per cent in March.",
          "3월 메모리 반도체 수출이 20% 늘었다."),
    entry(3, "Prices fell. Demand was weak.", "가격은 내렸다. 수요가 약했다."),
    entry(4, "Nobody has read this yet.", "아직 아무도 읽지 않았다.", state=State.TRANSLATED),
)  # fmt: skip


@pytest.fixture
def room(make_newsroom):
    return make_newsroom({}, catalogs={"chips/ko": catalog("chips", *CHIPS)})


def ask(room, source: str, **more):
    with Memory.open(room) as memory:
        return memory.matches(source, "en", "ko", **more)


def test_the_same_source_is_a_match_of_100(room):
    (match,) = ask(room, "Chip exports rose")
    assert (match.target, match.score) == ("반도체 수출 증가", 100)
    assert (match.slug, match.unit, match.origin) == ("chips", "u1", "human:Kim")


def test_between_the_same_neighbours_it_is_one_of_101(room):
    around = {"before": CHIPS[0].source, "after": CHIPS[2].source}
    (match,) = ask(room, CHIPS[1].source, **around)
    assert match.score == 101
    (match,) = ask(room, CHIPS[1].source, before=CHIPS[0].source, after="Another paragraph.")
    assert match.score == 100


def test_in_the_same_unit_it_is_one_of_101(room):
    (match,) = ask(room, CHIPS[1].source, slug="chips", unit="u2")
    assert match.score == 101
    (match,) = ask(room, CHIPS[1].source, slug="cars", unit="u2")
    assert match.score == 100


def test_an_alike_source_is_a_fuzzy_match(room):
    (match,) = ask(room, "Exports of memory chips rose by 30 per cent in April.")
    assert 75 <= match.score < 100
    assert match.source == CHIPS[1].source
    assert ask(room, "Exports of memory chips rose by 30 per cent in April.", cut=100) == ()


def test_sentences_of_a_unit_are_found_alone(room):
    (match,) = ask(room, "Demand was weak.")
    assert (match.target, match.segment) == ("수요가 약했다.", True)
    with Memory.open(room) as memory:
        found = memory.segments("It rained. Demand was weak.", "en", "ko")
    assert [(each.text, hits[0].target) for each, hits in found] == [
        ("Demand was weak.", "수요가 약했다.")
    ]


def test_both_directions_serve_each_other(room):
    with Memory.open(room) as memory:
        (match,) = memory.matches("수요가 약했다.", "ko", "en")
        (place,) = memory.matches(
            CHIPS[1].target.text, "ko", "en",
            before=CHIPS[0].target.text, after=CHIPS[2].target.text,
        )  # fmt: skip
    assert match.target == "Demand was weak."
    assert place.score == 101


def test_drafts_and_rejected_targets_are_not_remembered(room):
    assert ask(room, "Nobody has read this yet.") == ()


def test_two_targets_of_one_source_both_come(make_newsroom):
    room = make_newsroom({}, catalogs={
        "a/ko": catalog("a", entry(1, "A rise", "상승"), entry(2, "Oil", "석유")),
        "b/ko": catalog("b", entry(1, "A rise", "인상"), entry(2, "Wages", "임금")),
    })  # fmt: skip
    assert {(each.target, each.score) for each in ask(room, "A rise")} == {
        ("상승", 100), ("인상", 100)
    }  # fmt: skip
    first, second = ask(room, "A rise", before="", after="Wages")
    assert (first.target, first.score) == ("인상", 101)
    assert (second.target, second.score) == ("상승", 100)


def test_a_stale_target_is_remembered_with_the_source_it_was_made_from(make_newsroom):
    stale = entry(1, "Exports rose by 30 per cent.", "수출이 20% 늘었다.",
                  previous="Exports rose by 20 per cent.")  # fmt: skip
    room = make_newsroom({}, catalogs={"chips/ko": catalog("chips", stale)})
    (match,) = ask(room, "Exports rose by 20 per cent.")
    assert match.score == 100
    (match,) = ask(room, "Exports rose by 30 per cent.")
    assert match.score < 100


def test_a_review_is_in_the_memory_at_the_next_look(room):
    with Memory.open(room) as memory:
        assert memory.matches(CHIPS[3].source, "en", "ko") == ()
        approved = (*CHIPS[:3], entry(4, CHIPS[3].source, CHIPS[3].target.text))
        write(room, "chips", catalog("chips", *approved))
        memory.refresh()
        (match,) = memory.matches(CHIPS[3].source, "en", "ko")
        assert match.score == 100
        write(room, "chips", catalog("chips", *CHIPS))
        memory.refresh()
        assert memory.matches(CHIPS[3].source, "en", "ko") == ()


def write(room, slug: str, text: str) -> None:
    (room.root / room.catalog_path(slug, "ko")).write_text(text, "utf-8")


def test_only_what_changed_is_read_again(room, monkeypatch):
    write(room, "cars", catalog("cars", entry(1, "Cars", "자동차")))
    # A file that changed just now is read again: its time stamp may not tell.
    now = time.time_ns
    monkeypatch.setattr("bilingual.clock.nanoseconds", lambda: now() + 10**10)
    Memory.open(room).close()
    read: list[str] = []
    real = sources.read

    def noted(newsroom, name, content):
        read.append(name)
        return real(newsroom, name, content)

    monkeypatch.setattr(sources, "read", noted)
    Memory.open(room).close()
    assert read == []
    write(room, "cars", catalog("cars", entry(1, "Cars", "차")))
    Memory.open(room).close()
    assert read == ["locales/ko/articles/cars.po"]


def test_a_catalog_that_is_gone_takes_its_pairs_along(room):
    Memory.open(room).close()
    (room.root / room.catalog_path("chips", "ko")).unlink()
    assert ask(room, "Chip exports rose") == ()


def test_a_broken_catalog_does_not_stop_the_others(room):
    write(room, "cars", 'msgid "Cars"\nmsgstr broken\n')
    with Memory.open(room) as memory:
        assert memory.matches("Chip exports rose", "en", "ko")
        (problem,) = memory.problems
    assert str(problem).startswith("locales/ko/articles/cars.po:2: ")


@pytest.mark.parametrize("harm", ["gone", "no database", "cut", "flipped", "no folder"])
def test_a_damaged_memory_is_made_again_from_the_files(room, harm: str):
    Memory.open(room).close()
    folder = room.root / FOLDER
    file = folder / "memory.sqlite"
    for file in folder.glob("memory.sqlite-*"):
        file.unlink()
    if harm == "gone":
        shutil.rmtree(folder)
    elif harm == "no database":
        file.write_bytes(b"something else " * 1000)
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[:5000])
    elif harm == "flipped":
        content = bytearray(file.read_bytes())
        rng = random.Random(1)  # noqa: S311 - noise, no secrets
        for place in range(4096, len(content)):
            content[place] ^= rng.randrange(256)
        file.write_bytes(bytes(content))
    else:
        shutil.rmtree(folder)
        folder.write_text("in the way")
    (match,) = ask(room, "Chip exports rose")
    assert match.score == 100


def test_without_a_disk_to_write_to_the_memory_lives_in_the_process(room, monkeypatch):
    def refuse(*_args, **_more):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with Memory.open(room) as memory:
        assert memory.matches("Chip exports rose", "en", "ko")


def test_on_a_full_disk_the_memory_lives_in_the_process(room, monkeypatch):
    put = Store.put

    def full(self, *row):
        if not self.private:
            raise sqlite3.OperationalError("disk I/O error")
        put(self, *row)

    monkeypatch.setattr(Store, "put", full)
    with Memory.open(room) as memory:
        assert memory.matches("Chip exports rose", "en", "ko")


def test_imported_memories_are_found_after_the_newsrooms_own(room):
    folder = room.root / "memory"
    folder.mkdir()
    pairs = [MemoryPair("Chip exports rose", "칩 수출 상승", "en", "ko")]
    (folder / "old.tmx").write_bytes(tmx.serialize(pairs, "en"))
    own, foreign = ask(room, "Chip exports rose")
    assert (own.origin, foreign.origin) == ("human:Kim", "import:memory/old.tmx")


def test_units_held_out_give_no_match(room):
    with Memory.open(room, without=[("chips", "u1")]) as memory:
        assert memory.matches("Chip exports rose", "en", "ko") == ()
        assert memory.matches("Demand was weak.", "en", "ko")


def test_words_are_found_within_korean_words_and_whatever_their_case(make_newsroom):
    room = make_newsroom({}, catalogs={"s/ko": catalog(
        "s", entry(1, "Seoul is sunny", "서울은 맑다"), entry(2, "Busan", "부산"),
    )})  # fmt: skip
    with Memory.open(room) as memory:
        (match,), count = memory.search("서울", "ko", "en", 10)
        assert (match.source, match.target, count) == ("서울은 맑다", "Seoul is sunny", 1)
        assert memory.search("sunny SEOUL", "en", "ko", 10)[1] == 1
        assert memory.search("sunny busan", "en", "ko", 10)[1] == 0
        assert memory.search("  ", "en", "ko", 10)[1] == 0


RACE = """
import sys
from pathlib import Path
from bilingual.newsroom import Newsroom
from bilingual.memory import store
from bilingual.workflow.memory.memory import Memory
store.TAIL = 200
room = Newsroom.open(Path(sys.argv[1]))
print("ready", flush=True)
for _ in range(int(sys.argv[2])):
    with Memory.open(room) as memory:
        assert memory.matches("Chip exports rose", "en", "ko"), memory.problems
"""


def many(room, count: int) -> None:
    """Give the newsroom ``count`` catalogs of a hundred units each."""
    for number in range(count):
        rows = [
            entry(each, f"Unit {each} of article {number} speaks of chips.",
                  f"기사 {number}의 {each}번째 단위는 반도체 이야기다.")
            for each in range(100)
        ]  # fmt: skip
        write(room, f"a{number}", catalog(f"a{number}", *rows))


def test_a_sentence_in_context_fills_no_longer_unit(make_newsroom):
    paragraphs = ("Exports rose in March.", "Demand was weak.")
    more = "The minister spoke of new figures."
    approved = catalog(
        "old",
        entry(1, paragraphs[0], "3월 수출이 늘었다."),
        entry(2, paragraphs[1], "수요가 약했다."),
    )
    room = make_newsroom(
        {"old/en": "\n\n".join(paragraphs) + "\n", "new/en": f"{' '.join(paragraphs)} {more}\n"},
        catalogs={"old/ko": approved},
        toml="[translate]\nengine = 'pseudo'\n",
    )
    with Memory.open(room) as memory:
        found = memory.segments(f"{' '.join(paragraphs)} {more}", "en", "ko")
        assert [(match.score, match.segment) for _, (match,) in found] == [(101, True), (100, True)]
    translate(room, ["new"])
    (drafted,) = room.catalog("new", "ko").live
    assert drafted.target.origin.startswith("mt:pseudo")


def test_a_sentence_of_another_tool_fills_the_unit_between_the_same_neighbours(make_newsroom):
    pair = MemoryPair(
        "Demand was weak.", "수요가 약했다.", "en", "ko", segment=True,
        before=("Chips", ""), after=("Prices fell.", ""),
    )  # fmt: skip
    room = make_newsroom(
        {"new/en": "# Chips\n\nDemand was weak.\n\nPrices fell.\n"},
        toml="[translate]\nengine = 'pseudo'\n",
    )
    room.write("memory/omegat.tmx", tmx.serialize([pair], "en"))
    translate(room)
    filled = room.catalog("new", "ko").live[1].target
    assert (filled.text, filled.origin) == ("수요가 약했다.", "tm:101 import:memory/omegat.tmx")


def test_a_unit_and_its_own_sentence_are_one_match(room):
    with Memory.open(room) as memory:
        (match,), count = memory.search("demand", "en", "ko", 10)
        assert (count, match.segment) == (1, False)
        (match,) = memory.matches("Demand was weak.", "en", "ko")
        assert (match.score, match.segment) == (100, True)


def test_two_processes_make_one_memory(room):
    many(room, 12)
    running = [Copy(RACE, str(room.root), "3") for _ in range(3)]
    assert [each.wait() for each in running] == [0, 0, 0]
    with Memory.open(room) as memory:
        assert sum(count for *_, count in memory.origins()) == 12 * 100 + 5


@pytest.mark.parametrize("number", range(6))
def test_killed_at_any_moment_the_memory_is_whole_or_made_again(room, number: int):
    many(room, 12)
    process = Copy(RACE, str(room.root), "1")
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.02 + 0.09 * number)
    process.kill()
    process.wait()
    with Memory.open(room) as memory:
        assert sum(count for *_, count in memory.origins()) == 12 * 100 + 5
        (match, *_) = memory.matches("Unit 7 of article 5 spoke of chips.", "en", "ko", limit=1)
        assert match.source == "Unit 7 of article 5 speaks of chips."
