from __future__ import annotations

import pytest

from bilingual.engines.openai_api import context_window
from bilingual.engines.openai_api.learned import Known
from bilingual.model import Kind, Match
from bilingual.prompting.request import Neighbour, Passage, Request, Usage
from bilingual.prompting.trim import smaller

OPENAI = (
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 8227 "
    "tokens. Please reduce the length of the messages."
)
VLLM_BEFORE = (
    "This model's maximum context length is 6048 tokens. However, you requested 6616 tokens (568 "
    "in the messages, 6048 in the completion)."
)
VLLM = (
    "'max_tokens' or 'max_completion_tokens' is too large: 8000. This model's maximum context "
    "length is 4096 tokens and your request has 2778 input tokens (8000 > 4096 - 2778). None"
)
LLAMA_CPP = (
    "the request exceeds the available context size. try increasing the context size or enable "
    "context shift exceed_context_size_error n_ctx 256 n_prompt_tokens 1407"
)
ANTHROPIC = (
    "input length and `max_tokens` exceed context limit: 179413 + 32768 > 200000, decrease input "
    "length or `max_tokens` and try again"
)


@pytest.mark.parametrize(
    ("said", "limit", "prompt"),
    [
        (OPENAI, 8192, 8227),
        (VLLM_BEFORE, 6048, 568),
        (VLLM, 4096, 2778),
        (LLAMA_CPP, 256, 1407),
        ("request (4476 tokens) exceeds the available context size (4096 tokens)", 4096, 4476),
        (ANTHROPIC, 200000, 179413),
        ("prompt is too long: 209303 tokens > 200000 maximum", 200000, 209303),
    ],
)
def test_the_size_of_a_context_as_servers_say_it(said, limit, prompt):
    known = context_window.after_overflow(Known(), said, 10_000)
    assert known.context == limit
    assert known.density == pytest.approx(prompt / 10_000)


def test_a_server_that_does_not_say_how_much_is_not_sent_as_much_again():
    known = context_window.after_overflow(Known(), "Request too large for news-1", 10_000)
    assert context_window.room(known, 10_000, 100, 200) == 0
    assert context_window.room(known, 9_999, 100, 200) == 200
    assert context_window.after_overflow(known, "too large", 12_000).refused == 10_000


def test_room_is_what_is_wished_or_what_is_left_and_too_little_is_said():
    known = Known(context=4096, density=0.25)
    assert context_window.room(Known(), 1_000_000, 100, 8000) == 8000
    assert context_window.room(known, 4_000, 500, 1000) == 1000
    assert context_window.room(known, 4_000, 500, 8000) == 4096 - context_window.MARGIN - 1000
    assert context_window.room(known, 16_000, 500, 1000) < 500


def test_a_prompt_cut_in_silence_is_told_by_its_count():
    assert context_window.was_cut(Usage(4096), 22_000, tells_cached=False)
    assert not context_window.was_cut(Usage(4096), 18_000, tells_cached=False), (
        "as long as it seems"
    )
    assert not context_window.was_cut(Usage(4097), 22_000, tells_cached=False)
    assert not context_window.was_cut(Usage(4096), 22_000, tells_cached=True)
    assert not context_window.was_cut(Usage(), 22_000, tells_cached=False)


def test_help_goes_in_order_and_what_is_asked_for_stays():
    passage = Passage(
        "1",
        Kind.PARAGRAPH,
        "Hello there",
        notes=("A greeting",),
        matches=(Match("Hello here", "안녕하신가", 80),),
    )
    request = Request(
        "en",
        "ko",
        (passage,),
        title="Title",
        dek="Dek",
        section=("One",),
        before=(Neighbour("Before"),),
        after=(Neighbour("After"),),
    )
    steps = []
    step: Request | None = request
    while (step := smaller(step)) is not None:
        steps.append(step)
    gone = [
        (bool(s.passages[0].matches), bool(s.after), bool(s.before), s.dek, s.title) for s in steps
    ]
    assert gone == [
        (False, True, True, "Dek", "Title"),
        (False, False, True, "Dek", "Title"),
        (False, False, False, "Dek", "Title"),
        (False, False, False, "", "Title"),
        (False, False, False, "", ""),
    ]
    assert steps[-1].passages[0].text == "Hello there"
    assert steps[-1].passages[0].notes == ("A greeting",)
