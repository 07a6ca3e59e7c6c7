"""What a memory filled in says where it came from, and is taken back with it: as a person does."""

from __future__ import annotations

import contextlib
import io
import json
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, NamedTuple

import pytest

from bilingual.catalog import po
from bilingual.cli.app import program
from bilingual.exchange import tmx
from bilingual.model import Catalog, Entry, Kind, MemoryPair, State, Target

if TYPE_CHECKING:
    from pathlib import Path

RISE = "Exports of memory chips rose by 30 per cent in April."
FALL = "Prices of older parts kept falling."
SAID = "The ministry gave no forecast."
RISE_KO = "4월 메모리 반도체 수출은 30% 늘었다."
FALL_KO = "구형 부품의 가격은 계속 내렸다."
SAID_KO = "산업부는 전망을 내놓지 않았다."
NEWS = f"{RISE}\n\n{FALL}\n"
OWN = f"{SAID}\n"
ACME = "import:memory/acme.tmx"
TIME = "2026-04-09T01:02:03Z"
SCRIPTED = '[translate]\nengine = "scripted"\n'


def pair(source: str, target: str, before: str = "", after: str = "") -> MemoryPair:
    return MemoryPair(source, target, "en", "ko", before=(before, ""), after=(after, ""))


def catalog(slug: str, *targets: tuple[str, Target]) -> str:
    rows = tuple(
        Entry(f"{slug}{number}", Kind.PARAGRAPH, source, target=target)
        for number, (source, target) in enumerate(targets)
    )
    return po.serialize(Catalog(slug, "en", "ko", f"articles/{slug}/index.en.md", rows))


class Done(NamedTuple):
    """What a command said."""

    stdout: str
    stderr: str


def run(folder: Path, *words: str, code: int = 0) -> Done:
    out, said = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    with contextlib.chdir(folder), redirect_stdout(out), redirect_stderr(said):
        found = program.run(words)
    texts = []
    for stream in (out, said):
        stream.seek(0)
        texts.append(stream.read())
    done = Done(*texts)
    assert found == code, done.stderr
    return done


def asked(folder: Path, *words: str) -> dict:
    return json.loads(run(folder, *words, "--json").stdout)


def text(folder: Path, slug: str) -> str:
    return (folder / f"locales/ko/articles/{slug}.po").read_text("utf-8")


def target(folder: Path, slug: str, source: str) -> Target:
    entries = po.parse(text(folder, slug), path=slug).entries
    return next(each.target for each in entries if each.source == source)


def unit(folder: Path, slug: str, source: str) -> str:
    items = po.parse(text(folder, slug), path=slug).entries
    return next(each.id for each in items if each.source == source)


@pytest.fixture
def folder(make_newsroom) -> Path:
    """Two articles: one that an imported memory knows, one that a colleague approved before."""
    said = Target(SAID_KO, State.REVIEWED, "human:지수", "지수", TIME)
    root = make_newsroom(
        {"chips/en": NEWS, "cars/en": OWN, "ministry/en": OWN},
        toml=SCRIPTED,
        catalogs={"ministry/ko": catalog("ministry", (SAID, said))},
    ).root
    pairs = (pair(RISE, RISE_KO, after=FALL), pair(FALL, FALL_KO, before=RISE))
    (root / "acme.tmx").write_bytes(tmx.serialize(pairs, "en"))
    run(root, "memory", "import", "acme.tmx")
    run(root, "translate")
    return root


def test_a_draft_says_which_memory_filled_it(folder: Path):
    assert f"# origin: tm:101 {ACME}\n" in text(folder, "chips")
    drafted = target(folder, "chips", RISE)
    assert (drafted.text, drafted.state) == (RISE_KO, State.TRANSLATED)
    (item,) = asked(folder, "queue", "cars")["items"]
    assert (item["target"], item["origin"]) == (SAID_KO, "tm:100 unit:ministry/ministry0")
    shown = run(folder, "log", "chips", unit(folder, "chips", RISE)).stdout
    assert f"tm:101 {ACME}" in shown


