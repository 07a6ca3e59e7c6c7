"""Taking back what one run, one engine or one import brought in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bilingual.catalog.history import is_declined
from bilingual.errors import UsageError
from bilingual.model import State, Target
from bilingual.workflow.log import log
from bilingual.workflow.revert import RevertSelection, parse_time, revert
from bilingual.workflow.review import Decision, approve, edit
from bilingual.workflow.segment import segment
from bilingual.workflow.translate import translate

FIRST, SECOND, LATER = "2026-04-09T01:00:00Z", "2026-04-09T02:00:00Z", "2026-04-10T00:00:00Z"
QUOTE = '"It is a start," Wang said.'
TITLE = "Meta ships Muse Spark"
KIM = Decision("Kim", LATER)
MINI = "mt:openai/gpt-4.1-mini"


def give(newsroom, targets: dict[str, Target]) -> None:
    """Put ``targets`` by their sources."""

    def change(catalog):
        return replace(
            catalog,
            entries=tuple(
                replace(each, target=targets.get(each.source, each.target))
                for each in catalog.entries
            ),
        )

    newsroom.change(newsroom.article("spark"), "ko", change)


@pytest.fixture
def newsroom(newsroom):
    """A quote drafted in one run, a title in a later one, by two models of one engine."""
    segment(newsroom)
    quote = Target("“시작이다.” 왕이 말했다.", State.TRANSLATED, MINI, time=FIRST)
    title = Target("메타, 뮤즈 스파크 출시", State.TRANSLATED, "mt:openai/gpt-4.1", time=SECOND)
    give(newsroom, {QUOTE: quote, TITLE: title})
    return newsroom


def unit(newsroom, source=QUOTE):
    return next(each for each in newsroom.catalog("spark", "ko").live if each.source == source)


def sources(reverted) -> list[str]:
    return [each.entry.source for each in reverted]


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        (RevertSelection("mt:"), [TITLE, QUOTE]),
        (RevertSelection("mt:openai"), [TITLE, QUOTE]),
        (RevertSelection(MINI), [QUOTE]),
        (RevertSelection("mt:openai/gpt-4.1"), [TITLE]),
        (RevertSelection(run=SECOND), [TITLE]),
        (RevertSelection("mt:openai", since=SECOND), [TITLE]),
        (RevertSelection(MINI, since=SECOND), []),
    ],
    ids=str,
)
def test_what_one_engine_one_model_or_one_run_brought_in(newsroom, wanted, taken):
    assert sources(revert(newsroom, [], wanted, KIM, dry_run=True).taken) == taken
    assert unit(newsroom).target.text
    assert sources(revert(newsroom, [], wanted, KIM).taken) == taken
    for source in (TITLE, QUOTE):
        assert (unit(newsroom, source).target.state is State.INITIAL) == (source in taken)
    assert not revert(newsroom, [], wanted, KIM).taken


def test_a_reverted_target_is_kept_in_the_history_with_the_name_of_who_did_it(newsroom):
    text = unit(newsroom).target.text
    revert(newsroom, [], RevertSelection(MINI), KIM)
    (earlier,) = unit(newsroom).history
    assert (earlier.text, earlier.state, earlier.reviewer) == (text, State.INITIAL, "Kim")
    assert (earlier.time, earlier.made_at) == (LATER, FIRST)
    assert is_declined(unit(newsroom), text)


def test_a_persons_approval_is_listed_and_left(newsroom):
    approve(newsroom, "spark", unit(newsroom).id, KIM)
    result = revert(newsroom, [], RevertSelection("mt:openai"), KIM)
    assert (sources(result.taken), sources(result.left)) == ([TITLE], [QUOTE])
    assert unit(newsroom).target.approved
    assert sources(revert(newsroom, [], RevertSelection(run=FIRST), KIM).left) == [QUOTE]


def test_an_approved_target_is_reverted_on_request(newsroom):
    approve(newsroom, "spark", unit(newsroom).id, KIM)
    result = revert(newsroom, [], RevertSelection(MINI, approved=True), KIM)
    assert sources(result.taken) == [QUOTE]
    assert unit(newsroom).target == Target(time=LATER)


def test_what_a_person_wrote_over_a_draft_is_not_the_engines(newsroom):
    edit(newsroom, "spark", unit(newsroom).id, "“출발점”이라고 왕은 말했다.", KIM)
    assert sources(revert(newsroom, [], RevertSelection("mt:", approved=True), KIM).taken) == [
        TITLE
    ]
    assert unit(newsroom).target.origin == "human:Kim"


def redraft(newsroom) -> None:
    """Let an engine replace the quote, as a ``--redo`` does."""
    from bilingual.catalog.history import replace_target

    draft = Target("시작이라고 왕.", State.TRANSLATED, "mt:local/qwen", time=SECOND)

    def change(catalog):
        return replace(
            catalog,
            entries=tuple(
                replace_target(each, draft) if each.source == QUOTE else each
                for each in catalog.entries
            ),
        )

    newsroom.change(newsroom.article("spark"), "ko", change)


def test_the_target_that_a_person_approved_before_comes_back_as_it_was(newsroom):
    edit(newsroom, "spark", unit(newsroom).id, "“출발점”이라고 왕은 말했다.", KIM)
    approved = unit(newsroom).target
    redraft(newsroom)
    (one,) = revert(newsroom, [], RevertSelection("mt:local"), KIM).taken
    assert one.back == approved
    assert unit(newsroom).target == approved


def test_nothing_made_from_another_source_comes_back(newsroom):
    edit(newsroom, "spark", unit(newsroom).id, "“출발점”이라고 왕은 말했다.", KIM)
    file = newsroom.root / "articles/spark/index.en.md"
    file.write_text(
        file.read_text("utf-8").replace('a start," Wang', 'a beginning," Wang'), "utf-8"
    )
    segment(newsroom)
    changed = QUOTE.replace("a start", "a beginning")
    draft = Target("시작.", State.TRANSLATED, "mt:local/qwen", time=SECOND)
    from bilingual.catalog.history import replace_target

    def change(catalog):
        return replace(
            catalog,
            entries=tuple(
                replace_target(each, draft) if each.source == changed else each
                for each in catalog.entries
            ),
        )

    newsroom.change(newsroom.article("spark"), "ko", change)
    revert(newsroom, [], RevertSelection("mt:local"), KIM)
    assert unit(newsroom, changed).target == Target(time=LATER)


def test_a_reverted_draft_is_requested_again_and_not_taken_from_the_journal(make_newsroom):
    newsroom = make_newsroom(toml='[translate]\nengine = "scripted"\n')
    first = translate(newsroom)
    assert first.usage.requests
    revert(newsroom, [], RevertSelection("mt:scripted"), KIM)
    again = translate(newsroom)
    assert again.drafted == first.drafted
    assert again.usage.requests == first.usage.requests


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (RevertSelection(), "nothing to take back was given"),
        (RevertSelection("mt:openia"), "did you mean mt:openai"),
        (RevertSelection(run="2026-04-09T01:00:01Z"), "did you mean 2026-04-09T0"),
        (RevertSelection("import:memory/2019.tmx"), "unknown origin"),
    ],
)
def test_what_no_unit_ever_had_is_refused(newsroom, wanted, said):
    with pytest.raises(UsageError, match=said):
        revert(newsroom, [], wanted, KIM)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-04-09", "2026-04-09T00:00:00Z"),
        ("2026-04-09T01:02:03Z", "2026-04-09T01:02:03Z"),
        ("2026-04-09T10:02:03+09:00", "2026-04-09T01:02:03Z"),
    ],
)
def test_a_time_may_be_a_day_or_of_another_zone(text, time):
    assert parse_time(text) == time


def test_a_word_is_no_time():
    with pytest.raises(UsageError, match="'yesterday' is not a time"):
        parse_time("yesterday")


def test_the_log_shows_every_target_oldest_first(newsroom):
    edit(newsroom, "spark", unit(newsroom).id, "“출발점”이라고 왕은 말했다.", KIM)
    found = log(newsroom, "spark", unit(newsroom).id[:6])
    assert [(each.origin, each.state) for each in found.targets] == [
        (MINI, State.TRANSLATED), ("human:Kim", State.REVIEWED),
    ]  # fmt: skip
    assert found.present
    assert all(map(found.fits, found.targets))
