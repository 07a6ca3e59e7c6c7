"""Answers belong to units: however units fall into requests, none is paid for twice."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial

import pytest

from bilingual.engines.base import EngineTraits
from bilingual.engines.scripted import Scripted, made_up
from bilingual.newsroom import Newsroom
from bilingual.workflow.translate import translate
from bilingual.workflow.translate_plan import plan

LINES = [f"The paragraph with the number {n} is here." for n in range(14)]
ARTICLE = "\n\n".join(LINES) + "\n"
FOUR = EngineTraits(batch=4, context=1, retries=1)
KOREAN = "글로벌 반도체 회사가 새 제품을 {} 개 냈다고 밝혔다."


def texts(requests) -> Counter[str]:
    return Counter(passage.text for request in requests for passage in request.passages)


def without(request, lost: str) -> str:
    rows = {each.id: made_up(each.text, request.target_language) for each in request.passages}
    return json.dumps({id_: rows[id_] for id_, each in zip(rows, request.passages, strict=True)
                       if each.text != lost}, ensure_ascii=False)  # fmt: skip


def ends_at(newsroom: Newsroom, monkeypatch, save: int) -> None:
    """Let the disk be full at the ``save``-th time that drafts are saved, as if the run was killed
    between journal and catalog."""
    saves = iter(range(1, 1000))
    change = newsroom.change

    def full(article, language, edit):
        # What brings a catalog up to its article is no closure of the run's.
        if not isinstance(edit, partial) and next(saves) >= save:
            raise OSError(28, "No space left on device")
        return change(article, language, edit)

    monkeypatch.setattr(newsroom, "change", full)


@pytest.mark.parametrize("save", [1, 2, 3])
def test_what_the_journal_has_is_asked_for_in_no_other_company_again(
    make_newsroom, monkeypatch, save
):
    newsroom = make_newsroom({"a/en": ARTICLE})
    # One unit is answered the second time only, so that its group is saved without it.
    first = Scripted(
        lambda request: without(request, LINES[1] if len(request.passages) > 1 else ""),
        traits=FOUR,
    )
    with monkeypatch.context() as patch:
        ends_at(newsroom, patch, save)
        with pytest.raises(OSError, match="No space"):
            translate(newsroom, drafts=first)
    answered = texts(first.requests).keys()
    assert LINES[1] in answered
    second = Scripted(lambda request: without(request, ""), traits=FOUR)
    saved = {entry.source for entry in newsroom.catalog("a", "ko").live if entry.target.text}
    assert plan(newsroom, drafts=second).articles["a"].journalled == len(answered - saved)
    translate(newsroom, drafts=second)
    assert not texts(second.requests).keys() & answered
    drafts = {entry.source: entry.target.text for entry in newsroom.catalog("a", "ko").live}
    assert drafts == {line: made_up(line, "ko") for line in LINES}


def test_a_paragraph_put_in_between_is_all_that_is_asked_for(make_newsroom, monkeypatch):
    lines = [KOREAN.format(n) for n in range(2, 12)]
    newsroom = make_newsroom({"a/ko": "\n\n".join(lines) + "\n"})
    first = Scripted(lambda request: without(request, ""), traits=FOUR)
    with monkeypatch.context() as patch:
        ends_at(newsroom, patch, 1)
        with pytest.raises(OSError, match="No space"):
            translate(newsroom, drafts=first)
    new = "같은 날 경쟁사도 비슷한 계획을 내놓았다."
    lines.insert(1, new)
    (newsroom.root / "articles/a/index.ko.md").write_text("\n\n".join(lines) + "\n", "utf-8")
    second = Scripted(lambda request: without(request, ""), traits=FOUR)
    translate(Newsroom.open(newsroom.root), drafts=second)
    assert texts(second.requests) <= Counter([new, *lines[5:]])
    assert not texts(second.requests).keys() & texts(first.requests).keys()


def test_the_same_words_in_another_article_are_another_unit(make_newsroom):
    text = "---\ntitle: {}\n---\n\n# Run\n"
    newsroom = make_newsroom({"a/en": text.format("A dog"), "b/en": text.format("A program")})
    engine = Scripted(lambda request: without(request, ""), traits=FOUR)
    translate(newsroom, drafts=engine)
    assert texts(engine.requests)["Run"] == 2


GLOSSARY = """\
- {id: muse-spark, en: Muse Spark, ko: 뮤즈 스파크, kind: model}
- {id: llama, en: Llama, ko: 라마, kind: model}
"""


def test_what_is_asked_again_goes_with_its_own_terms_and_neighbours(make_newsroom):
    lines = [
        "Muse Spark is new.",
        "It costs two dollars.",
        "Llama is old.",
        "Nobody pays for it.",
        "The rest is silent.",
    ]
    newsroom = make_newsroom({"a/en": "\n\n".join(lines) + "\n"}, glossary=GLOSSARY)
    engine = Scripted(
        lambda request: without(request, lines[2] if len(request.passages) > 1 else ""),
        traits=EngineTraits(batch=8, context=1, retries=1),
    )
    translate(newsroom, drafts=engine)
    whole, *others = engine.requests
    (again,) = (each for each in others if each.passages[0].text == lines[2])
    assert [term.id for term in whole.terms] == ["muse-spark", "llama"]
    assert [term.id for term in again.terms] == ["llama"]
    assert [each.source for each in again.before] == [lines[1]]
    assert [each.source for each in again.after] == [lines[3]]