def test_taking_a_memory_back_takes_back_what_it_filled(folder: Path):
    words = ("revert", "--origin", ACME, "--as", "Kim")
    before = text(folder, "chips")
    planned = run(folder, *words, "--dry-run")
    assert "2 units would be reverted\nwould be deleted: memory/acme.tmx\n" in planned.stderr
    assert RISE_KO in planned.stdout
    assert text(folder, "chips") == before
    done = run(folder, *words)
    assert "2 units reverted\ndeleted: memory/acme.tmx\n" in done.stderr
    for source in (RISE, FALL):
        assert target(folder, "chips", source).state is State.INITIAL
    assert target(folder, "cars", SAID).text == SAID_KO
    assert run(folder, "memory", "search", "older parts").stdout == ""
    assert "산업부는" in run(folder, "memory", "search", "산업부").stdout


def test_what_was_taken_back_is_asked_of_the_engine_and_not_of_the_memory(folder: Path):
    run(folder, "revert", "--origin", ACME, "--as", "Kim")
    run(folder, "memory", "import", "acme.tmx")
    run(folder, "translate")
    assert target(folder, "chips", RISE).origin == "mt:scripted/script"


def test_what_a_person_approved_stays_and_is_counted(folder: Path):
    run(folder, "approve", "chips", unit(folder, "chips", FALL), "--as", "지수")
    done = run(folder, "revert", "--origin", ACME, "--as", "Kim")
    assert (
        "1 unit reverted\ndeleted: memory/acme.tmx\n1 unit is kept, because a person" in done.stderr
    )
    assert "kept: approved by 지수" in done.stdout
    assert target(folder, "chips", FALL).approved
    assert target(folder, "chips", RISE).state is State.INITIAL
    hit = run(folder, "memory", "search", "older parts").stdout.splitlines()[0]
    assert hit.startswith(f"chips {unit(folder, 'chips', FALL)} · tm:101 {ACME}")


def test_what_a_person_wrote_over_a_draft_of_the_memory_is_theirs(folder: Path):
    mine = "옛 부품 값은 계속 떨어졌다."
    run(folder, "edit", "chips", unit(folder, "chips", FALL), "--text", mine, "--as", "지수")
    result = asked(folder, "revert", "--origin", "import:acme", "--approved", "--as", "Kim")
    assert [each["target"] for each in result["taken"]] == [RISE_KO]
    assert (result["left"], result["memories"]) == ([], ["memory/acme.tmx"])
    assert target(folder, "chips", FALL).text == mine


def test_drafts_are_found_after_the_file_has_gone(folder: Path):
    run(folder, "memory", "remove", "acme")
    assert target(folder, "chips", RISE).text == RISE_KO
    done = run(folder, "revert", "--origin", "import:acme", "--as", "Kim")
    assert "2 units reverted" in done.stderr
    assert target(folder, "chips", RISE).state is State.INITIAL


def test_all_memories_together_and_one_score_are_asked_for_as_ever(folder: Path):
    words = ("revert", "--dry-run", "--as", "Kim", "--origin")
    assert len(asked(folder, *words, "tm:")["taken"]) == 3
    assert len(asked(folder, *words, "tm:101")["taken"]) == 2
    assert len(asked(folder, *words, "tm:100")["taken"]) == 1
    assert len(asked(folder, *words, f"tm:101 {ACME}")["taken"]) == 2
    assert len(asked(folder, *words, "unit:ministry")["taken"]) == 1
    wrong = run(folder, *words, "import:memory/acne.tmx", code=2)
    assert "unknown origin 'import:memory/acne.tmx'" in wrong.stderr


def test_a_catalog_that_names_no_memory_is_read_and_taken_back_as_ever(make_newsroom):
    old = Target(SAID_KO, State.TRANSLATED, "tm:100", time=TIME)
    room = make_newsroom({"cars/en": OWN}, catalogs={"cars/ko": catalog("cars", (SAID, old))})
    (item,) = asked(room.root, "queue")["items"]
    assert item["origin"] == "tm:100"
    assert len(asked(room.root, "revert", "--origin", "tm:", "--as", "Kim")["taken"]) == 1


