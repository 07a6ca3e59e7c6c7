"""The conversation with batch endpoints, over real HTTP on loopback."""

from __future__ import annotations

import json

import pytest

from bilingual.engines import openai
from bilingual.engines.base import BusyError
from bilingual.engines.openai_api.batch_api import MARK, BatchApi, UncertainError
from bilingual.engines.openai_api.batch_dialect import OPENAI, Dialect
from bilingual.engines.openai_api.batch_lines import Fate
from bilingual.engines.openai_api.client import Client
from bilingual.engines.openai_api.endpoint import Endpoint
from bilingual.errors import ConfigurationError, EngineDownError, EngineError
from bilingual.model import Kind
from bilingual.prompting.request import Passage, Request
from bilingual.testing.provider import profiles
from bilingual.testing.provider.batches import Cut, End
from bilingual.testing.provider.server import FailedResponse, ScriptedServer

KEY = "sk-secret-0123456789"


@pytest.fixture
def api(server):
    made = BatchApi(client(server), OPENAI)
    yield made
    made._client.close()


def client(server, **settings) -> Client:
    defaults = {"timeout": 10.0, "key_env": "NEWS_KEY"}
    return Client(Endpoint(server.url, "news-1", KEY, **(defaults | settings)))


def request(*texts: str) -> Request:
    passages = tuple(Passage(str(i), Kind.PARAGRAPH, text) for i, text in enumerate(texts, 1))
    return Request("en", "ko", passages, title="Title", brief=len(texts) == 1)


def lines(api: BatchApi, *texts: str) -> bytes:
    return b"".join(api.line(f"name-{i}", request(text)) for i, text in enumerate(texts, 1))


def made(api: BatchApi, *texts: str):
    return api.create(api.upload(lines(api, *texts), "k-1"), "k-1")


def test_a_batch_goes_up_is_worked_off_and_comes_down(server, api):
    standing = made(api, "The first paragraph.", "The second paragraph.")
    assert standing.status == "validating"
    assert not standing.ended
    ended = api.look(standing.id)
    assert (ended.status, ended.total, ended.completed, ended.failed) == ("completed", 2, 2, 0)
    results = list(api.results(ended.output))
    assert [each.name for each in results] == ["name-1", "name-2"]
    assert all(each.fate is Fate.ANSWERED and each.reply.text for each in results)
    assert results[0].reply.usage.prompt > 0
    assert server.batches.forms == [{"purpose": "batch"}]


def test_a_line_asks_for_what_a_single_request_would_ask(server, api):
    asked = request("One.", "Two.")
    api._client.ask(asked)
    line = json.loads(api.line("n", asked))
    assert line["body"] == server.bodies[0]
    assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")


def test_further_parameters_stand_in_the_line_as_they_are_sent(server):
    api = BatchApi(client(server, extra={"reasoning_effort": "low"}), OPENAI)
    api._client.ask(request("One."))
    line = json.loads(api.line("n", request("One.")))
    assert line["body"] == server.bodies[0]
    assert line["body"]["reasoning_effort"] == "low"


def test_a_batch_carries_our_key_and_is_found_by_it(server, api):
    standing = made(api, "A paragraph.")
    assert server.batches.batches[standing.id]["metadata"] == {MARK: "k-1"}
    assert api.find("k-1", "").id == standing.id
    assert api.find("k-2", "") is None


def test_a_server_that_forgets_our_key_finds_the_batch_by_its_file(server, api):
    server.batches.keeps_metadata = False
    standing = made(api, "A paragraph.")
    assert api.find("k-1", server.batches.batches[standing.id]["input_file_id"]).id == standing.id
    assert api.find("k-1", "file-of-nobody") is None


def test_a_batch_is_found_behind_a_hundred_newer_ones(server, api):
    standing = made(api, "A paragraph.")
    for i in range(230):
        server.batches.batches[f"other-{i}"] = {"id": f"other-{i}", "metadata": None}
    assert api.find("k-1", "").id == standing.id
    assert server.batches.calls.count("list") == 3


def test_a_server_without_a_list_leaves_it_uncertain(server, api):
    server.batches.lists = False
    with pytest.raises(UncertainError, match="does not list batches"):
        api.find("k-1", "")


@pytest.mark.parametrize("cut", [Cut("create"), Cut("create", "after"), Cut("create", "within")])
def test_a_connection_that_breaks_while_a_batch_is_made_makes_it_once(server, api, cut):
    file = api.upload(lines(api, "A paragraph."), "k-1")
    server.batches.cuts = [cut]
    with pytest.raises(UncertainError):
        api.create(file, "k-1")
    assert server.batches.calls.count("create") == 1
    assert (api.find("k-1", file) is None) == (cut.when == "before")


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503, 504])
def test_a_status_that_does_not_say_whether_a_batch_was_made_is_uncertain(server, api, status):
    file = api.upload(lines(api, "A paragraph."), "k-1")
    server.batches.cuts = [Cut("create", status=status, message="upstream")]
    with pytest.raises(UncertainError):
        api.create(file, "k-1")
    assert server.batches.calls.count("create") == 1


