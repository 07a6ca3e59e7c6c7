from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bilingual.engines.openai_api.rate_headers import limits, seconds, wait
from bilingual.prompting.request import Limits

NOW = datetime(2026, 4, 9, 1, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "length"),
    [
        ("6m0s", 360),
        ("1s", 1),
        ("20ms", 0.02),
        ("1h2m3.5s", 3723.5),
        ("1d", 86400),
        ("37", 37),
        ("0.25", 0.25),
        ("Thu, 09 Apr 2026 01:03:03 GMT", 60),
        ("2026-04-09T01:02:13Z", 10),
        ("2026-04-09T10:02:13+09:00", 10),
        ("1775696533", 10),
        ("2020-01-01T00:00:00Z", 0),
        ("9999999", 86400),
        ("soon", None),
        ("", None),
        ("-1", None),
        ("١٢", None),
    ],
)
def test_a_length_of_time_in_every_form_that_servers_write(told, length):
    found = seconds(told, NOW)
    assert found == (None if length is None else pytest.approx(length))


def test_what_openai_says_is_left():
    headers = {
        "x-ratelimit-limit-requests": "60",
        "x-ratelimit-limit-tokens": "150000",
        "x-ratelimit-remaining-requests": "59",
        "x-ratelimit-remaining-tokens": "149984",
        "x-ratelimit-reset-requests": "1s",
        "x-ratelimit-reset-tokens": "6m0s",
    }
    assert limits(headers, NOW) == Limits(59, 149984, 60, 150000, 1.0, 360.0)


def test_what_anthropic_says_is_left_through_a_gateway():
    headers = {
        "llm_provider-anthropic-ratelimit-requests-remaining": "4",
        "llm_provider-anthropic-ratelimit-requests-reset": "2026-04-09T01:03:03Z",
        "anthropic-ratelimit-tokens-remaining": "70000",
    }
    assert limits(headers, NOW) == Limits(4, 70000, requests_reset=60.0)


def test_minus_one_of_azure_says_nothing():
    headers = {"x-ratelimit-remaining-tokens": "-1", "x-ratelimit-reset-tokens": "0"}
    assert limits(headers, NOW).tokens is None


def test_a_retry_after_goes_before_the_resets_and_milliseconds_before_seconds():
    resets = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "30s"}
    assert wait(resets, NOW) == 30
    assert wait(resets | {"retry-after": "2"}, NOW) == 2
    assert wait(resets | {"retry-after": "2", "retry-after-ms": "250"}, NOW) == 0.25


def test_only_what_is_used_up_is_waited_for():
    headers = {
        "x-ratelimit-remaining-requests": "12",
        "x-ratelimit-reset-requests": "60s",
        "x-ratelimit-remaining-tokens": "0",
        "x-ratelimit-reset-tokens": "5s",
    }
    assert wait(headers, NOW) == 5


@pytest.mark.parametrize("headers", [{}, {"retry-after": "later"}])
def test_a_server_that_does_not_say_how_long(headers):
    assert wait(headers, NOW) is None


@pytest.mark.parametrize(
    ("said", "length"),
    [
        ("Limit 3, Used 3, Requested 1. Please try again in 20s. Visit …", 20),
        ("Please try again in 120ms.", 0.12),
        ("No deployments available, Try again in 60 seconds.", 60),
        ("exceeded token rate limit. Please retry after 37 seconds.", 37),
        ("try again later", None),
    ],
)
def test_a_wait_that_is_said_in_words_only(said, length):
    assert wait({}, NOW, said) == length
    assert wait({"retry-after": "2"}, NOW, said) == 2
