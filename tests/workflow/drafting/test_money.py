"""What a run may cost: budgets and prices; counted by a provider on loopback."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from bilingual.engines.price import dollars, of_model
from bilingual.errors import ConfigurationError
from bilingual.journal.journal import Journal
from bilingual.testing.provider import profiles
from bilingual.testing.provider.server import FailedResponse, ScriptedServer, asked
from bilingual.workflow.translate import JOURNAL, translate
from bilingual.workflow.translate_plan import plan
from tests.support.copies import bilingual, run
from tests.support.paid_newsroom import MANY, billed, toml

PRICE = {"prompt": 1, "completion": 1}


@pytest.mark.parametrize("share", [0.05, 0.6, 0.9])
def test_a_run_never_costs_more_than_it_may(make_newsroom, count, share):
    with ScriptedServer(count=count, latency=0.05) as server:
        newsroom = make_newsroom(MANY, toml=toml(server, batch=1, concurrency=6))
        translate(newsroom, ["a0"])
        before = billed(server)
        budget = share * 3 * before  # the other three articles cost about three times as much
        result = translate(newsroom, max_cost=budget)
        assert billed(server) - before <= budget
        assert result.stopped
        assert result.left > 0
        assert result.drafted or share < 0.1
        assert result.cost == pytest.approx(billed(server) - before)
        rest = translate(newsroom)
    assert not rest.stopped
    assert rest.drafted == result.left
    assert all(e.target.text for n in range(4) for e in newsroom.catalog(f"a{n}", "ko").live)


# A run at a time that stands, so that no month ends meanwhile.
RUN = """
import sys
from bilingual.cli.app.program import run
from bilingual import clock
clock.timestamp = lambda: sys.argv[1]
sys.exit(run(["translate", sys.argv[2]]))
"""


def test_a_month_is_one_budget_for_all_runs_and_processes(make_newsroom, count, now):
    budget = 0.012
    with ScriptedServer(count=count, latency=0.05) as server:
        newsroom = make_newsroom(
            MANY, toml=toml(server, f"monthly_budget = {budget}", concurrency=3)
        )
        with ThreadPoolExecutor(4) as pool:
            runs = list(pool.map(lambda n: run(RUN, now, f"a{n}", folder=newsroom.root), range(4)))
        said = "".join(each.stderr for each in runs)
        codes = {each.returncode for each in runs}
        assert billed(server) <= budget
    assert 1 in codes
    assert codes <= {0, 1}
    assert "$0.012 allowed for a month" in said


def test_what_may_have_been_billed_counts_at_its_most(make_newsroom, count, now, monkeypatch):
    # The clock stands, so that no month ends meanwhile.
    monkeypatch.setattr("bilingual.clock.timestamp", lambda: now)
    with ScriptedServer(count=count) as server:
        server.faults = [FailedResponse(lost=True)]
        newsroom = make_newsroom({"a/en": "One plain sentence.\n"}, toml=toml(server))
        result = translate(newsroom, max_cost=1.0)
        assert result.drafted == 1
        assert result.cost >= billed(server)
        assert len(server.bills) == 2
    journal = Journal(newsroom.root / JOURNAL)
    assert journal.spent(now) == pytest.approx(result.cost)
    journal.close()


@pytest.mark.parametrize(
    ("amount", "said"), [(2.5, "2.50"), (0.0001, "0.0001"), (50, "50.00"), (0.012, "0.012")]
)
def test_a_small_budget_is_said_in_full(amount, said):
    assert dollars(amount) == said


def test_an_engines_wrong_setting_is_named_with_its_line(make_newsroom):
    with ScriptedServer() as server:
        text = toml(server) + "[engines.openai.price]\nprompt = 1\ncompletion = 'dear'\n"
        newsroom = make_newsroom(MANY, toml=text + "[engines.openai.bulk]\nbytes = 1.5\n")
        line = text.split("\n").index("completion = 'dear'") + 1
        with pytest.raises(ConfigurationError, match=f"^bilingual.toml:{line}: "):
            translate(newsroom)
        newsroom = make_newsroom(MANY, toml=toml(server) + "[engines.openai.bulk]\nbytes = 1.5\n")
        line = toml(server).count("\n") + 2
        with pytest.raises(ConfigurationError, match=f"^bilingual.toml:{line}: "):
            translate(newsroom)


def test_a_budget_without_a_price_is_refused_with_a_hint(make_newsroom):
    with ScriptedServer() as server:
        newsroom = make_newsroom(MANY, toml=toml(server, model="news-model-9"))
        with pytest.raises(ConfigurationError, match=r"set `price = \{ prompt"):
            translate(newsroom, max_cost=1.0)
        assert not server.bodies
        assert plan(newsroom).cost is None


def test_a_newsrooms_own_price_goes_before_the_table(make_newsroom, count):
    with ScriptedServer(count=count) as server:
        newsroom = make_newsroom(
            {"a/en": "One plain sentence.\n"},
            toml=toml(server) + "[engines.openai.price]\nprompt = 1000\ncompletion = 2000\n",
        )
        spent = translate(newsroom).cost
    bill = server.bills[0]
    assert spent == pytest.approx((bill.prompt * 1000 + bill.completion * 2000) / 1e6)


@pytest.mark.parametrize(
    ("model", "price"),
    [
        ("gpt-4.1-mini", 0.4),
        ("gpt-4.1-mini-2025-04-14", 0.4),
        ("openai/gpt-4.1-mini", 0.4),
        ("gpt-4.1", 2.0),
        ("gpt-4.1-mini-mine", None),
        ("news-model-9", None),
    ],
)
def test_a_model_is_priced_by_its_name_without_provider_or_date(model, price):
    found = of_model(model)
    assert (found.prompt if found else None) == price


@pytest.mark.parametrize("wrong", ["'cheap'", "nan", "inf", "-1", "true"])
def test_a_price_that_is_no_number_is_named(make_newsroom, wrong):
    with ScriptedServer() as server:
        newsroom = make_newsroom(
            MANY, toml=toml(server) + f"[engines.openai.price]\nprompt = {wrong}\n"
        )
        with pytest.raises(ConfigurationError, match=r"price\.prompt is not a price"):
            translate(newsroom)


def test_what_an_own_price_leaves_out_is_the_models(make_newsroom, count):
    with ScriptedServer(count=count) as server:
        newsroom = make_newsroom(
            {"a/en": "One plain sentence.\n"},
            toml=toml(server) + "[engines.openai.price]\nbatch = 0.4\n",
        )
        assert translate(newsroom).cost == pytest.approx(billed(server))


def test_a_price_without_half_of_it_keeps_no_budget_and_is_refused(make_newsroom):
    with ScriptedServer() as server:
        settings = toml(server, model="news-model-9")
        newsroom = make_newsroom(MANY, toml=settings + "[engines.openai.price]\ncompletion = 2\n")
        with pytest.raises(ConfigurationError, match=r"price\.prompt is missing"):
            translate(newsroom, max_cost=1.0)
        assert not server.bodies


def test_a_budget_that_is_no_number_is_refused(make_newsroom):
    newsroom = make_newsroom({"a/en": "One plain sentence.\n"})
    run = bilingual(newsroom.root, "translate", "--max-cost", "nan")
    assert run.returncode == 2
    assert "--max-cost" in run.stderr


def answering(server: ScriptedServer, **usage: int):
    """Have ``server`` translate well and say of each answer that it used ``usage``, or nothing."""

    def refuses(body):
        rows = {id_: server.translate(text) for id_, text in asked(body).items()}
        message = {"role": "assistant", "content": json.dumps(rows, ensure_ascii=False)}
        answer = {"choices": [{"index": 0, "finish_reason": "stop", "message": message}]}
        return FailedResponse(raw=json.dumps(answer | ({"usage": usage} if usage else {})).encode())

    server.refuses = refuses


def test_a_server_that_does_not_say_what_it_used_costs_the_most_it_can(make_newsroom):
    with ScriptedServer() as server:
        answering(server)
        newsroom = make_newsroom(MANY, toml=toml(server, batch=1))
        first = translate(newsroom, max_cost=0.01)
        assert first.stopped, "8 requests would cost more at the most"
        assert 0 < first.cost <= 0.01
        assert first.usage.prompt > 0
        journal = Journal(newsroom.root / JOURNAL)
        assert sum(each.cost for each in journal.spending()) == pytest.approx(first.cost)
        journal.close()


def test_after_an_answer_dearer_than_was_set_aside_no_other_is_sent_on_the_old_reckoning(
    make_newsroom,
):
    with ScriptedServer() as server:
        answering(server, prompt_tokens=1000, completion_tokens=60_000, total_tokens=61_000)
        newsroom = make_newsroom(MANY, toml=toml(server, batch=1, concurrency=4))
        result = translate(newsroom, max_cost=0.05)
        one = (1000 * 0.4 + 60_000 * 1.6) / 1e6
        assert one > 0.05
        assert len(server.bodies) == 1
    assert result.stopped
    assert result.cost == pytest.approx(one)


def test_an_answer_to_half_a_prompt_is_not_used_and_counts_as_spent(make_newsroom):
    ollama = profiles.OLLAMA
    said = "The committee heard on Tuesday that the industry wants more time to label its data. "
    long = "\n\n".join(f"{said * 5} It was witness {n}." for n in range(60))
    with ScriptedServer(profile=ollama) as server:
        settings = {"model": ollama.model, "batch": 60, "price": PRICE}
        newsroom = make_newsroom({"a/en": long}, toml=toml(server, **settings))
        result = translate(newsroom)
        counted = sum(bill.prompt + bill.completion for bill in server.bills) / 1e6
    assert result.usage.requests < len(server.bills), "some were cut"
    assert result.cost >= counted