@pytest.mark.parametrize("raw", [b"<html>gateway</html>", b"[]", b'{"object": "batch"}', b""])
def test_an_answer_that_cannot_be_read_leaves_it_uncertain(server, api, raw):
    file = api.upload(lines(api, "A paragraph."), "k-1")
    server.batches.cuts = [Cut("create", raw=raw)]
    with pytest.raises(UncertainError):
        api.create(file, "k-1")


def test_a_refused_batch_was_not_made(server, api):
    file = api.upload(lines(api, "A paragraph."), "k-1")
    said = "Billing hard limit has been reached"
    server.batches.cuts = [
        Cut("create", status=429, message="slow down", headers={"retry-after": "3"}),
        Cut("create", status=400, message=said),
    ]
    with pytest.raises(BusyError) as busy:
        api.create(file, "k-1")
    assert busy.value.after == 3
    with pytest.raises(EngineDownError, match="quota"):
        api.create(file, "k-1")


@pytest.mark.parametrize("call", ["upload", "look", "list", "content"])
@pytest.mark.parametrize("when", ["before", "after", "within"])
def test_what_only_reads_is_asked_again_when_the_connection_breaks(server, api, call, when):
    standing = made(api, "A paragraph.")
    ended = api.look(standing.id)
    server.batches.cuts = [Cut(call, when)]
    if call == "upload":
        assert api.upload(b"{}", "k-2")
    elif call == "look":
        assert api.look(standing.id).ended
    elif call == "list":
        assert api.find("k-1", "").id == standing.id
    else:
        assert [each.name for each in api.results(ended.output)] == ["name-1"]
    assert not server.batches.cuts


def test_a_file_that_never_arrives_whole_is_a_failure(server, api, monkeypatch):
    monkeypatch.setattr("bilingual.engines.openai_api.batch_api.READS", 1)
    ended = api.look(made(api, "A paragraph.").id)
    server.batches.cuts = [Cut("content", "within")] * 2
    with pytest.raises(EngineError, match="closed the connection"):
        list(api.results(ended.output))


def test_an_upload_that_is_refused_says_why(server, api):
    server.batches.cuts = [Cut("upload", status=413, message="the file is too large")]
    with pytest.raises(EngineError, match="too large"):
        api.upload(b"{}", "k-1")


def test_a_server_without_batches_says_how_to_go_on(server, api, monkeypatch):
    monkeypatch.setattr(server.batches, "serve", lambda _handler, _content: False)
    with pytest.raises(EngineDownError, match="without `--batch`"):
        api.look("batch_1") or api.results("file-1").__next__()


def test_a_batch_that_the_server_does_not_know_is_none(api):
    assert api.look("batch_7") is None


def test_a_wrong_key_is_named_by_its_variable_and_never_shown(server, api):
    server.batches.cuts = [Cut("look", status=401, message=f"Incorrect API key provided: {KEY}")]
    with pytest.raises(EngineDownError) as raised:
        api.look("batch_1")
    assert "NEWS_KEY" in str(raised.value)
    assert KEY not in str(raised.value)


def test_a_batch_that_fails_says_why(server, api):
    standing = made(api, "A paragraph.")
    server.batches.ends = [End("failed", faults=("the enqueued tokens are used up",))]
    ended = api.look(standing.id)
    assert (ended.status, ended.output) == ("failed", "")
    assert "the enqueued tokens are used up" in ended.faults[0]


def test_an_expired_batch_delivers_what_is_done(server, api):
    standing = made(api, "One.", "Two.", "Three.")
    server.batches.ends = [End("expired", done=1)]
    ended = api.look(standing.id)
    assert [each.fate for each in api.results(ended.output)] == [Fate.ANSWERED]
    late = list(api.results(ended.errors))
    assert [(each.name, each.fate) for each in late] == [
        ("name-2", Fate.FAILED), ("name-3", Fate.FAILED),
    ]  # fmt: skip
    assert "completion window expired" in late[0].said


@pytest.mark.parametrize(
    ("status", "fate"),
    [(400, Fate.REFUSED), (413, Fate.REFUSED), (422, Fate.REFUSED), (401, Fate.FAILED),
     (429, Fate.FAILED), (500, Fate.FAILED), (503, Fate.FAILED)],
)  # fmt: skip
def test_a_request_that_would_be_refused_again_is_told_from_one_that_failed(
    server, api, status, fate
):
    server.refuses = lambda _body: FailedResponse(status, f"no, says {KEY}")
    ended = api.look(made(api, "One.").id)
    (result,) = api.results(ended.errors)
    assert result.fate is fate
    assert KEY not in result.said
    assert "no, says …" in result.said or "key" in result.said
    assert not server.batches.billed


