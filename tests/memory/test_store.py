"""The store finds what comparing everything finds, whatever came, went or was damaged."""

from __future__ import annotations

import random
import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.memory import fuzzy, store, tables
from bilingual.memory.store import Store
from bilingual.model import MemoryPair

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = """
    The government said on Tuesday that exports of memory chips rose by a fifth in March while
    prices of older parts kept falling because demand from phone makers stayed weak
"""
KOREAN = """
    정부는 화요일 3월 메모리 반도체 수출이 전년보다 20% 늘었다고 밝혔다 그러나 구형 제품의 가격은
    스마트폰 업체의 수요가 약해 계속 내렸고 업계는 하반기에야 회복될 것으로 내다봤다 서울은 맑다
"""


def sentences(story: str, count: int, seed: int) -> list[str]:
    words = story.split()
    rng = random.Random(seed)  # noqa: S311 - texts, no secrets
    found: dict[str, None] = {}
    while len(found) < count:
        start = rng.randrange(len(words) - 4)
        text = words[start : start + rng.randint(2, 12)]
        for place in range(len(text)):
            if rng.random() < 0.25:
                text[place] = rng.choice(words)
        found[" ".join(text)] = None
    return list(found)


def pairs(count: int, seed: int = 1) -> list[MemoryPair]:
    english, korean = sentences(ENGLISH, count, seed), sentences(KOREAN, count, seed)
    return [MemoryPair(*both, "en", "ko") for both in zip(english, korean, strict=True)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "memory"


@pytest.fixture
def small_tails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks are written from 500 texts on, so that tests have several."""
    monkeypatch.setattr(store, "TAIL", 500)


def by_force(query: str, texts: list[str]) -> set[str]:
    return {texts[index] for index, _ in fuzzy.close(query, texts)}


def found(memory: Store, query: str, language: str) -> set[str]:
    other = "ko" if language == "en" else "en"
    alike = memory.alike(query, language, other, 10**6)
    return {each.pair.source for each in (*alike, *memory.same(query, language, other))}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_blocks_find_what_comparing_everything_finds(folder: Path, small_tails, language: str):
    memory = Store(folder, "k")
    rows = pairs(9_000)
    for start in range(0, len(rows), 1_500):
        memory.put(f"file {start}", "", rows[start : start + 1_500])
        memory.grow()
    assert list(folder.glob("*.block"))
    texts = [each.source if language == "en" else each.target for each in rows]
    rng = random.Random(3)  # noqa: S311 - texts, no secrets
    expected, hits = 0, 0
    for text in rng.sample(texts, 60):
        words = text.split()
        words.insert(rng.randrange(len(words)), "새로운" if language == "ko" else "recent")
        query = " ".join(words)
        wanted = by_force(query, texts)
        expected += len(wanted)
        hits += len(wanted & found(memory, query, language))
        assert found(memory, query, language) <= wanted
    assert expected > 500
    assert hits >= 0.99 * expected


@settings(max_examples=40)
@given(st.lists(st.text(alphabet="가나다 abc한글12", max_size=30), min_size=1, max_size=60))
def test_any_few_texts_are_found_as_by_comparing_all(texts: list[str]):
    memory = Store(None, "k")
    memory.put("a", "", [MemoryPair(text, "x", "en", "ko") for text in texts if text])
    query = texts[0] + "b"
    assert found(memory, query, "en") == by_force(query, [text for text in texts if text])
    memory.close()


def test_a_match_is_found_in_both_directions(folder: Path):
    memory = Store(folder, "k")
    pair = MemoryPair("Exports rose.", "수출이 늘었다.", "en", "ko", "human:Kim", "chips", "u1")
    memory.put("chips.po", "", [pair])
    (there,) = memory.same("Exports rose.", "en", "ko")
    (back,) = memory.same("수출이 늘었다.", "ko", "en")
    assert there.pair == pair
    assert back.pair == pair.reversed()


def test_a_single_pair_is_found_at_once_and_gone_at_once(folder: Path, small_tails):
    memory = Store(folder, "k")
    memory.put("many", "", pairs(2_000))
    memory.grow()
    one = MemoryPair(
        "A quite different thing happened in Busan.", "부산에서 다른 일이 있었다.", "en", "ko"
    )
    memory.put("one", "", [one])
    blocks = sorted(folder.glob("*.block"))
    query = "A quite different thing happened in Seoul."
    assert found(memory, query, "en") == {one.source}
    memory.drop("one")
    assert found(memory, query, "en") == set()
    assert sorted(folder.glob("*.block")) == blocks, "nothing was written again"


def test_what_left_the_memory_is_not_found_in_a_block(folder: Path, small_tails):
    memory = Store(folder, "k")
    rows = pairs(3_000)
    memory.put("kept", "", rows[:1_000])
    memory.put("gone", "", rows[1_000:])
    memory.grow()
    memory.drop("gone")
    kept = {each.source for each in rows[:1_000]}
    for query in (rows[0].source + " now", rows[2_000].source + " now"):
        assert found(memory, query, "en") == by_force(query, sorted(kept))
    memory.grow()
    assert all(row[0] <= 1_000 for row in memory._db.execute("SELECT count FROM blocks"))
    assert found(memory, rows[0].source + " now", "en") == by_force(
        rows[0].source + " now", sorted(kept)
    )


def test_the_index_is_stored_and_not_made_again(folder: Path, small_tails):
    memory = Store(folder, "k")
    memory.put("many", "", pairs(2_000))
    memory.grow()
    memory.close()
    before = {file.name: file.stat().st_mtime_ns for file in folder.glob("*.block")}
    again = Store(folder, "k")
    again.grow()
    assert found(again, pairs(10)[3].source + " now", "en")
    assert {file.name: file.stat().st_mtime_ns for file in folder.glob("*.block")} == before


def test_blocks_grow_by_doubling_and_stay_few(folder: Path, small_tails):
    memory = Store(folder, "k")
    for number, row in enumerate(pairs(8_000)):
        if number % 200 == 0:
            batch: list[MemoryPair] = []
        batch.append(row)
        if number % 200 == 199:
            memory.put(f"file {number}", "", batch)
            memory.grow()
    for language in ("en", "ko"):
        sizes = [row[2] for row in memory._db.execute(tables.SIZES, (language,))]
        assert len(sizes) <= 5, sizes


@pytest.mark.parametrize("harm", ["cut", "head", "lists", "gone", "texts"])
def test_a_damaged_block_is_made_again(folder: Path, small_tails, harm: str):
    memory = Store(folder, "k")
    rows = pairs(3_000)
    memory.put("many", "", rows)
    memory.grow()
    memory.close()
    for file in folder.glob("*.block"):
        content = bytearray(file.read_bytes())
        if harm == "cut":
            content = content[: len(content) // 2]
        elif harm == "head":
            content[60:70] = b"\xff" * 10
        elif harm == "texts":
            content[-len(content) // 8 :] = b"\xff" * (len(content) // 8)
        else:
            middle = len(content) // 4
            content[middle:-200] = b"\xee" * (len(content) - 200 - middle)
        file.write_bytes(content)
        if harm == "gone":
            file.unlink()
    again = Store(folder, "k")
    query = rows[5].source + " now"
    assert found(again, query, "en") == by_force(query, [each.source for each in rows])


def test_two_processes_see_what_the_other_wrote(folder: Path, small_tails):
    one, two = Store(folder, "k"), Store(folder, "k")
    rows = pairs(2_000)
    assert found(two, rows[1_500].source + " now", "en") == set()
    one.put("first", "", rows[:1_000])
    assert found(two, rows[500].source + " now", "en")
    two.put("second", "", rows[1_000:])
    one.grow()
    two.grow()
    texts = [each.source for each in rows]
    for memory in (one, two):
        query = rows[1_500].source + " now"
        assert len(found(memory, query, "en") & by_force(query, texts)) >= 1
        memory.close()


def test_a_memory_of_another_version_or_a_damaged_one_is_refused(folder: Path):
    Store(folder, "en ko").close()
    with pytest.raises(sqlite3.DatabaseError):
        Store(folder, "en ja")
    (folder / tables.FILE).write_bytes(b"no database" * 1000)
    with pytest.raises(sqlite3.DatabaseError):
        Store(folder, "en ko")


def test_the_same_text_in_another_normal_form_is_the_same(folder: Path):
    memory = Store(folder, "k")
    memory.put("a", "", [MemoryPair("Seoul", "\u1109\u1165\u110b\u116e\u11af", "en", "ko")])
    (match,) = memory.same("서울", "ko", "en")
    assert match.pair.source == "서울"
