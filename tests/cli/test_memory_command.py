"""``bilingual memory`` and the memory on the review screen, as a person uses them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bilingual.catalog import po
from bilingual.exchange import tmx
from bilingual.model import Catalog, Entry, Kind, MemoryPair, State, Target
from tests.support.copies import bilingual

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "# Chips\n\nExports of memory chips rose by 20 per cent in March.\n"
NEWS = "# Cars\n\nExports of memory chips rose by 30 per cent in April.\n"


def catalog() -> str:
    rows = (
        Entry("u1", Kind.HEADING, "Chips", target=approved("반도체")),
        Entry(
            "u2", Kind.PARAGRAPH, "Exports of memory chips rose by 20 per cent in March.",
            target=approved("3월 서울의 메모리 반도체 수출은 20% 늘었다."),
        ),
    )  # fmt: skip
    return po.serialize(Catalog("chips", "en", "ko", "articles/chips/index.en.md", rows))


def approved(text: str) -> Target:
    return Target(text, State.REVIEWED, "human:Kim", "Kim", "2026-04-09T01:02:03Z")


@pytest.fixture
def folder(make_newsroom) -> Path:
    return make_newsroom(
        {"chips/en": ARTICLE, "cars/en": NEWS}, catalogs={"chips/ko": catalog()}
    ).root


def run(folder: Path, *words: str, code: int = 0, stdin: str = "") -> subprocess.CompletedProcess:
    done = bilingual(folder, *words, stdin=stdin)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def write(folder: Path, name: str, *pairs: MemoryPair) -> Path:
    file = folder / name
    file.write_bytes(tmx.serialize(pairs, "en"))
    return file


PAIR = MemoryPair(
    "Prices of older parts kept falling.", "구형 부품의 가격은 계속 내렸다.", "en", "ko"
)


def test_a_word_is_found_with_its_particle(folder: Path):
    done = run(folder, "memory", "search", "서울")
    assert done.stdout.splitlines() == [
        "chips u2 · human:Kim · 2026-04-09",
        "  3월 서울의 메모리 반도체 수출은 20% 늘었다.",
        "  Exports of memory chips rose by 20 per cent in March.",
    ]
    assert done.stderr == "1 match\n"
    assert run(folder, "memory", "search", "서울", "--language", "en").stdout == ""


def test_a_whole_sentence_is_found_with_what_differs(folder: Path):
    sentence = "Exports of memory chips rose by 30 per cent in March."
    lines = run(folder, "memory", "search", "--fuzzy", sentence).stdout.splitlines()
    assert lines[0].endswith(" % · chips u2 · human:Kim · 2026-04-09")
    assert lines[1] == "  Exports of memory chips rose by [-20-]{+30+} per cent in March."
    (match,) = json.loads(run(folder, "memory", "search", "--fuzzy", sentence, "--json").stdout)[
        "matches"
    ]
    assert 75 <= match["score"] < 100


def test_a_memory_comes_in_is_found_and_is_taken_back(folder: Path):
    file = write(folder, "old prices.tmx", PAIR)
    refused = run(folder, "memory", "import", str(file), code=2)
    assert "--name" in refused.stderr
    done = run(folder, "memory", "import", str(file), "--name", "prices")
    assert done.stdout == "memory/prices.tmx: 1 pair\n"
    again = run(folder, "memory", "import", str(file), "--name", "prices")
    assert "it was there already" in again.stdout
    assert "import:memory/prices.tmx" in run(folder, "memory", "search", "older parts").stdout
    assert "memory/prices.tmx  1 unit" in run(folder, "memory", "status").stdout
    run(folder, "memory", "remove", "price", code=2)
    assert run(folder, "memory", "remove", "prices").stdout == "memory/prices.tmx\n"
    assert run(folder, "memory", "search", "older parts").stdout == ""


def test_a_memory_of_several_languages_comes_in_without_what_is_not_of_the_pair(folder: Path):
    lone = '<tu><tuv xml:lang="en"><seg>Only English.</seg></tuv></tu>'
    text = tmx.serialize([PAIR], "en").decode().replace("<body>", f"<body>\n{lone}\n{lone}")
    (folder / "prices.tmx").write_text(text, "utf-8")
    done = run(folder, "memory", "import", "prices.tmx")
    assert done.stdout == "memory/prices.tmx: 1 pair\n"
    assert done.stderr == (
        "prices.tmx:5: 2 units without one of the languages were skipped; this is the first\n"
    )
    (row,) = json.loads(run(folder, "memory", "import", "prices.tmx", "--json").stdout)["imported"]
    assert (row["pairs"], row["lacking"], row["line"]) == (1, 2, 5)


def test_sentences_of_another_tool_are_counted_as_sentences(folder: Path):
    text = tmx.serialize([PAIR], "en").decode().replace(' segtype="block"', "")
    head = text.replace('o-tmf="bilingual"', 'o-tmf="OmegaT TMX" segtype="sentence"')
    (folder / "omegat.tmx").write_text(head, "utf-8")
    run(folder, "memory", "import", "omegat.tmx")
    assert "memory/omegat.tmx  0 units, 1 sentence\n" in run(folder, "memory", "status").stdout


def test_revert_takes_an_imported_memory_back(folder: Path):
    run(folder, "memory", "import", str(write(folder, "prices.tmx", PAIR)))
    origin = ("revert", "--origin", "import:memory/prices.tmx", "--as", "Kim")
    assert "would be deleted: memory/prices.tmx" in run(folder, *origin, "--dry-run").stderr
    assert (folder / "memory" / "prices.tmx").exists()
    assert "deleted: memory/prices.tmx" in run(folder, *origin).stderr
    assert not (folder / "memory" / "prices.tmx").exists()
    assert run(folder, "memory", "search", "older parts").stdout == ""
    assert run(folder, "memory", "search", "서울").stdout


def test_another_memory_of_the_same_name_is_refused(folder: Path):
    file = write(folder, "prices.tmx", PAIR)
    run(folder, "memory", "import", str(file))
    other = MemoryPair("Other", "다른 것", "en", "ko")
    done = run(folder, "memory", "import", str(write(folder, "prices.tmx", other)), code=2)
    assert "memory/prices.tmx is another memory" in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<tmx><body>\n<tu></tmx>", "broken.tmx:2: not valid XML"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', "broken.tmx:1: the file declares the entity"),
        ("<tmx version='1.4'><body/></tmx>", "broken.tmx contains no pair"),
    ],
)
def test_a_broken_file_is_refused_and_nothing_is_written(folder: Path, content: str, said: str):
    (folder / "broken.tmx").write_text(content, "utf-8")
    good = write(folder, "good.tmx", PAIR)
    done = run(folder, "memory", "import", str(good), "broken.tmx", code=2)
    assert said in done.stderr
    assert not (folder / "memory").exists()


def test_a_file_that_is_not_there_and_a_language_that_is_not_paired(folder: Path):
    assert "no file gone.tmx" in run(folder, "memory", "import", "gone.tmx", code=2).stderr
    assert "not ja" in run(folder, "memory", "search", "x", "--language", "ja", code=2).stderr
    run(folder, "memory", "search", code=2)
    run(folder, "memory", "remove", code=2)


def test_what_was_approved_goes_out_the_same_each_time(folder: Path):
    first = run(folder, "memory", "export").stdout
    run(folder, "memory", "export", "out.tmx")
    assert (folder / "out.tmx").read_text("utf-8") == first
    pairs = tmx.parse(first.encode(), ("en", "ko")).pairs
    assert [(each.unit, each.before[0]) for each in pairs] == [("u1", ""), ("u2", "Chips")]


def test_the_queue_names_the_best_match_of_each_unit(folder: Path):
    run(folder, "segment")
    (item,) = [
        each
        for each in json.loads(run(folder, "queue", "cars", "--json").stdout)["items"]
        if each["kind"] == "paragraph"
    ]
    (match,) = item["matches"]
    assert (match["slug"], match["unit"]) == ("chips", "u2")
    assert 75 <= match["score"] < 100


def test_the_review_screen_shows_the_match_and_what_differs(folder: Path):
    run(folder, "segment")
    shown = run(folder, "review", "cars", "--as", "Kim", stdin="s\nq\n").stdout
    assert "Memory\n" in shown
    assert "rose by [-20-]{+30+} per cent in [-March-]{+April+}." in shown
    assert "  3월 서울의 메모리 반도체 수출은 20% 늘었다." in shown


def test_a_decision_is_in_the_memory_for_the_next_unit(make_newsroom):
    text = "Exports rose by {} per cent, the ministry said on Tuesday morning.\n\n"
    folder = make_newsroom({"x/en": text.format(20) + text.format(30)}).root
    run(folder, "segment")
    shown = run(folder, "review", "--as", "Kim", stdin="e\n수출이 20% 늘었다.\nq\n").stdout
    first, second = shown.split("2/2")
    assert "Memory" not in first
    assert "[-20-]{+30+}" in second


def test_a_match_of_one_sentence_is_shown_as_that_sentence(make_newsroom):
    korean = "수요가 약했다.\n\n수요가 약했다. 가격은 네 달째 올랐다.\n"
    folder = make_newsroom({"x/ko": korean}).root
    run(folder, "segment")
    shown = run(folder, "review", "--as", "Kim", stdin="e\nDemand was weak.\nq\n").stdout
    memory = shown.split("2/2")[1].split("Memory\n")[1].splitlines()
    assert memory[0].startswith("  100 % · x ")
    assert memory[1:3] == ["  수요가 약했다.", "  Demand was weak."]


def test_what_another_process_approves_is_on_the_next_screen(make_newsroom):
    korean = "3월 수출이 20% 늘었다.\n\n5월 수출이 20% 늘었다.\n"
    folder = make_newsroom({"x/ko": korean}).root
    run(folder, "segment")
    (first, _) = json.loads(run(folder, "queue", "--json").stdout)["items"]
    with subprocess.Popen(
        [sys.executable, "-m", "bilingual", "review", "--as", "Kim"],
        cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as session:  # fmt: skip
        assert session.stdin is not None
        assert session.stdout is not None
        for line in session.stdout:
            if "q quit" in line:
                break
        run(
            folder,
            "edit",
            "x",
            first["unit"],
            "--as",
            "Lee",
            "--text",
            "Exports rose 20% in March.",
        )
        session.stdin.write("s\nq\n")
        session.stdin.flush()
        shown = session.stdout.read()
    assert "[-3월-]{+5월+} 수출이 20% 늘었다." in shown
    assert "Exports rose 20% in March." in shown
