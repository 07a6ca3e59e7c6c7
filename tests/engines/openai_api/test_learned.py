"""What endpoints were found to be like lasts beyond a run, for some days, and never costs one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bilingual.engines.openai_api import learned
from bilingual.engines.openai_api.endpoint import Endpoint
from bilingual.engines.openai_api.learned import Endpoints, Known
from bilingual.storage import cache

NOW = datetime(2026, 4, 9, 1, 2, 3, tzinfo=UTC)
KEY = "sk-secret-0123456789"
ENDPOINT = Endpoint("https://user:pw-0123@api.example.org/v1", "news-1", KEY)


def lacking(name):
    return lambda known: replace(known, lacks=known.lacks | {name})


def at(path, days=0):
    return Endpoints(path, lambda: NOW + timedelta(days=days))


def test_what_one_run_finds_out_the_next_one_knows(tmp_path):
    at(tmp_path).learn(ENDPOINT, lambda known: replace(known, context=4096))
    at(tmp_path).learn(ENDPOINT, lacking("seed"))
    assert at(tmp_path, 1).find(ENDPOINT) == Known(frozenset({"seed"}), context=4096)


def test_another_model_or_address_is_another_endpoint(tmp_path):
    at(tmp_path).learn(ENDPOINT, lacking("seed"))
    assert at(tmp_path).find(replace(ENDPOINT, model="news-2")) == Known()
    assert at(tmp_path).find(replace(ENDPOINT, base_url="https://other.org/v1")) == Known()


def test_it_is_forgotten_after_a_fortnight_however_often_it_was_used(tmp_path):
    at(tmp_path).learn(ENDPOINT, lacking("seed"))
    at(tmp_path, 10).learn(ENDPOINT, lacking("temperature"))
    assert at(tmp_path, 13).find(ENDPOINT).lacks == {"seed", "temperature"}
    assert at(tmp_path, 15).find(ENDPOINT) == Known()
    at(tmp_path, 15).learn(replace(ENDPOINT, model="news-2"), lacking("seed"))
    kept = cache.read(tmp_path / "endpoints.json", learned.KEY, dict)
    assert list(kept) == ["https://api.example.org/v1 news-2"]


def test_neither_key_nor_password_stands_in_the_file(tmp_path):
    at(tmp_path).learn(ENDPOINT, lacking("seed"))
    written = (tmp_path / "endpoints.json").read_text()
    assert KEY not in written
    assert "pw-0123" not in written


def test_two_processes_keep_what_the_other_found(tmp_path):
    one, two = at(tmp_path), at(tmp_path)
    other = replace(ENDPOINT, model="news-2")
    one.find(ENDPOINT), two.find(other)
    one.learn(ENDPOINT, lacking("seed"))
    two.learn(other, lacking("system"))
    assert at(tmp_path).find(ENDPOINT).lacks == {"seed"}
    assert at(tmp_path).find(other).lacks == {"system"}


@pytest.mark.parametrize(
    "content",
    [
        7,
        ["x"],
        {"https://api.example.org/v1 news-1": {"since": "soon"}},
        {"https://api.example.org/v1 news-1": None},
        {"https://api.example.org/v1 news-1": [1]},
    ],
)
def test_a_file_with_other_content_counts_as_absent_and_is_replaced(tmp_path, content):
    cache.write(tmp_path / "endpoints.json", learned.KEY, content)
    assert at(tmp_path).find(ENDPOINT) == Known()
    at(tmp_path).learn(ENDPOINT, lacking("seed"))
    assert at(tmp_path).find(ENDPOINT).lacks == {"seed"}


def test_a_folder_that_cannot_be_written_costs_the_memory_only(tmp_path):
    (tmp_path / "file").write_text("")
    endpoints = at(tmp_path / "file")
    endpoints.learn(ENDPOINT, lacking("seed"))
    assert endpoints.find(ENDPOINT).lacks == {"seed"}


def test_no_news_is_not_written(tmp_path):
    endpoints = at(tmp_path)
    endpoints.learn(ENDPOINT, lacking("seed"))
    (tmp_path / "endpoints.json").unlink()
    endpoints.learn(ENDPOINT, lacking("seed"))
    assert not (tmp_path / "endpoints.json").exists()
