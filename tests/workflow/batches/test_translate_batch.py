"""Translating in batches, against a real HTTP server that follows the published format."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import replace

import pytest

from bilingual.engines.scripted import made_up
from bilingual.errors import EngineDownError, EngineError, UsageError
from bilingual.journal.batches import Batches, PendingCounts
from bilingual.journal.journal import Journal
from bilingual.model import State, Target
from bilingual.testing.provider.batches import Cut, End
from bilingual.testing.provider.server import FailedResponse, ScriptedServer
from bilingual.workflow.translate import JOURNAL, translate
from bilingual.workflow.translate_batch import BatchOptions, give_up, translate_in_batches
from tests.support.batching import BOTH, COLLECT, MANY, SUBMIT, WAIT, WORDS


@pytest.fixture
def newsroom(server, make_newsroom):
    return make_newsroom({"a/en": MANY}, toml=settings(server))


def settings(server, more: str = "") -> str:
    return (
        f"[translate]\nengine = 'openai'\n[engines.openai]\nbase_url = '{server.url}'\n"
        f"model = 'm'\ncontext = 1\nbatch = 2\n{more}"
    )


def run(newsroom, told: BatchOptions, **more):
    return translate_in_batches(newsroom, (), told, **more)


def forget(newsroom):
    for file in newsroom.root.glob(".bilingual/journal.sqlite*"):
        file.unlink()


def drafts(newsroom, slug="a") -> list[str]:
    return [entry.target.text for entry in newsroom.catalog(slug, "ko").live]


def asked(server) -> list[str]:
    """Names of the requests that were put into batches, in order."""
    uploaded = [each["input_file_id"] for each in server.batches.batches.values()]
    return [
        json.loads(line)["custom_id"]
        for name in uploaded
        for line in server.batches.files[name].splitlines()
    ]


def bodies(server, batch: int = 0) -> list[dict]:
    name = list(server.batches.batches.values())[batch]["input_file_id"]
    return [json.loads(line)["body"] for line in server.batches.files[name].splitlines()]


def set_target(newsroom, source, target, slug="a"):
    def edit(catalog):
        changed = [
            replace(each, target=target) if each.source == source else each
            for each in catalog.entries
        ]
        return replace(catalog, entries=tuple(changed))

    newsroom.change(newsroom.article(slug), "ko", edit)


# The way of a batch


def test_a_batch_is_submitted_and_collected_in_two_runs(server, newsroom):
    sent = run(newsroom, SUBMIT)
    assert [(each.requests, each.units) for each in sent.submitted] == [(6, 12)]
    assert sent.pending == PendingCounts(1, 6, 12)
    assert (sent.translated.drafted, sent.translated.deferred, sent.queued) == (0, 12, 0)
    assert not any(drafts(newsroom))
    got = run(newsroom, COLLECT)
    assert (got.collected[0].status, got.collected[0].answered) == ("completed", 6)
    assert got.translated.drafted == 12
    assert got.pending == PendingCounts()
    assert all(drafts(newsroom))
    assert len(server.batches.billed) == 6
    assert not server.bodies, "nothing was asked outside the batch"


def test_a_batch_asks_for_exactly_what_an_ordinary_run_asks(server, newsroom):
    run(newsroom, SUBMIT)
    forget(newsroom)
    translate(newsroom)
    key = {json.dumps(body, sort_keys=True) for body in server.bodies}
    assert {json.dumps(body, sort_keys=True) for body in bodies(server)} == key


def test_a_second_run_submits_nothing(server, newsroom):
    run(newsroom, SUBMIT)
    again = run(newsroom, SUBMIT)
    assert (again.submitted, again.queued, again.translated.deferred) == ((), 0, 12)
    assert len(server.batches.batches) == 1


def test_what_the_journal_has_is_not_put_into_a_batch(server, newsroom):
    translate(newsroom)
    asked_at_once = len(server.bodies)
    article = newsroom.root / "articles/a/index.en.md"
    article.write_text(article.read_text() + "\n# Part seventh\n\nThe seventh paragraph.\n")
    sent = run(newsroom, SUBMIT)
    assert [each.units for each in sent.submitted] == [2]
    assert len(server.bodies) == asked_at_once


def test_an_ordinary_run_leaves_what_is_in_flight_alone(server, newsroom):
    run(newsroom, SUBMIT)
    result = translate(newsroom)
    assert (result.drafted, result.deferred) == (0, 12)
    assert not server.bodies


def test_an_ordinary_run_uses_what_a_batch_brought(server, newsroom):
    server.batches.patience = 1
    run(newsroom, SUBMIT)
    while not run(newsroom, COLLECT).collected:
        pass
    article = newsroom.root / "articles/a/index.en.md"
    article.write_text(article.read_text() + "\n# Part seventh\n\nThe seventh paragraph.\n")
    result = translate(newsroom)
    assert (result.drafted, len(server.bodies)) == (2, 1)


def test_nothing_to_translate_makes_no_batch(server, make_newsroom):
    newsroom = make_newsroom({"a/en": "1 + 1 = 2\n"}, toml=settings(server))
    sent = run(newsroom, SUBMIT)
    assert (sent.submitted, sent.queued) == ((), 0)
    assert not server.batches.calls


def test_a_batch_that_is_not_done_is_left_in_flight(server, newsroom):
    server.batches.patience = 2
    run(newsroom, SUBMIT)
    got = run(newsroom, COLLECT)
    assert (got.collected, got.pending, got.translated.deferred) == (
        (),
        PendingCounts(1, 6, 12),
        12,
    )


def test_waiting_looks_until_everything_is_drafted(server, newsroom):
    server.batches.patience = 3
    got = run(newsroom, WAIT)
    assert got.translated.drafted == 12
    assert all(drafts(newsroom))
    assert server.batches.calls.count("look") == 9


def test_files_stay_within_what_the_server_takes(server, make_newsroom):
    newsroom = make_newsroom(
        {"a/en": MANY}, toml=settings(server, "[engines.openai.bulk]\nrequests = 4\n")
    )
    sent = run(newsroom, SUBMIT)
    assert [each.requests for each in sent.submitted] == [4, 2]
    got = run(newsroom, COLLECT)
    assert (len(got.collected), got.translated.drafted) == (2, 12)


def test_a_file_is_cut_at_the_servers_size(server, make_newsroom):
    newsroom = make_newsroom(
        {"a/en": MANY}, toml=settings(server, "[engines.openai.bulk]\nbytes = 6000\n")
    )
    run(newsroom, SUBMIT)
    sizes = [len(server.batches.files[each["input_file_id"]])
             for each in server.batches.batches.values()]  # fmt: skip
    assert len(sizes) > 1
    assert max(sizes) <= 6000


def test_the_same_words_in_two_articles_are_asked_for_once(server, make_newsroom):
    newsroom = make_newsroom({"a/en": MANY, "b/en": MANY}, toml=settings(server))
    sent = run(newsroom, SUBMIT)
    assert [(each.requests, each.units) for each in sent.submitted] == [(6, 24)]
    assert run(newsroom, COLLECT).translated.drafted == 24


# What does not come back, or not well


def test_what_the_checks_refuse_goes_into_the_next_batch_with_the_reasons(server, make_newsroom):
    newsroom = make_newsroom({"a/en": "Run `make demo` to see it.\n"}, toml=settings(server))
    server.translate = lambda _text: "실행해 보라."
    run(newsroom, SUBMIT)
    got = run(newsroom, BOTH)
    assert [each.units for each in got.submitted] == [1]
    assert "the mark <x1/> is missing" in json.dumps(bodies(server, 1))
    server.translate = lambda text: made_up(text, "ko")
    assert run(newsroom, COLLECT).translated.drafted == 1


def test_without_submitting_it_is_said_how_many_wait_for_the_next_batch(server, make_newsroom):
    newsroom = make_newsroom({"a/en": "Run `make demo` to see it.\n"}, toml=settings(server))
    server.translate = lambda _text: "실행해 보라."
    run(newsroom, SUBMIT)
    got = run(newsroom, COLLECT)
    assert (got.queued, got.translated.drafted, got.pending) == (1, 0, PendingCounts())


def test_an_expired_batch_delivers_what_is_done_and_the_rest_goes_again(server, newsroom):
    server.batches.ends = [End("expired", done=2)]
    run(newsroom, SUBMIT)
    got = run(newsroom, BOTH)
    (ended,) = got.collected
    assert (ended.status, ended.answered, ended.failed) == ("expired", 2, 4)
    assert "completion window expired" in ended.said
    assert (got.translated.drafted, got.submitted[0].requests) == (4, 4)
    assert run(newsroom, COLLECT).translated.drafted == 8
    assert sorted(server.batches.billed) == sorted(set(asked(server)))


def test_a_cancelled_batch_delivers_what_is_done(server, newsroom):
    server.batches.ends = [End("cancelled", done=5)]
    run(newsroom, SUBMIT)
    got = run(newsroom, COLLECT)
    assert (got.translated.drafted, got.queued) == (10, 2)


def test_a_batch_whose_file_is_refused_says_why_and_goes_again(server, newsroom):
    server.batches.ends = [End("failed", faults=("Enqueued token limit reached for m",))]
    run(newsroom, SUBMIT)
    got = run(newsroom, COLLECT)
    assert (got.collected[0].status, got.collected[0].failed) == ("failed", 6)
    assert "Enqueued token limit reached" in got.collected[0].said
    assert (got.queued, got.pending) == (12, PendingCounts())
    assert [each.requests for each in run(newsroom, SUBMIT).submitted] == [6]
    assert run(newsroom, COLLECT).translated.drafted == 12


def test_waiting_does_not_submit_for_ever_what_never_comes_back(server, newsroom):
    server.batches.ends = [End("failed", faults=("no",))] * 9
    got = run(newsroom, WAIT)
    assert (len(server.batches.batches), got.queued) == (2, 12)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_request_that_failed_in_the_batch_goes_into_the_next(server, newsroom, status):
    refused = []

    def refuses(body):
        if not refused and "fourth" in json.dumps(body):
            refused.append(body)
            return FailedResponse(status, "overloaded")
        return None

    server.refuses = refuses
    run(newsroom, SUBMIT)
    got = run(newsroom, BOTH)
    assert (got.collected[0].answered, got.collected[0].failed) == (5, 1)
    assert [each.requests for each in got.submitted] == [1]
    assert run(newsroom, COLLECT).translated.drafted == 2
    assert len(server.batches.billed) == len(set(server.batches.billed)) == 6


def test_a_request_that_is_refused_is_asked_in_halves_and_then_given_up(server, newsroom):
    def refuses(body):
        passages = json.dumps(body["messages"][-1])
        return (
            FailedResponse(400, "This content is not allowed") if "The fourth" in passages else None
        )

    server.refuses = refuses
    got = run(newsroom, WAIT)
    assert got.translated.drafted >= 9
    reasons = {str(each.reason) for each in got.translated.failures}
    assert any("not allowed" in reason for reason in reasons)
    assert got.queued == 0


def test_a_request_that_is_too_long_is_asked_smaller_in_the_next_batches(server, newsroom):
    def refuses(body):
        long = len(json.dumps(body["messages"])) > 2200 and "The fourth" in json.dumps(body)
        return FailedResponse(400, "maximum context length is 9 tokens") if long else None

    server.refuses = refuses
    run(newsroom, SUBMIT)
    got = run(newsroom, COLLECT)
    assert got.collected[0].refused > 0
    assert got.queued > 0


def test_what_the_server_does_not_take_is_left_out_of_the_next_batch(server, newsroom):
    server.refuses = lambda body: (
        FailedResponse(400, "seed is not supported") if "seed" in body else None
    )
    run(newsroom, SUBMIT)
    got = run(newsroom, BOTH)
    assert (got.collected[0].refused, got.collected[0].failed) == (0, 6)
    assert all("seed" in body for body in bodies(server, 0))
    assert not any("seed" in body for body in bodies(server, 1))
    assert run(newsroom, COLLECT).translated.drafted == 12


def test_lines_that_are_missing_doubled_foreign_or_broken(server, newsroom):
    def spoil(rows):
        foreign = rows[0].replace(b'"custom_id": "', b'"custom_id": "x')
        return [rows[1], rows[1], foreign, b"{not json\n", *rows[3:]]

    server.batches.spoil = spoil
    server.batches.counts = False
    run(newsroom, SUBMIT)
    got = run(newsroom, COLLECT)
    (ended,) = got.collected
    assert (ended.answered, ended.failed, ended.unknown) == (4, 2, 2)
    assert (got.translated.drafted, got.queued) == (8, 4)


def test_a_file_with_fewer_answers_than_the_server_counts_does_not_end_the_batch(server, newsroom):
    run(newsroom, SUBMIT)
    whole: list[bytes] = []

    def spoil(rows):
        whole.extend(rows)
        return rows[:2]

    server.batches.spoil = spoil
    got = run(newsroom, BOTH)
    assert server.batches.calls.count("content") == 2, "it is read twice"
    (short,) = got.collected
    assert (short.answered, short.missing, short.failed, short.unknown) == (2, 4, 0, 0)
    assert (got.translated.drafted, got.submitted, got.pending) == (4, (), PendingCounts(1, 4, 8))
    (output,) = [each["output_file_id"] for each in server.batches.batches.values()]
    server.batches.files[output] = b"".join(whole)
    got = run(newsroom, COLLECT)
    (ended,) = got.collected
    assert (ended.answered, ended.missing, ended.failed, ended.unknown) == (4, 0, 0, 0)
    assert all(drafts(newsroom))
    assert len(server.batches.billed) == 6


def test_a_batch_that_stays_short_is_given_up_by_a_person_alone(server, newsroom):
    server.batches.spoil = lambda _rows: []
    run(newsroom, SUBMIT)
    got = run(newsroom, WAIT)
    assert [(each.answered, each.missing) for each in got.collected] == [(0, 6)]
    assert (got.pending.requests, len(server.batches.billed)) == (6, 6)
    assert give_up(newsroom, [got.collected[0].key]) == 6
    server.batches.spoil = lambda rows: rows
    assert run(newsroom, WAIT).translated.drafted == 12


def test_a_results_file_that_is_gone_holds_no_other_batch_up(server, make_newsroom):
    newsroom = make_newsroom(
        {"a/en": MANY}, toml=settings(server, "[engines.openai.bulk]\nrequests = 3\n")
    )
    run(newsroom, SUBMIT)
    server.batches.cuts = [Cut("content", status=404), Cut("content", status=404)]
    got = run(newsroom, COLLECT)
    assert [(each.answered, each.missing) for each in got.collected] == [(0, 3), (3, 0)]
    assert run(newsroom, COLLECT).translated.drafted == 6
    assert all(drafts(newsroom))
    assert len(server.batches.billed) == 6


def test_what_a_failed_batch_has_done_is_fetched(server, newsroom):
    run(newsroom, SUBMIT)
    server.batches.ends = [End("expired", done=2)]
    urllib.request.urlopen(f"{server.url}/batches/batch_1").close()  # noqa: S310 - of this machine
    server.batches.batches["batch_1"]["status"] = "failed"
    got = run(newsroom, COLLECT)
    assert (got.collected[0].status, got.collected[0].answered) == ("failed", 2)
    assert got.translated.drafted == 4


def test_a_download_that_breaks_off_is_taken_up_by_the_next_run(server, newsroom, monkeypatch):
    monkeypatch.setattr("bilingual.engines.openai_api.batch_api.READS", 0)
    run(newsroom, SUBMIT)
    server.batches.cuts = [Cut("content", "within")]
    with pytest.raises(EngineError):
        run(newsroom, COLLECT)
    assert run(newsroom, COLLECT).translated.drafted == 12
    assert len(server.batches.billed) == 6


def test_a_batch_that_the_server_does_not_know_stays_in_flight(server, newsroom):
    run(newsroom, SUBMIT)
    server.batches.batches.clear()
    with pytest.raises(EngineError, match=r"does not know the batch batch_1 .*--give-up"):
        run(newsroom, COLLECT)
    assert len(run(newsroom, SUBMIT).submitted) == 0


# Nothing made twice


@pytest.mark.parametrize(
    ("cut", "made"),
    [(Cut("create"), 0), (Cut("create", "after"), 1), (Cut("create", "within"), 1),
     (Cut("create", status=502, message="bad gateway"), 0), (Cut("create", raw=b"<html>"), 1)],
)  # fmt: skip
def test_a_batch_whose_making_is_uncertain_is_made_once(server, newsroom, cut, made):
    server.batches.cuts = [cut]
    if made:
        assert len(run(newsroom, SUBMIT).submitted) == 1
    else:
        with pytest.raises(EngineError):
            run(newsroom, SUBMIT)
        assert len(run(newsroom, SUBMIT).submitted) == 1
    assert len(server.batches.batches) == 1
    assert run(newsroom, COLLECT).translated.drafted == 12
    assert len(server.batches.billed) == 6


@pytest.mark.parametrize("keeps", [True, False], ids=["by its key", "by its file"])
def test_a_batch_that_was_made_unseen_is_found_in_the_servers_list(server, newsroom, keeps):
    server.batches.keeps_metadata = keeps
    server.batches.cuts = [Cut("create", "after")]

    def on_call(n, call):
        if call == "create" and n < 0:
            server.batches.cuts.append(Cut("list", status=400, message="no"))

    server.batches.on_call = on_call
    with pytest.raises(EngineError):
        run(newsroom, SUBMIT)
    again = run(newsroom, SUBMIT)
    assert (again.submitted, again.pending) == ((), PendingCounts(1, 6, 12))
    assert run(newsroom, COLLECT).translated.drafted == 12
    assert len(server.batches.batches) == 1


def test_what_was_made_unseen_is_not_made_again_when_the_article_has_changed(server, newsroom):
    server.batches.cuts = [Cut("create", "after")]

    def on_call(n, call):
        if call == "create" and n < 0:
            server.batches.cuts.append(Cut("list", status=400, message="no"))

    server.batches.on_call = on_call
    with pytest.raises(EngineError):
        run(newsroom, SUBMIT)
    server.batches.on_call = lambda _n, _call: None
    article = newsroom.root / "articles/a/index.en.md"
    article.write_text(article.read_text().replace("The third paragraph", "The other paragraph"))
    again = run(newsroom, SUBMIT)
    assert [each.requests for each in again.submitted] == [1]
    assert run(newsroom, COLLECT).translated.drafted == 12
    assert len(server.batches.billed) == len(set(server.batches.billed)) == 7


def test_a_server_without_a_list_leaves_an_uncertain_batch_to_a_person(server, newsroom):
    server.batches.lists = False
    server.batches.cuts = [Cut("create", "after")]
    with pytest.raises(EngineError, match="closed the connection"):
        run(newsroom, SUBMIT)
    with pytest.raises(EngineError, match=r"not known whether batch .* `--give-up"):
        run(newsroom, SUBMIT)
    assert len(server.batches.batches) == 1


def test_the_work_of_a_lost_journal_is_found_again(server, newsroom):
    run(newsroom, SUBMIT)
    forget(newsroom)
    again = run(newsroom, SUBMIT)
    assert [each.id for each in again.submitted] == ["batch_1"]
    assert run(newsroom, COLLECT).translated.drafted == 12
    assert len(server.batches.batches) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 429])
def test_a_refused_batch_leaves_its_requests_free(server, newsroom, status):
    server.batches.cuts = [Cut("create", status=status, message="no")]
    with pytest.raises(EngineError):
        run(newsroom, SUBMIT)
    journal = Journal(newsroom.root / JOURNAL)
    assert Batches(journal).under_way() == []
    journal.close()
    assert len(run(newsroom, SUBMIT).submitted) == 1


def test_a_batch_that_is_given_up_leaves_its_requests_free(server, newsroom):
    sent = run(newsroom, SUBMIT)
    with pytest.raises(UsageError, match=f"under way: {sent.submitted[0].key}"):
        give_up(newsroom, ["nobody"])
    assert give_up(newsroom, [sent.submitted[0].key]) == 6
    assert run(newsroom, COLLECT).queued == 12
    again = run(newsroom, SUBMIT)
    assert [(each.id, each.requests) for each in again.submitted] == [("batch_2", 6)]


# What changes meanwhile


def test_an_answer_whose_unit_changed_meanwhile_is_kept_and_not_used(server, newsroom):
    run(newsroom, SUBMIT)
    article = newsroom.root / "articles/a/index.en.md"
    article.write_text(article.read_text().replace("The third paragraph", "The other paragraph"))
    got = run(newsroom, COLLECT)
    assert got.collected[0].answered == 6
    assert (got.translated.drafted, got.queued, got.unused) == (11, 1, 0)
    article.write_text(article.read_text().replace("The other paragraph", "The third paragraph"))
    assert translate(newsroom).drafted == 1
    assert not server.bodies


def test_an_answer_is_used_although_a_neighbour_was_approved_meanwhile(server, newsroom):
    mine = Target("내가 쓴 문장이다.", State.REVIEWED, "human:지수", "지수")
    article = newsroom.root / "articles/a/index.en.md"
    text = article.read_text()
    article.write_text("# Part first\n\nThe first paragraph has words.\n")
    translate(newsroom)
    article.write_text(text)
    run(newsroom, SUBMIT)
    set_target(newsroom, "The first paragraph has words.", mine)
    got = run(newsroom, COLLECT)
    assert (got.translated.drafted, got.queued) == (10, 0)


HEADED = "---\ntitle: The old title\ndek: What it says\n---\n\n# Part\n\n" + "\n\n".join(
    f"The {word} paragraph has words." for word in WORDS
)
"""Two fields, a heading and six paragraphs: four requests of two units, and one of one."""


@pytest.mark.parametrize(
    ("old", "new"),
    [("The old title", "The new title"), ("What it says", "What is new"), ("# Part", "# Chapter")],
)
def test_an_answer_is_used_although_what_stands_above_was_edited(server, make_newsroom, old, new):
    newsroom = make_newsroom({"a/en": HEADED}, toml=settings(server))
    run(newsroom, SUBMIT)
    article = newsroom.root / "articles/a/index.en.md"
    article.write_text(article.read_text().replace(old, new))
    got = run(newsroom, COLLECT)
    assert (got.translated.drafted, got.queued, got.unused) == (8, 1, 0)
    assert len(server.batches.billed) == 5


def test_a_unit_that_a_person_fills_meanwhile_is_theirs(server, newsroom):
    run(newsroom, SUBMIT)
    mine = Target("내가 쓴 문장이다.", State.REVIEWED, "human:지수", "지수")
    set_target(newsroom, "The third paragraph has words.", mine)
    got = run(newsroom, COLLECT)
    assert "내가 쓴 문장이다." in drafts(newsroom)
    assert got.translated.drafted == 11
    assert not got.queued


def test_a_paragraph_put_in_meanwhile_is_all_that_the_next_batch_asks_for(server, newsroom):
    run(newsroom, SUBMIT)
    article = newsroom.root / "articles/a/index.en.md"
    first = "The first paragraph has words.\n"
    article.write_text(article.read_text().replace(first, f"{first}\nA new one is put in.\n"))
    more = run(newsroom, SUBMIT)
    assert [each.requests for each in more.submitted] == [1]
    assert run(newsroom, COLLECT).translated.drafted == 13
    assert all(drafts(newsroom))
    assert len(server.batches.billed) == 7


def test_batches_of_another_server_wait_until_it_is_the_engines_again(server, newsroom):
    run(newsroom, SUBMIT)
    with ScriptedServer() as other:
        toml = newsroom.root / "bilingual.toml"
        before = toml.read_text()
        toml.write_text(before.replace(server.url, other.url))
        moved = type(newsroom).open(newsroom.root)
        got = run(moved, COLLECT)
        assert got.elsewhere == (server.url,)
        assert got.collected == ()
    toml.write_text(before)
    assert run(type(newsroom).open(newsroom.root), COLLECT).translated.drafted == 12


# Money


PRICED = "[engines.openai.price]\nprompt = 1000\ncompletion = 1000\nbatch = 0.5\n"


def test_a_batch_costs_what_the_price_says_of_batches(server, make_newsroom):
    newsroom = make_newsroom({"a/en": MANY}, toml=settings(server, PRICED))
    run(newsroom, SUBMIT)
    got = run(newsroom, COLLECT)
    tokens = sum(bill.prompt + bill.completion for bill in server.bills)
    assert tokens
    assert got.translated.cost == pytest.approx(tokens * 1000 / 1_000_000 / 2)
    assert got.translated.usage.requests == 6


def most_of_all(newsroom) -> float:
    """What all may cost at the most, found by submitting it and giving it up."""
    sent = run(newsroom, SUBMIT).submitted
    give_up(newsroom, [each.key for each in sent])
    return sum(each.cost for each in sent)


def test_a_budget_for_the_run_is_never_exceeded(server, make_newsroom):
    newsroom = make_newsroom({"a/en": MANY}, toml=settings(server, PRICED))
    whole = run(newsroom, replace(SUBMIT), max_cost=0.0)
    assert (whole.submitted, whole.queued) == ((), 12)
    assert "allowed for a run" in str(whole.stopped)
    most = most_of_all(newsroom) / 2
    sent = run(newsroom, SUBMIT, max_cost=most)
    assert 0 < sum(each.requests for each in sent.submitted) < 6
    assert sum(each.cost for each in sent.submitted) <= most
    assert sent.queued > 0
    got = run(newsroom, COLLECT)
    assert got.translated.cost <= most


def test_a_monthly_budget_counts_what_is_in_flight(server, make_newsroom, now, monkeypatch):
    monkeypatch.setattr("bilingual.clock.timestamp", lambda: now)  # no month ends meanwhile
    newsroom = make_newsroom({"a/en": MANY}, toml=settings(server, PRICED))
    most = most_of_all(newsroom) / 2
    toml = newsroom.root / "bilingual.toml"
    budget = f"[translate]\nmonthly_budget = {most}\n"
    toml.write_text(toml.read_text().replace("[translate]\n", budget))
    newsroom = type(newsroom).open(newsroom.root)
    first = run(newsroom, SUBMIT)
    assert 0 < sum(each.cost for each in first.submitted) <= most
    second = run(newsroom, SUBMIT)
    assert second.submitted == ()
    assert "allowed for a month" in str(second.stopped)


# Wrong use


def test_an_engine_without_batches_says_so(make_newsroom):
    newsroom = make_newsroom({"a/en": MANY}, toml="[translate]\nengine = 'scripted'\n")
    with pytest.raises(UsageError, match="the engine scripted does not support batches"):
        run(newsroom, SUBMIT)


def test_a_server_without_batches_says_so(server, newsroom, monkeypatch):
    def serve(handler, _content):
        handler.send_response(404)
        handler.send_header("content-length", "0")
        handler.end_headers()
        return True

    monkeypatch.setattr(server.batches, "serve", serve)
    with pytest.raises(EngineDownError, match="without `--batch`"):
        run(newsroom, SUBMIT)
    monkeypatch.undo()
    assert translate(newsroom).drafted == 12
