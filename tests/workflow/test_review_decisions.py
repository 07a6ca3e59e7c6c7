"""Decisions of a person on one unit, on a real newsroom."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from multiprocessing import get_context

import pytest

from bilingual.errors import RefusedError, UsageError
from bilingual.markdown.merge import STRUCTURE, MergedArticle, TargetRefusal
from bilingual.model import Message, State, Target
from bilingual.newsroom import Newsroom
from bilingual.workflow.queue import fingerprint
from bilingual.workflow.review import Decision, approve, comment, edit, find, normalise, reject
from bilingual.workflow.segment import segment

DRAFT = "제한된 시작이라고 왕이 말했다."
QUOTE = '"It is a start," Wang said.'


@pytest.fixture
def newsroom(newsroom):
    """The newsroom with its catalog, every unit drafted by a machine."""
    segment(newsroom, [])

    def draft(catalog):
        return replace(
            catalog,
            entries=tuple(
                replace(each, target=Target(DRAFT, State.TRANSLATED, "mt:scripted/one"))
                for each in catalog.entries
            ),
        )

    newsroom.change(newsroom.article("spark"), "ko", draft)
    return newsroom


@pytest.fixture
def decision(now):
    return Decision("김편집", now)


def unit(newsroom, source=QUOTE):
    return next(each for each in newsroom.catalog("spark", "ko").live if each.source == source)


def test_an_approved_draft_is_reviewed_and_keeps_its_origin(newsroom, decision, now):
    approve(newsroom, "spark", unit(newsroom).id, decision)
    assert unit(newsroom).target == Target(DRAFT, State.REVIEWED, "mt:scripted/one", "김편집", now)


def test_an_editor_signs_off(newsroom, decision):
    approve(newsroom, "spark", unit(newsroom).id, decision, final=True)
    assert unit(newsroom).target.state is State.FINAL


def test_approving_a_stale_unit_approves_it_for_the_current_source(newsroom, decision):
    def make_stale(catalog):
        return replace(
            catalog,
            entries=tuple(
                replace(each, target=replace(each.target, previous="Before."))
                for each in catalog.entries
            ),
        )

    newsroom.change(newsroom.article("spark"), "ko", make_stale)
    approve(newsroom, "spark", unit(newsroom).id, decision)
    assert unit(newsroom).target.approved


def test_nothing_is_approved_where_there_is_nothing(newsroom, decision):
    reject(newsroom, "spark", unit(newsroom).id, "", decision)
    with pytest.raises(RefusedError, match="no translation to approve"):
        approve(newsroom, "spark", unit(newsroom).id, decision)


def test_an_edit_is_reviewed_and_human(newsroom, decision, now):
    edit(newsroom, "spark", unit(newsroom).id, "“시작입니다”라고 왕은 말했다.", decision)
    assert unit(newsroom).target == Target(
        "“시작입니다”라고 왕은 말했다.", State.REVIEWED, "human:김편집", "김편집", now
    )


def test_an_edit_is_stored_composed_and_without_loose_ends(newsroom, decision):
    edit(
        newsroom,
        "spark",
        unit(newsroom).id,
        unicodedata.normalize("NFD", "  시작이다. \r\n"),
        decision,
    )
    assert unit(newsroom).target.text == "시작이다."


def test_the_same_text_again_is_an_approval(newsroom, decision):
    edit(newsroom, "spark", unit(newsroom).id, f"{DRAFT}\n", decision)
    assert unit(newsroom).target.origin == "mt:scripted/one"
    assert unit(newsroom).target.state is State.REVIEWED


@pytest.mark.parametrize("text", ["", " \n\t", "\u3000"])
def test_an_empty_edit_is_refused(newsroom, decision, text):
    before = unit(newsroom)
    with pytest.raises(RefusedError, match="empty"):
        edit(newsroom, "spark", before.id, text, decision)
    assert unit(newsroom) == before


def test_an_edit_that_merge_refuses_is_refused(newsroom, decision, monkeypatch):
    before = unit(newsroom)
    place = [each.source for each in newsroom.document(newsroom.article("spark")).units].index(
        QUOTE
    )

    def refuse(document, targets):
        assert targets == {place: "다른 구조"}
        return MergedArticle(document.text, (TargetRefusal(place, Message(STRUCTURE)),))

    monkeypatch.setattr("bilingual.markdown.merge.merge", refuse)
    with pytest.raises(
        RefusedError, match="does not fit into the article: The target would change"
    ):
        edit(newsroom, "spark", before.id, "다른 구조", decision)
    assert unit(newsroom) == before


@pytest.mark.parametrize("text", ["시작\x00", "\x1b[31m시작", "시작\udcff"])
@pytest.mark.parametrize("act", [edit, reject, comment])
def test_what_no_text_file_may_hold_is_refused(newsroom, decision, act, text):
    before = unit(newsroom)
    with pytest.raises(UsageError, match="not allowed in a text file"):
        act(newsroom, "spark", before.id, text, decision)
    assert unit(newsroom) == before


def test_a_rejected_draft_is_gone_and_the_reason_stays(newsroom, decision):
    reject(newsroom, "spark", unit(newsroom).id, "따옴표가\n사라졌다", decision)
    entry = unit(newsroom)
    assert (entry.target.text, entry.target.state) == ("", State.INITIAL)
    assert entry.target.failure == "따옴표가 사라졌다"
    assert entry.notes == ("김편집: 따옴표가 사라졌다",)


def test_a_comment_decides_nothing(newsroom, decision):
    before = unit(newsroom)
    comment(newsroom, "spark", before.id, "원문 확인 필요", decision)
    assert unit(newsroom) == replace(before, notes=("김편집: 원문 확인 필요",))


def test_an_empty_comment_is_refused(newsroom, decision):
    with pytest.raises(UsageError, match="empty note"):
        comment(newsroom, "spark", unit(newsroom).id, " ", decision)


def test_comments_are_in_order(newsroom, decision):
    comment(newsroom, "spark", unit(newsroom).id, "첫째", decision)
    comment(newsroom, "spark", unit(newsroom).id, "둘째", replace(decision, by="이기자"))
    assert unit(newsroom).notes == ("김편집: 첫째", "이기자: 둘째")


def test_only_the_unit_changes(newsroom, decision):
    before = newsroom.catalog("spark", "ko")
    approve(newsroom, "spark", unit(newsroom).id, decision)
    after = newsroom.catalog("spark", "ko")
    differing = [a.id for a, b in zip(before.entries, after.entries, strict=True) if a != b]
    assert differing == [unit(newsroom).id]


@pytest.mark.parametrize("act", [approve, edit, reject])
def test_what_changed_since_it_was_shown_is_not_decided_on(newsroom, decision, act):
    shown = unit(newsroom)
    edit(newsroom, "spark", shown.id, "다른 사람이 고쳤다.", replace(decision, by="이기자"))
    by = replace(decision, shown=fingerprint(shown))
    words = {approve: (by,), edit: ("내가 고쳤다.", by), reject: ("틀림", by)}[act]
    with pytest.raises(RefusedError, match="changed since it was shown"):
        act(newsroom, "spark", shown.id, *words)
    assert unit(newsroom).target.text == "다른 사람이 고쳤다."


def test_what_is_as_it_was_shown_is_decided_on(newsroom, decision):
    shown = unit(newsroom)
    approve(newsroom, "spark", shown.id, replace(decision, shown=fingerprint(shown)))
    assert unit(newsroom).target.approved


def test_a_source_that_changed_counts_as_changed(newsroom):
    entry = unit(newsroom)
    assert fingerprint(entry) != fingerprint(replace(entry, source="Another."))


def test_a_unit_is_found_by_the_beginning_of_its_id(newsroom):
    entry = unit(newsroom)
    ids = [each.id for each in newsroom.catalog("spark", "ko").live]
    length = next(
        size
        for size in range(1, len(entry.id) + 1)
        if sum(each.startswith(entry.id[:size]) for each in ids) == 1
    )
    assert find(newsroom, "spark", entry.id[:length]) == entry


def test_a_beginning_that_several_units_have_is_answered_with_them(newsroom):
    def rename(catalog):
        entries = tuple(
            replace(each, id=f"same{index}") for index, each in enumerate(catalog.entries)
        )
        return replace(catalog, entries=entries)

    newsroom.change(newsroom.article("spark"), "ko", rename)
    with pytest.raises(UsageError, match="same0, same1"):
        find(newsroom, "spark", "same")


def test_an_exact_id_wins_over_longer_ones(newsroom):
    def rename(catalog):
        names = ["one", "one-more", *(each.id for each in catalog.entries[2:])]
        entries = tuple(replace(e, id=name) for e, name in zip(catalog.entries, names, strict=True))
        return replace(catalog, entries=entries)

    newsroom.change(newsroom.article("spark"), "ko", rename)
    assert find(newsroom, "spark", "one").id == "one"


def test_an_unknown_unit_is_answered_with_near_ones(newsroom):
    known = unit(newsroom).id
    with pytest.raises(UsageError, match=known):
        find(newsroom, "spark", known[:-1] + ("a" if known[-1] != "a" else "b"))


def test_an_unsegmented_article_is_an_error_with_a_hint(make_newsroom):
    newsroom = make_newsroom()
    with pytest.raises(UsageError, match="bilingual segment spark"):
        find(newsroom, "spark", "abc")


def approve_from(root, ids, name):
    newsroom = Newsroom.open(root)
    for each in ids:
        approve(newsroom, "spark", each, Decision(name, "2026-04-09T01:02:03Z"))


def test_two_reviewers_at_once_lose_nothing(newsroom):
    ids = [each.id for each in newsroom.catalog("spark", "ko").live]
    context = get_context("spawn")
    people = [
        context.Process(target=approve_from, args=(newsroom.root, ids[start::2], name))
        for start, name in enumerate(["김편집", "이기자"])
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert {person.exitcode for person in people} == {0}
    assert all(each.target.approved for each in newsroom.catalog("spark", "ko").live)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("한\r\n둘\r", "한\n둘"),
        (unicodedata.normalize("NFD", "한글"), "한글"),
        ("  가운데  \n 줄 ", "가운데\n 줄"),
    ],
)
def test_what_people_type_is_tidied(typed, stored):
    assert normalise(typed) == stored


def test_what_a_person_rewrites_or_rejects_stays_in_the_units_history(newsroom, decision, now):
    name = unit(newsroom).id
    edit(newsroom, "spark", name, "“시작일 뿐”이라고 왕은 말했다.", decision)
    reject(
        newsroom,
        "spark",
        name,
        "왕이 아니라 왕웨이",
        replace(decision, time="2026-04-09T03:00:00Z"),
    )
    draft, hand = unit(newsroom).history
    assert (draft.text, draft.state, draft.origin) == (DRAFT, State.TRANSLATED, "mt:scripted/one")
    assert (hand.text, hand.state, hand.origin) == (
        "“시작일 뿐”이라고 왕은 말했다.", State.INITIAL, "human:김편집",
    )  # fmt: skip
    assert (hand.reviewer, hand.time, hand.made_at) == ("김편집", "2026-04-09T03:00:00Z", now)


def test_an_approval_keeps_when_the_draft_was_made(newsroom, decision, now):
    def date(catalog):
        return replace(
            catalog,
            entries=tuple(
                replace(each, target=replace(each.target, time="2026-04-08T00:00:00Z"))
                for each in catalog.entries
            ),
        )

    newsroom.change(newsroom.article("spark"), "ko", date)
    approve(newsroom, "spark", unit(newsroom).id, decision)
    approve(newsroom, "spark", unit(newsroom).id, decision, final=True)
    target = unit(newsroom).target
    assert (target.time, target.drafted, target.made_at) == (
        now, "2026-04-08T00:00:00Z", "2026-04-08T00:00:00Z",
    )  # fmt: skip
    assert unit(newsroom).history == ()
