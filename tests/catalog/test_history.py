"""What a unit was translated to before stays in its catalog, through every tool and every merge."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage import pypo

from bilingual.catalog import history, po
from bilingual.catalog.merge import merge
from bilingual.catalog.update import update
from bilingual.model import Catalog, EarlierTarget, Entry, Kind, State, Target, Unit

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "It trails GPT-5.4 by five points."
MARK = history.fingerprint(SOURCE)
DRAFT = Target(
    "GPT-5.4보다 5점 낮다.", State.TRANSLATED, "mt:openai/gpt-4.1-mini", time="2026-04-09T01:00:00Z"
)
HAND = Target("GPT-5.4에 5점 뒤진다.", State.REVIEWED, "human:Kim", "Kim", "2026-04-09T02:00:00Z")
ENTRY = Entry("7c9e21ab", Kind.PARAGRAPH, SOURCE, target=DRAFT)
EMPTY = Catalog("spark", "en", "ko", "articles/spark/index.en.md")


def written(entry: Entry) -> str:
    return po.serialize(replace(EMPTY, entries=(entry,)))


def read(text: str) -> Entry:
    return po.parse(text, path="spark.po").entries[0]


def test_a_draft_that_a_person_rewrites_is_kept_with_all_that_was_known_of_it():
    (earlier,) = history.replace_target(ENTRY, HAND).history
    assert earlier == EarlierTarget(
        DRAFT.text, State.TRANSLATED, DRAFT.origin, "", DRAFT.time, source=MARK
    )


def test_an_approval_is_no_new_text():
    approved = replace(DRAFT, state=State.REVIEWED, reviewer="Kim", time=HAND.time)
    assert history.replace_target(ENTRY, approved) == replace(ENTRY, target=approved)


def test_a_first_target_replaces_nothing():
    assert history.replace_target(replace(ENTRY, target=Target()), DRAFT).history == ()


def test_history_reads_in_the_file_as_it_happened():
    entry = history.replace_target(ENTRY, HAND)
    assert written(entry).endswith(
        f"""
