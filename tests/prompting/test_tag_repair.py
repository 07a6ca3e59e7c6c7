"""Marks by another spelling: mended where there is no doubt, else asked for again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.newsroom import Newsroom
from bilingual.prompting.marks import Protected, problems, protect, restore
from bilingual.prompting.tag_repair import fixed
from bilingual.testing.provider.server import ScriptedServer
from bilingual.workflow.segment import segment
from bilingual.workflow.translate import translate


def kept(text: str, *terms: str) -> Protected:
    return protect(text, [(text.index(term), text.index(term) + len(term)) for term in terms])


SCORE = kept("GPT-4의 점수는 영어 시험 MMLU보다 낮다.", "GPT-4", "MMLU")
CODE = protect("The script `a.py` calls `b.py`, as [the docs](https://a.example) say.")


@pytest.mark.parametrize(
    ("protected", "answer", "draft"),
    [
        (SCORE, "<x1/> scored lower than on <x2>.", "GPT-4 scored lower than on MMLU."),
        (SCORE, "GPT-4 scored lower than on <x2/>.", "GPT-4 scored lower than on MMLU."),
        (SCORE, "GPT-4 scored lower than on MMLU.", "GPT-4 scored lower than on MMLU."),
        (
            CODE,
            "<g3>문서</g3>대로 `a.py`가 <x2/>를 부른다.",
            "[문서](https://a.example)대로 `a.py`가 `b.py`를 부른다.",
        ),
        (
            protect("[하이퍼클로바X 기술 보고서](https://arxiv.org/abs/2404.01954)"),
            "HyperCLOVA X technical report",
            "[HyperCLOVA X technical report](https://arxiv.org/abs/2404.01954)",
        ),
        (
            protect("[`a.py` 소개](https://a.example)"),
            "Introducing <x2/>",
            "[Introducing `a.py`](https://a.example)",
        ),
        (protect("형태소 분석[^mecab]"), "Morphemes", "Morphemes[^mecab]"),
        (kept("It beats Llama 3.1.", "Llama 3.1"), "Llama 3.1을 앞선다.", "Llama 3.1을 앞선다."),
    ],
)
def test_a_mark_by_another_spelling_is_the_mark(protected, answer, draft):
    text = fixed(protected, answer)
    assert not list(problems(protected, text))
    assert restore(protected, text) == draft


@pytest.mark.parametrize(
    ("protected", "answer"),
    [
        pytest.param(SCORE, "GPT-4o scored lower than on <x2/>.", id="a longer name is another"),
        pytest.param(SCORE, "GPT-4 is below GPT-4 on <x2/>.", id="twice is one too many"),
        pytest.param(SCORE, "<x1>GPT-4</x1> is below <x2/>.", id="two halves enclose something"),
        pytest.param(SCORE, "The model is below <x2/>.", id="not there at all"),
        pytest.param(CODE, "the docs: `a.py`, <x2/>", id="a link is not its words"),
        pytest.param(
            protect("[보고서](https://a.example)를 보라"), "see the report", id="a link in the text"
        ),
        pytest.param(
            protect("분석[^1]은 늦다."), "The analysis is late.", id="a footnote within the text"
        ),
        pytest.param(protect("늦다`a`"), "late", id="code behind the text is said with words"),
        pytest.param(
            kept("`MMLU` is not MMLU itself: MMLU", "MMLU itself"),
            "`MMLU`는 MMLU 자체가 아니다.",
            id="only a part of the name",
        ),
        pytest.param(
            protect("GPT and GPT are two.", [(0, 3)]), "GPT는 둘이다.", id="it may be the other one"
        ),
    ],
)
def test_where_there_is_doubt_nothing_is_fixed(protected, answer):
    assert list(problems(protected, fixed(protected, answer)))


@given(st.text(max_size=40), st.text(max_size=40))
def test_an_answer_without_a_fault_stays_as_it_is(source, answer):
    protected = protect(source)
    assert fixed(protected, protected.text) == protected.text
    if not list(problems(protected, answer)):
        assert fixed(protected, answer) == answer


def test_a_draft_with_the_term_itself_is_not_asked_for_again(make_newsroom):
    glossary = "- {id: glm, en: GLM-5.1, ko: keep, reading: 지엘엠, kind: model}\n"
    newsroom = make_newsroom({"a/en": "The licence of GLM-5.1 is short.\n"}, glossary=glossary)
    with ScriptedServer() as server:
        server.translate = lambda _: "GLM-5.1의 라이선스는 짧다."
        config = f"[engines.openai]\nbase_url = '{server.url}'\nmodel = 'm'\n"
        (newsroom.root / "bilingual.toml").write_text(config)
        newsroom = Newsroom.open(newsroom.root)
        segment(newsroom)
        found = translate(newsroom, engine="openai")
        assert len(server.bodies) == 1
    assert (found.drafted, found.failures) == (1, ())
    (entry,) = newsroom.catalog("a", "ko").live
    assert entry.target.text == "GLM-5.1의 라이선스는 짧다."
