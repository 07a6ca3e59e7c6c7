"""``bilingual translate`` with ``--batch``, ``--collect``, ``--wait`` and ``--give-up``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bilingual.testing.provider.batches import End
from tests.support.copies import bilingual

if TYPE_CHECKING:
    import subprocess

TEXT = "# One\n\nThe first paragraph is here.\n\n# Two\n\nThe second paragraph is there.\n"


@pytest.fixture
def desk(server, make_newsroom):
    return make_newsroom(
        {"a/en": TEXT},
        toml=f"[translate]\nengine = 'openai'\n[engines.openai]\nbase_url = '{server.url}'\n"
        "model = 'gpt-4.1-mini'\n",
    ).root


def run(folder, *words: str) -> subprocess.CompletedProcess[str]:
    return bilingual(folder, "translate", *words)


def test_submitting_and_collecting_say_what_came_and_what_went(server, desk):
    sent = run(desk, "--batch")
    assert sent.returncode == 0
    assert "submitted: 2 requests for 4 units, at most $" in sent.stderr
    assert "4 units wait for batches: `bilingual translate --collect`" in sent.stderr
    assert "4 units wait for batches" in run(desk).stderr
    got = run(desk, "--collect")
    assert got.returncode == 0
    assert "completed: 2 answers, 0 to send again, 0 refused" in got.stderr
    assert "4 units drafted" in got.stderr
    assert "wait for batches" not in got.stderr
    assert not server.bodies


def test_a_dry_run_reckons_with_the_price_of_batches_and_sends_nothing(server, desk):
    whole = json.loads(run(desk, "--dry-run", "--json").stdout)
    half = json.loads(run(desk, "--dry-run", "--batch", "--json").stdout)
    assert half["cost"] == pytest.approx(whole["cost"] / 2)
    assert not server.batches.calls
    run(desk, "--batch")
    flying = run(desk, "--dry-run")
    assert "4 units come with batches under way" in flying.stdout
    assert "nothing to send" in flying.stdout


def test_a_batch_that_failed_is_an_engine_failure_with_the_servers_words(server, desk):
    run(desk, "--batch")
    server.batches.ends = [End("failed", faults=("Enqueued token limit reached",))]
    got = run(desk, "--collect")
    assert got.returncode == 3
    assert "Enqueued token limit reached" in got.stderr
    assert "4 units are in no batch yet: run `bilingual translate --batch`" in got.stderr


def test_answers_that_the_server_counts_and_does_not_give_are_waited_for(server, desk):
    run(desk, "--batch")
    server.batches.spoil = lambda rows: rows[:1]
    got = run(desk, "--collect", "--batch")
    assert got.returncode == 3
    assert "completed: 1 answers arrived, and the server counts 1 more: it stays under way" in (
        got.stderr
    )
    assert "`bilingual translate --give-up " in got.stderr
    assert "2 units wait for batches" in got.stderr
    (batch,) = json.loads(run(desk, "--collect", "--json").stdout)["batches"]["collected"]
    assert (batch["answered"], batch["missing"]) == (0, 1)
    assert len(server.batches.billed) == 2


def test_giving_up_frees_the_requests(server, desk):
    key = json.loads(run(desk, "--batch", "--json").stdout)["batches"]["submitted"][0]["key"]
    assert "batch x is not under way" in run(desk, "--give-up", "x").stderr
    assert "2 requests may be sent again" in run(desk, "--give-up", key).stderr
    assert "4 units drafted" in run(desk).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--wait",), "`--wait` needs a batch"),
        (("--dry-run", "--collect"), "`--dry-run` and `--collect` cannot"),
        (("--batch", "--engine", "scripted"), "the engine scripted does not support batches"),
    ],
)
def test_what_makes_no_sense_is_refused(desk, words, said):
    done = run(desk, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_key_is_shown_nowhere(server, desk, monkeypatch):
    key = "sk-secret-0123456789abcdef"
    monkeypatch.setenv("OPENAI_API_KEY", key)
    done = [run(desk, "--batch"), run(desk, "--collect", "--json")]
    assert all(key not in each.stdout + each.stderr for each in done)
    assert all(key.encode() not in file.read_bytes() for file in desk.glob(".bilingual/*.sqlite*"))
    assert any(key in each["authorization"] for each in server.batches.headers)