def test_the_numbers_stand_by_memory_and_not_by_unit(folder: Path):
    origins = {each["origin"]: each["drafts"] for each in asked(folder, "stats")["origins"]}
    assert {name: drafts["waiting"] for name, drafts in origins.items()} == {
        "tm:100": 1, f"tm:101 {ACME}": 2,
    }  # fmt: skip


def test_what_one_memory_filled_is_drafted_again(folder: Path):
    run(folder, "approve", "chips", unit(folder, "chips", FALL), "--as", "지수")
    run(folder, "translate", "--redo", ACME)
    assert target(folder, "chips", RISE).origin == "mt:scripted/script"
    assert target(folder, "chips", FALL).text == FALL_KO
    assert target(folder, "cars", SAID).text == SAID_KO


# What the memory took from a unit goes where the unit goes


@pytest.fixture
def copied(make_newsroom) -> Path:
    """A model's draft that was approved in one article, and filled two others."""
    made = Target(
        SAID_KO, State.REVIEWED, "mt:openai/gpt-4.1", "지수", TIME, drafted="2026-04-08T01:02:03Z"
    )
    root = make_newsroom(
        {"ministry/en": OWN, "cars/en": OWN},
        toml=SCRIPTED,
        catalogs={"ministry/ko": catalog("ministry", (SAID, made))},
    ).root
    run(root, "translate")
    run(root, "approve", "cars", unit(root, "cars", SAID), "--as", "지수")
    (root / "articles/ships").mkdir()
    (root / "articles/ships/index.en.md").write_text(OWN, "utf-8")
    run(root, "translate")
    return root


def test_copies_of_what_a_person_approved_stay_with_it(copied: Path):
    result = asked(copied, "revert", "--origin", "mt:openai", "--as", "Kim")
    assert (result["taken"], [each["slug"] for each in result["left"]]) == ([], ["ministry"])
    for slug in ("cars", "ships"):
        assert target(copied, slug, SAID).text == SAID_KO


@pytest.mark.parametrize("dry", [True, False])
def test_copies_go_with_an_approved_text_that_is_taken_back(copied: Path, dry: bool):
    words = ("revert", "--origin", "mt:openai", "--approved", "--as", "Kim")
    before = text(copied, "ships")
    result = asked(copied, *words, *(["--dry-run"] if dry else []))
    assert sorted(each["slug"] for each in result["taken"]) == ["cars", "ministry", "ships"]
    assert result["left"] == []
    assert (text(copied, "ships") == before) is dry
    assert (run(copied, "memory", "search", "산업부").stdout == "") is not dry


def test_copies_that_a_killed_revert_left_go_with_the_next(copied: Path):
    words = ("revert", "--origin", "mt:openai", "--approved", "--as", "Kim")
    asked(copied, words[0], "ministry", *words[1:])
    assert target(copied, "ministry", SAID).state is State.INITIAL
    assert target(copied, "cars", SAID).text == SAID_KO
    result = asked(copied, *words)
    assert sorted(each["slug"] for each in result["taken"]) == ["cars", "ships"]


def test_copies_of_an_article_that_has_gone_go_with_its_catalog(copied: Path):
    (copied / "articles/ministry/index.en.md").unlink()
    (copied / "articles/ministry").rmdir()
    words = ("revert", "--origin", "mt:openai", "--as", "Kim")
    assert [each["slug"] for each in asked(copied, *words)["left"]] == ["ministry"]
    result = asked(copied, *words, "--approved")
    assert sorted(each["slug"] for each in result["taken"]) == ["cars", "ministry", "ships"]
    assert run(copied, "memory", "search", "산업부").stdout == ""


def test_one_wrong_approval_is_followed_to_where_the_memory_took_it(copied: Path):
    words = ("revert", "--origin", "unit:ministry/ministry0", "--as", "Kim", "--dry-run")
    assert [each["slug"] for each in asked(copied, *words)["left"]] == ["cars"]
    taken = asked(copied, *words, "--approved")["taken"]
    assert [(each["slug"], each["origin"]) for each in taken] == [
        ("cars", "tm:100 unit:ministry/ministry0"),
        ("ships", f"tm:100 unit:cars/{unit(copied, 'cars', SAID)}"),
    ]
