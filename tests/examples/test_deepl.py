"""The example package of ``examples/bilingual-deepl``, found as an installed one, at a server."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import unescape

import pytest
from werkzeug import Response

from bilingual import plugins
from bilingual.engines import registry
from bilingual.engines.base import BusyError, RequestError
from bilingual.engines.scripted import made_up
from bilingual.errors import ConfigurationError, EngineDownError
from bilingual.journal.journal import Journal
from bilingual.model import Kind
from bilingual.prompting.request import Passage, Request
from bilingual.workflow.translate import JOURNAL, translate
from bilingual.workflow.translate_plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_httpserver import HTTPServer
    from werkzeug import Request as HttpRequest

EXAMPLE = Path(__file__).parents[2] / "examples" / "bilingual-deepl"
ARTICLE = (
    "# Muse Spark\n\nAT&T's R&D team says x < y.\n\n"
    "See the [model card](https://ai.meta.com/muse) for `eval.py`.\n"
)


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch) -> Iterator[None]:
    """Put the package on the path with the metadata that its installation writes."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    info = tmp_path / "site" / "bilingual_deepl-0.1.0.dist-info"
    info.mkdir(parents=True)
    name = f"Name: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\n{name}")
    ((group, points),) = project["entry-points"].items()
    lines = "".join(f"{point} = {module}\n" for point, module in points.items())
    (info / "entry_points.txt").write_text(f"[{group}]\n{lines}")
    monkeypatch.syspath_prepend(str(info.parent))
    monkeypatch.syspath_prepend(str(EXAMPLE))
    monkeypatch.setenv("DEEPL_AUTH_KEY", "key-1")
    for cache in (plugins._names, plugins._others):
        cache.cache_clear()
    yield
    for cache in (plugins._names, plugins._others):
        cache.cache_clear()
    sys.modules.pop("bilingual_deepl", None)


class Api:
    """Plays the API; ``bodies`` are those it was asked, ``statuses`` what it answers first."""

    def __init__(self, server: HTTPServer) -> None:
        self.bodies: list[dict] = []
        self.statuses: list[int] = []
        self.url = server.url_for("")
        server.expect_request("/v2/translate", method="POST").respond_with_handler(self.answer)

    def answer(self, request: HttpRequest) -> Response:
        if request.headers["Authorization"] != "DeepL-Auth-Key key-1":
            return Response("{}", 403)
        if self.statuses:
            return Response("{}", self.statuses.pop(0), {"Retry-After": "0"})
        body = json.loads(request.data)
        self.bodies.append(body)
        language = body["target_lang"].lower()
        # As the real one with ``tag_handling``: tags stay, all else is XML in and out.
        to_xml = sys.modules["bilingual_deepl"]._to_xml
        rows = [{"text": to_xml(made_up(unescape(each), language))} for each in body["text"]]
        return Response(json.dumps({"translations": rows}))


@pytest.fixture
def api(httpserver: HTTPServer) -> Api:
    return Api(httpserver)


def toml(api: Api, price: str = "") -> str:
    return f"[translate]\nengine = 'deepl'\n[engines.deepl]\nbase_url = '{api.url}'\n{price}"


def targets(newsroom) -> dict[str, str]:
    return {each.source: each.target.text for each in newsroom.catalog("a", "ko").live}


def test_an_article_is_translated_with_texts_alone_and_paid_for_once(make_newsroom, api):
    newsroom = make_newsroom({"a/en": ARTICLE}, toml=toml(api))
    result = translate(newsroom)
    assert not result.failures
    found = targets(newsroom)
    assert "](https://ai.meta.com/muse)" in found[ARTICLE.splitlines()[-1]]
    assert "`eval.py`" in found[ARTICLE.splitlines()[-1]]
    assert {"&", "<"} <= set(found["AT&T's R&D team says x < y."])
    assert "&amp;" not in "".join(found.values())
    assert api.bodies[0]["text"][1] == "AT&amp;T's R&amp;D team says x &lt; y."
    (newsroom.root / "locales/ko/articles/a.po").unlink()
    translate(newsroom)
    assert targets(newsroom) == found
    assert len(api.bodies) == 1, "the journal has the texts"


def test_the_journal_keeps_the_texts_and_the_characters(make_newsroom, api):
    newsroom = make_newsroom({"a/en": ARTICLE}, toml=toml(api))
    translate(newsroom)
    journal = Journal(newsroom.root / JOURNAL)
    (bill,) = journal.spending()
    journal.close()
    assert bill.usage.prompt == sum(len(each) for each in ("Muse Spark", *marked()))
    assert bill.usage.completion == 0


def marked() -> tuple[str, ...]:
    return ("AT&T's R&D team says x < y.", "See the <g1>model card</g1> for <x2/>.")


def test_a_budget_counts_characters(make_newsroom, api):
    price = "price = { prompt = 1000000.0, completion = 0.0 }\n"
    newsroom = make_newsroom({"a/en": ARTICLE}, toml=toml(api, price))
    characters = sum(len(each) for each in ("Muse Spark", *marked()))
    assert plan(newsroom).cost == characters
    stopped = translate(newsroom, max_cost=characters - 1)
    assert stopped.stopped
    assert not api.bodies
    assert translate(newsroom, max_cost=characters).cost == characters


def test_a_busy_or_broken_server_is_asked_again(make_newsroom, api):
    api.statuses = [429, 500]
    newsroom = make_newsroom({"a/en": ARTICLE}, toml=toml(api))
    assert not translate(newsroom).failures
    assert all(targets(newsroom).values())


@pytest.mark.parametrize(("status", "error"), [(456, EngineDownError), (413, RequestError)])
def test_what_a_status_means_for_the_run(api, status, error):
    api.statuses = [status]
    request = Request("en", "ko", (Passage("1", Kind.PARAGRAPH, "Hello."),))
    with pytest.raises(error):
        registry.create("deepl", {"base_url": api.url}).ask(request)


def test_a_busy_status_says_how_long_to_wait(api):
    api.statuses = [429]
    request = Request("en", "ko", (Passage("1", Kind.PARAGRAPH, "Hello."),))
    with pytest.raises(BusyError) as raised:
        registry.create("deepl", {"base_url": api.url}).ask(request)
    assert raised.value.after == 0.0


def test_a_wrong_or_missing_key_is_named(make_newsroom, api, monkeypatch):
    newsroom = make_newsroom({"a/en": ARTICLE}, toml=toml(api))
    monkeypatch.setenv("DEEPL_AUTH_KEY", "key-2")
    with pytest.raises(EngineDownError, match="refused the key"):
        translate(newsroom)
    monkeypatch.delenv("DEEPL_AUTH_KEY")
    with pytest.raises(EngineDownError, match="DEEPL_AUTH_KEY"):
        translate(newsroom)


def test_wrong_settings_are_named():
    with pytest.raises(ConfigurationError, match="did you mean base_url"):
        registry.create("deepl", {"base_ur": "http://localhost"})
