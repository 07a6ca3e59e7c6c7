from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.prompting.marks import MARK, aligned, problems, protect, restore

PIECES = st.sampled_from(
    [
        "`code`", "[말](https://a.example/x_(y))", '![그림](a.png "제목")', "<br>", "<b>", "</b>",
        "<sup>2</sup>", "[^1]", "$x^2$", "**굵게**", "*기울임*", "<https://a.example>", "\\\n",
        "  \n", "<x1/>", "<g1>", "</g1>", "<x 1/>", "\\<x2/>", "`<x3/>`", "[a][b]", "[a][]",
        "GPT-5.4", " ", "한국어", "text",
        "<x1>", "<!-- c -->", "[[", "](", "``", "$", "<", "&amp;", "<g9/>",
    ]
)  # fmt: skip
MARKDOWN = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join))


@given(MARKDOWN, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
@settings(max_examples=400)
def test_protected_text_restores_to_itself_whatever_it_is(text, keep):
    keep = [(a, b) for a, b in keep if a < b <= len(text)]
    protected = protect(text, keep)
    assert not list(problems(protected, protected.text))
    assert restore(protected, protected.text) == text


def test_code_links_footnotes_and_tags_travel_as_marks():
    source = (
        "Run `pip install x`, see [the docs](https://a.example/d)[^1] or H<sub>2</sub>O<br>now."
    )
    protected = protect(source)
    assert protected.text == "Run <x1/>, see <g2>the docs</g2><x3/> or H<g4>2</g4>O<x5/>now."
    korean = "<g2>문서</g2><x3/>를 보거나 <x1/>를 실행한다. H<g4>2</g4>O<x5/>지금."
    assert restore(protected, korean) == (
        "[문서](https://a.example/d)[^1]를 보거나 `pip install x`를 실행한다. "
        "H<sub>2</sub>O<br>지금."
    )


def test_emphasis_stays_markdown_and_what_is_in_it_is_protected():
    protected = protect("**See `a` and [b](c)**")
    assert protected.text == "**See <x1/> and <g2>b</g2>**"


def test_an_image_shows_its_alternative_text_and_keeps_its_address():
    protected = protect("![A red chip](chip.png)")
    assert protected.text == "<g1>A red chip</g1>"
    assert restore(protected, "<g1>빨간 칩</g1>") == "![빨간 칩](chip.png)"


def test_code_inside_a_link_is_nested():
    protected = protect("[use `a`](b)")
    assert protected.text == "<g1>use <x2/></g1>"
    assert restore(protected, "<g1><x2/> 사용</g1>") == "[`a` 사용](b)"


def test_a_kept_term_travels_as_a_mark():
    source = "GPT-5.4 scored 57."
    protected = protect(source, [(0, 7)])
    assert protected.text == "<x1/> scored 57."
    assert restore(protected, "<x1/>는 57점을 받았다.") == "GPT-5.4는 57점을 받았다."


def test_a_kept_term_inside_code_or_an_address_is_left_to_them():
    assert protect("`GPT` and [a](GPT)", [(1, 4), (14, 17)]).text == "<x1/> and <g2>a</g2>"


def test_a_link_found_by_its_words_keeps_its_label_when_they_change():
    protected = protect("See [the model][].")
    assert restore(protected, "<g1>모델</g1>을 보라.") == "[모델][the model]을 보라."
    assert restore(protected, protected.text) == "See [the model][]."


LICENCE = protect("The licence of GLM-5.1 and `a.py` on GPT.", [(15, 22), (37, 40)])


@pytest.mark.parametrize(
    ("source", "target", "shown"),
    [
        pytest.param(
            "The lisence of GLM-5.1 and `a.py` on GPT.",
            "GPT에서 쓰는 GLM-5.1과 `a.py`의 라이선스다.",
            (
                "The lisence of <x1/> and <x2/> on <x3/>.",
                "<x3/>에서 쓰는 <x1/>과 <x2/>의 라이선스다.",
            ),
            id="all of it",
        ),
        pytest.param(
            "`b.py` and `a.py` on GPT.",
            "GPT의 `b.py`와 `a.py`다.",
            ("<x4/> and <x2/> on <x3/>.", "<x3/>의 <x4/>와 <x2/>다."),
            id="code that is new is another mark",
        ),
        pytest.param(
            "GLM-5.1-Air beats GPT-4 and GPT.",
            "GLM-5.1-Air는 GPT-4와 GPT를 앞선다.",
            ("GLM-5.1-Air beats GPT-4 and <x3/>.", "GLM-5.1-Air는 GPT-4와 <x3/>를 앞선다."),
            id="a longer name is none of it",
        ),
        pytest.param(
            "GPT is dear.",
            "그 모델은 비싸다.",
            ("GPT is dear.", "그 모델은 비싸다."),
            id="a name that the translation leaves out teaches nobody to lose its mark",
        ),
    ],
)
def test_a_pair_has_the_marks_of_the_text_that_it_helps_with(source, target, shown):
    assert LICENCE.text == "The licence of <x1/> and <x2/> on <x3/>."
    assert aligned(source, target, LICENCE.marks) == shown


@given(MARKDOWN, MARKDOWN)
def test_a_memory_pair_of_the_same_source_has_its_marks(source, target):
    assert aligned(source, target, protect(source).marks) == aligned(source, target)


def test_text_that_looks_like_a_mark_becomes_one():
    protected = protect("Type \\<x1/> here")
    assert "<x1/>" in protected.text
    assert len(MARK.findall(protected.text)) == len(protected.marks)
    assert restore(protected, protected.text) == "Type \\<x1/> here"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("문서를 <x2/> 보라", "the mark <g1> is missing"),
        ("<g1>문서</g1>를 보라", "the mark <x2/> is missing"),
        ("<g1>문서</g1> <x2/> <x2/>", "the mark <x2/> occurs 2 times instead of once"),
        ("<g1>문서</g1> <x2/> <x3/>", "the mark <x3/> is not in the source"),
        ("<g1>문서 <x2/></g1>", "the mark <x2/> does not enclose what it should"),
        ("</g1>문서<g1> <x2/>", "the mark <g1> does not enclose what it should"),
        ("<g1>문서</g1> <x2>", "the mark <x2/> is missing"),
    ],
)
def test_a_broken_mark_is_named(answer, reason):
    protected = protect("See [docs](a) `b`")
    assert protected.text == "See <g1>docs</g1> <x2/>"
    assert reason in [str(message) for message in problems(protected, answer)]
    with pytest.raises(ValueError, match="marks"):
        restore(protected, answer)


def test_marks_may_change_places_and_spacing():
    protected = protect("`a` then `b`")
    assert restore(protected, "<x2 /> 전에 <x1/>") == "`b` 전에 `a`"