# origin: human:Kim
# reviewer: Kim
# time: 2026-04-09T02:00:00Z
# earlier: translated | mt:openai/gpt-4.1-mini | - | 2026-04-09T01:00:00Z |
# earlier+: - | {MARK} |
# earlier+: GPT-5.4보다 5점 낮다.
#. paragraph
#: articles/spark/index.en.md
msgctxt "7c9e21ab"
msgid "It trails GPT-5.4 by five points."
msgstr "GPT-5.4에 5점 뒤진다."
"""
    )


def test_the_file_distinguishes_a_revert_from_a_rejection():
    rejected = history.replace_target(ENTRY, Target(time=HAND.time), declined_by="Kim")
    reverted = history.replace_target(
        ENTRY, Target(time=HAND.time), declined_by="Kim", reverted=True
    )
    assert "# earlier: initial | mt:openai/gpt-4.1-mini | Kim |" in written(rejected)
    assert "# earlier: reverted | mt:openai/gpt-4.1-mini | Kim |" in written(reverted)
    for entry in (rejected, reverted):
        assert read(written(entry)).history == entry.history
        assert history.is_declined(entry, DRAFT.text)


def test_a_new_text_adds_lines_and_changes_none_that_stood_there():
    once = history.replace_target(ENTRY, HAND)
    twice = history.replace_target(once, replace(HAND, text="GPT-5.4보다 5포인트 낮다."))
    before, after = written(once).split("\n"), written(twice).split("\n")
    assert [line for line in before if line not in after] == ['msgstr "GPT-5.4에 5점 뒤진다."']
    assert all(line.startswith(("# earlier", "msgstr")) for line in after if line not in before)


def test_five_are_kept_and_also_the_last_draft_of_a_machine():
    entry = ENTRY
    for number in range(9):
        entry = history.replace_target(entry, replace(HAND, text=f"{number}번째 글."))
    assert [each.text for each in entry.history] == [
        DRAFT.text, "3번째 글.", "4번째 글.", "5번째 글.", "6번째 글.", "7번째 글.",
    ]  # fmt: skip


def test_the_last_text_of_a_person_is_kept_after_any_number_of_drafts():
    entry = history.replace_target(ENTRY, HAND)
    for number in range(9):
        entry = history.replace_target(entry, replace(DRAFT, text=f"{number}번째 초안."))
    texts = [each.text for each in entry.history]
    assert texts == [HAND.text, *(f"{number}번째 초안." for number in range(3, 8))]
    assert read(written(entry)) == entry


def test_what_was_taken_back_is_known_and_never_gone_back_to():
    rejected = history.replace_target(ENTRY, Target(time=HAND.time), declined_by="Kim")
    assert history.is_declined(rejected, DRAFT.text)
    assert not history.is_declined(rejected, HAND.text)
    assert not history.is_declined(replace(rejected, source="Another sentence."), DRAFT.text)
    (earlier,) = rejected.history
    assert (earlier.state, earlier.reviewer, earlier.time, earlier.made_at) == (
        State.INITIAL, "Kim", HAND.time, DRAFT.time,
    )  # fmt: skip
    assert history.last_usable(rejected, lambda _: False) is None


def test_going_back_gives_the_approval_back_where_the_source_is_the_same():
    redone = history.replace_target(replace(ENTRY, target=HAND), DRAFT)
    assert history.last_usable(redone, lambda each: each.origin == DRAFT.origin) == HAND
    assert history.last_usable(replace(redone, source="Another sentence."), lambda _: False) is None


anything = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1
) | st.text("a-|\\ \n#:~é가\u3000\u2028", min_size=1, max_size=300)
names = st.text(st.sampled_from("Kim 이|-\\:/·"), max_size=100)
earliers = st.builds(
    EarlierTarget,
    anything,
    st.sampled_from(list(State)),
    names.map(lambda name: f"human:{name}"),
    names,
    st.sampled_from(["", "2026-04-09T01:00:00Z"]),
    st.sampled_from(["", "2026-04-08T01:00:00Z"]),
    st.sampled_from(["", MARK]),
)
histories = st.lists(earliers, max_size=6).map(tuple)


@given(histories)
def test_any_history_comes_back(past: tuple[EarlierTarget, ...]):
    entry = replace(ENTRY, history=past, extra=("# 손으로 쓴 말", "# two"))
    assert read(written(entry)) == entry


@given(histories)
@settings(max_examples=40)
def test_any_history_comes_back_from_polib_and_the_translate_toolkit(
    past: tuple[EarlierTarget, ...],
):
    entry = replace(ENTRY, history=past, notes=("Kim: 숫자 확인",), extra=("# 손으로 쓴 말",))
    opened = polib.pofile(written(entry))
    assert read(str(opened)) == entry
    store = pypo.pofile.parsestring(written(entry).encode())
    store.units[1].target = str(store.units[1].target)
    assert read(bytes(store).decode()) == entry


@pytest.mark.gettext
@given(histories)
@settings(max_examples=15)
def test_any_history_comes_back_from_msgcat(past: tuple[EarlierTarget, ...]):
    entry = replace(ENTRY, history=past, notes=("Kim: 숫자 확인",), extra=("# 손으로 쓴 말",))
    done = subprocess.run(
        ["msgcat", "-"], input=written(entry).encode(), capture_output=True, check=True
    )
    assert read(done.stdout.decode()) == entry


@pytest.mark.gettext
def test_msgmerge_and_msgfmt_leave_it(tmp_path: Path):
    text = "**52점**이다.\n둘째 줄 `C:\\new` — 끝. " * 9
    entry = history.replace_target(replace(ENTRY, target=replace(DRAFT, text=text)), HAND)
    file, template = tmp_path / "spark.po", tmp_path / "spark.pot"
    file.write_text(written(entry), "utf-8")
    for words in (
        ("msgfmt", "--check", "-o", "/dev/null", file),
        ("msgattrib", "--no-obsolete", "--clear-fuzzy", "--empty", "-o", template, file),
        ("msgmerge", "--previous", "--quiet", "-U", "--backup=none", file, template),
    ):
        subprocess.run(words, check=True)
    assert read(file.read_text("utf-8")) == entry


@pytest.mark.parametrize("line", ["첫 초안.", "draft | mt:a/b | 첫 초안.", "\\", "a\\"])
def test_a_line_that_somebody_damaged_loses_no_word(line: str):
    text = written(ENTRY).replace("#. paragraph", f"# earlier: {line}\n#. paragraph")
    (earlier,) = read(text).history
    assert earlier.text.replace("\\", "") == line.replace("\\", "")
    assert read(written(read(text))) == read(text)


def test_an_edited_source_keeps_it_and_a_unit_that_leaves_takes_it_along():
    entry = history.replace_target(ENTRY, HAND)
    catalog = replace(EMPTY, entries=(entry,))
    longer = Unit(Kind.PARAGRAPH, f"{SOURCE} That is all.")
    assert update(catalog, [longer]).catalog.entries[0].history == entry.history
    rejected = history.replace_target(ENTRY, Target(time=HAND.time), declined_by="Kim")
    (gone,) = update(replace(EMPTY, entries=(rejected,)), []).catalog.entries
    assert gone.obsolete
    assert gone.history == rejected.history


def both(base: Entry, ours: Entry, theirs: Entry) -> tuple[Entry, Entry]:
    """The entry as each of the two branches merges it."""
    catalogs = [replace(EMPTY, entries=(each,)) for each in (base, ours, theirs)]
    one = merge(catalogs[0], catalogs[1], catalogs[2]).catalog.entries[0]
    return one, merge(catalogs[0], catalogs[2], catalogs[1]).catalog.entries[0]


def test_a_merge_takes_what_one_branch_rewrote():
    ours = history.replace_target(ENTRY, HAND)
    assert both(ENTRY, ours, ENTRY) == (ours, ours)


def test_a_merge_of_two_rewritten_targets_keeps_the_draft_once():
    ours = history.replace_target(ENTRY, HAND)
    lee = replace(HAND, text="5점 뒤처진다.", origin="human:Lee", reviewer="Lee")
    theirs = history.replace_target(ENTRY, replace(lee, time="2026-04-09T03:00:00Z"))
    one, two = both(ENTRY, ours, theirs)
    assert one.history == two.history == ours.history
    assert one.target.text == two.target.text == lee.text
    assert "GPT-5.4에 5점 뒤진다." in one.notes[0]


def test_a_merge_puts_what_both_branches_added_in_the_order_of_time():
    ours = history.replace_target(history.replace_target(ENTRY, HAND), replace(HAND, text="셋째."))
    early = replace(HAND, text="이른 글.", time="2026-04-09T01:30:00Z")
    theirs = history.replace_target(
        history.replace_target(ENTRY, early), replace(HAND, text="넷째.")
    )
    one, two = both(ENTRY, ours, theirs)
    assert [each.text for each in one.history] == [DRAFT.text, early.text, HAND.text]
    assert one.history == two.history