def test_a_request_that_is_too_long_is_told_from_one_that_is_refused(server, api):
    server.refuses = lambda _body: FailedResponse(
        400, "This model's maximum context length is 8 tokens"
    )
    ended = api.look(made(api, "One.").id)
    assert [each.fate for each in api.results(ended.errors)] == [Fate.TOO_LONG]


def test_lines_that_are_no_results_are_told_apart(server, api):
    server.batches.spoil = lambda rows: [
        *rows, b"{\n", b'"words"\n', b'{"custom_id": 7}\n', b"\n", rows[0][: len(rows[0]) // 2],
    ]  # fmt: skip
    ended = api.look(made(api, "One.").id)
    results = list(api.results(ended.output))
    assert [each is None for each in results] == [False, True, True, True, True]


def test_an_answer_without_words_is_a_failure_and_no_answer(server, api):
    server.refuses = lambda _body: FailedResponse(raw=b'{"choices": []}')
    ended = api.look(made(api, "One.").id)
    (result,) = api.results(ended.output)
    assert result.fate is Fate.FAILED


def test_what_a_line_was_refused_for_is_left_out_of_the_next(server, api):
    asked = request("One.")
    body = json.loads(api.line("n", asked))["body"]
    assert "seed" in body
    assert api.teach("Unsupported parameter: 'seed' is not supported with this model", body)
    assert "seed" not in json.loads(api.line("n", asked))["body"]
    assert not api.teach("This content breaks the rules", json.loads(api.line("n", asked))["body"])


def test_azure_says_the_same_in_other_words(server, api):
    standing = made(api, "One.")
    told = dict(server.batches.batches[standing.id])
    told |= {
        "status": "Validating", "created_at": "2024-07-19T17:13:57+00:00", "metadata": None,
        "request_counts": {"total": None, "completed": None, "failed": None},
    }  # fmt: skip
    server.batches.cuts = [Cut("look", raw=json.dumps(told).encode())]
    looked = api.look(standing.id)
    assert (looked.status, looked.total) == ("validating", 0)


def test_a_file_that_azure_still_works_on_is_not_ready(server, api):
    file = api.upload(lines(api, "One."), "k-1")
    server.batches.cuts = [Cut("file", raw=b'{"id": "file-1", "status": "pending"}')]
    assert not api.ready(file)
    assert api.ready(file)


def test_how_a_provider_differs_is_data(monkeypatch):
    monkeypatch.setenv("AZURE_KEY", KEY)
    table = {
        "base_url": "https://paper.openai.azure.com/openai/v1/",
        "model": "d",
        "key_env": "AZURE_KEY",
    }
    assert openai.engine(table).batch_api().dialect.endpoint == "/chat/completions"
    table["bulk"] = {"endpoint": "/v2/chat", "requests": 100, "headers": {"x-litellm-model": "d"}}
    dialect = openai.engine(table).batch_api().dialect
    assert (dialect.endpoint, dialect.requests) == ("/v2/chat", 100)
    assert dialect.headers == {"x-litellm-model": "d"}


@pytest.mark.parametrize(
    ("bulk", "said"),
    [({"windows": "24h"}, "unknown key windows"), ({"requests": 0}, "requests is below 1"),
     ({"headers": {"a": 1}}, "headers.a is not a string"), ("yes", "bulk is not a table")],
)  # fmt: skip
def test_a_wrong_setting_of_batches_is_named(bulk, said):
    with pytest.raises(ConfigurationError, match=said):
        openai.engine({"base_url": "http://localhost:1/v1", "bulk": bulk})


def test_a_gateways_own_fields_go_up_with_the_file(server):
    dialect = Dialect(form={"target_model_names": "d"}, headers={"x-litellm-model": "d"})
    api = BatchApi(client(server), dialect)
    made(api, "One.")
    assert server.batches.forms == [{"purpose": "batch", "target_model_names": "d"}]
    assert all(each["x-litellm-model"] == "d" for each in server.batches.headers)


def test_the_fake_refuses_what_a_provider_refuses():
    with ScriptedServer(profile=profiles.ANY) as server:
        api = BatchApi(client(server), OPENAI)
        doubled = api.line("a", request("One.")) * 2
        other = api.line("b", request("Two.")).replace(b"news-1", b"news-2")
        standing = api.create(api.upload(doubled + other + b"{\n", "k"), "k")
        ended = api.look(standing.id)
    assert ended.status == "failed"
    assert [each.partition(":")[0] for each in ended.faults] == [
        "line 2", "line 4 is no request invalid", "more than one model invalid",
    ]  # fmt: skip
