"""A batch's answers belong to its units, whatever moved around them; what was refused stays so."""

from __future__ import annotations

import pytest

from bilingual.engines.scripted import made_up
from bilingual.testing.provider.server import FailedResponse
from bilingual.workflow.translate import translate
from bilingual.workflow.translate_batch import translate_in_batches
from tests.support.batching import BOTH, COLLECT, SUBMIT, WAIT, WORDS, asked, passages
from tests.support.paid_newsroom import toml

ARTICLE = "---\ntitle: The old title\n---\n\n# Part\n\n" + "\n\n".join(
    f"The {word} paragraph has words." for word in WORDS
)
"""A field, a heading and six paragraphs: a request of one unit, one of four and one of three."""


@pytest.fixture
def newsroom(server, make_newsroom):
    return make_newsroom({"a/en": ARTICLE}, toml=toml(server, batch=4, context=1))


def run(newsroom, told):
    return translate_in_batches(newsroom, (), told)


def edit(newsroom, old: str, new: str) -> None:
    article = newsroom.root / "articles/a/index.en.md"
    before = article.read_text()
    assert old in before
    article.write_text(before.replace(old, new))


def refusing(*texts: str, message: str = "This content is not allowed"):
    """Refuse what asks for all of ``texts`` together."""
    return lambda body: FailedResponse(400, message) if set(texts) <= set(passages(body)) else None


@pytest.mark.parametrize("message", ["This content is not allowed", "maximum context length is 9"])
def test_what_was_refused_is_not_sent_again_by_any_later_run(server, newsroom, message):
    server.refuses = refusing("The second paragraph has words.", message=message)
    got = run(newsroom, WAIT)
    assert got.translated.drafted == 7
    assert len(got.translated.failures) == 1
    before = asked(server)
    for _ in range(2):
        again = run(newsroom, BOTH)
        assert (again.submitted, again.queued) == ((), 0)
        assert [each.unit for each in again.translated.failures]
    assert asked(server) == before


def test_halves_of_a_refused_request_are_found_although_the_title_moved(server, newsroom):
    server.refuses = refusing("Part", "The third paragraph has words.")
    run(newsroom, SUBMIT)
    run(newsroom, BOTH)
    halves = sorted(each for each in asked(server) if len(each) == 2)
    assert halves == [
        ["Part", "The first paragraph has words."],
        ["The second paragraph has words.", "The third paragraph has words."],
    ]
    edit(newsroom, "The old title", "The new title")
    assert run(newsroom, BOTH).translated.drafted == 4
    assert [text for each in asked(server) for text in each].count("Part") == 2
    run(newsroom, WAIT)
    assert all(entry.target.text for entry in newsroom.catalog("a", "ko").live)
    assert asked(server)[-1] == ["The new title"]


def test_what_is_refused_may_be_asked_once_more_when_its_surroundings_moved(server, newsroom):
    server.refuses = refusing("The second paragraph has words.")
    run(newsroom, WAIT)
    server.refuses = lambda _body: None
    assert run(newsroom, WAIT).submitted == ()
    edit(newsroom, "The old title", "The new title")
    assert run(newsroom, WAIT).queued == 0
    assert all(entry.target.text for entry in newsroom.catalog("a", "ko").live)


def test_a_row_that_the_answer_left_out_is_all_that_is_asked_for_again(server, newsroom):
    broken = []

    def translate_(text):
        if text == "The second paragraph has words." and not broken:
            broken.append(text)
            return ""
        return made_up(text, "ko")

    server.translate = translate_
    run(newsroom, SUBMIT)
    edit(newsroom, "The old title", "The new title")
    assert run(newsroom, BOTH).translated.drafted == 6
    run(newsroom, WAIT)
    assert sorted(asked(server)[3:]) == [["The new title"], ["The second paragraph has words."]]
    assert all(entry.target.text for entry in newsroom.catalog("a", "ko").live)


ORDER = "모든 문장은 짧고 분명하게 쓰고 외래어는 되도록 피해서 옮긴다."


def test_what_the_engine_was_told_is_no_draft_although_the_title_moved(server, newsroom):
    guide = newsroom.root / "guides" / "en-ko.md"
    guide.parent.mkdir()
    guide.write_text(f"# How we write\n\n{ORDER}\n", "utf-8")
    server.translate = lambda text: ORDER if "second" in text else made_up(text, "ko")
    run(newsroom, SUBMIT)
    edit(newsroom, "The old title", "The new title")
    got = run(newsroom, COLLECT)
    assert got.translated.drafted == 6
    server.translate = lambda text: made_up(text, "ko")
    run(newsroom, WAIT)
    drafts = [entry.target.text for entry in newsroom.catalog("a", "ko").live]
    assert all(drafts)
    assert ORDER not in drafts


def test_an_ordinary_run_asks_for_nothing_that_flies_although_its_company_moved(server, newsroom):
    run(newsroom, SUBMIT)
    edit(newsroom, "The old title", "The new title")
    edit(newsroom, "The third paragraph", "A new one.\n\nThe third paragraph")
    result = translate(newsroom)
    assert (result.drafted, result.deferred) == (2, 7)
    assert set().union(*map(passages, server.bodies)) == {"A new one.", "The new title"}
    assert run(newsroom, COLLECT).translated.drafted == 7
