from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.i18n import words
from bilingual.publish.page import body

if TYPE_CHECKING:
    from bilingual.publish.page.body import Body


def render(text: str, speech: str = "en", **options: object) -> Body:
    return body.render(
        text,
        link=lambda to: None if "javascript" in to or to.startswith("data:") else to,
        image=lambda at: None if at == "gone.png" else at,
        words=words(speech),
        **options,
    )


def html(text: str, speech: str = "en", **options: object) -> str:
    return render(text, speech, **options).html


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "![x](javascript:alert(1))",
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<iframe src='https://evil.example'></iframe>",
    "<style>body { display: none }</style>",
    "<p style='position: fixed'>x</p>",
    "<form action=https://evil.example><button>x</button></form>",
    "<math><mtext></p><style><img src onerror=alert(1)></style></mtext></math>",
    "<b class='masthead' onclick=alert(1)>x</b>",
    "</div></main><h1 onmouseover=alert(1)>x</h1>",
    "`<script>` <!-- --><script>alert(1)//",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "x[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
    '# x {#" onclick=alert(1)}',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_brings_script_into_a_page(text: str):
    tree = html5lib.parse(html(text), namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag not in {"script", "style", "iframe", "svg", "math", "form", "button"}
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name != "style"
            assert not value.lstrip().lower().startswith(("javascript:", "data:"))
            assert "masthead" not in value


@given(st.text(alphabet="<>/\"'=& \nab[]()!*_`#|-:^{}\\onerrorscript", max_size=120))
def test_every_body_is_complete_html(text: str):
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(f"<!doctype html><title>x</title><main>{html(text)}</main>")


def test_emphasis_code_and_strikes_are_kept():
    shown = html("**bold**, *so*, `a < b`, ~~gone~~")
    assert shown == (
        "<p><strong>bold</strong>, <em>so</em>, <code>a &lt; b</code>, <s>gone</s></p>\n"
    )


def test_an_empty_cell_stays_a_cell():
    shown = html("| A | B | C |\n|---|--:|---|\n| HealthBench | | 40.1 |")
    assert '<td class="right"></td>\n<td>40.1</td>' in shown
    assert '<th scope="col" class="right">B</th>' in shown


@pytest.mark.parametrize(("language", "label"), [("en", "Table"), ("ko", "표")])
def test_a_table_scrolls_by_itself_and_is_named_in_the_pages_language(language: str, label: str):
    shown = html("| A |\n|---|\n| 1 |", language)
    assert f'<div class="table" role="region" tabindex="0" aria-label="{label}"><table>' in shown


def test_a_lone_image_becomes_a_figure_with_its_title_as_caption():
    shown = html('![두 기판](a.png "저울 위의 기판")')
    assert "<figure><img" in shown
    assert 'alt="두 기판"' in shown
    assert "<figcaption>저울 위의 기판</figcaption></figure>" in shown
    assert html("see ![x](a.png) here").startswith("<p>see <img")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Image not available: two boards"), ("ko", "이미지를 볼 수 없음: two boards")],
)
def test_an_image_that_is_not_there_leaves_its_words(language: str, said: str):
    shown = html("![two boards](gone.png)", language)
    assert said in shown
    assert "<img" not in shown
    assert "<img" not in html('<p><img src="gone.png" alt="a > b"></p>')


def test_a_link_that_may_not_be_kept_leaves_its_words():
    assert html('<a href="data:text/html,x">words</a>') == "<p><a>words</a></p>\n"


def test_footnotes_lead_there_and_back_also_the_second_time():
    shown = html("a[^n] b[^n]\n\n[^n]: The *median*.")
    assert '<a href="#fn1" id="fnref1"' in shown
    assert '<a href="#fn1" id="fnref1-2"' in shown
    assert '<li id="fn1" class="footnote-item">' in shown
    assert 'href="#fnref1-2" class="footnote-backref" aria-label="Back to the text"' in shown


def test_headings_take_the_anchors_they_are_given():
    assert '<h2 id="method">방법</h2>' in html("## 방법", anchors=["method"])


def test_an_anchor_that_the_author_wrote_is_not_shown():
    assert html("## 방법 {#how}", anchors=["how"]) == '<h2 id="how">방법</h2>\n'
    assert html("## The set {1, 2}", anchors=["s"]) == '<h2 id="s">The set {1, 2}</h2>\n'


def test_the_pages_title_stays_its_only_first_level_heading():
    assert "<h1" not in html("# One\n\n## Two")
    shown = render("# One *thing*\n\ntext\n\n## Two", untitled=True)
    assert shown.title == "One thing"
    assert "One" not in shown.html
    assert "<h2" in shown.html


def test_the_attribution_of_a_quote_is_marked():
    assert '<p class="attribution">— Wang' in html("> Yes.\n>\n> — Wang")
    assert 'Yes.<br>\n<span class="attribution">— Wang</span>' in html("> Yes.\n> — Wang")


@pytest.mark.parametrize("heading", ["References", "참고 자료", "출처"])
def test_the_section_of_references_is_marked(heading: str):
    assert 'class="references"' in html(f"## {heading}\n\n- one")


def test_language_and_reading_aids_of_raw_html_are_kept():
    text = '<p lang="ko" id="said"><ruby>漢<rt>한</rt></ruby> <abbr title="Large">L</abbr></p>'
    assert html(text) == text


def test_korean_in_an_english_text_is_marked_as_korean():
    assert html("The *눈치* game: 가나다, 라.", language="en") == (
        '<p>The <em><span lang="ko">눈치</span></em> game: <span lang="ko">가나다, 라</span>.</p>\n'
    )
    assert "span" not in html("눈치", language="ko")


def test_no_korean_line_begins_with_a_particle():
    shown = html("GPT-5.4(40.1점)와 “말”이라고", language="ko")
    assert '40.1점<span class="joined">)와</span> “말<span class="joined">”이라고</span>' in shown
    assert "joined" not in html("(40.1)와", language="en")


def test_a_task_cannot_be_ticked_and_no_field_can_be_filled_in():
    assert html('<input type="password" name="p">').count("<input") == html(
        '<input type="password" name="p">'
    ).count('type="checkbox"')
    assert 'type="checkbox"' in html("- [x] done")


def test_text_is_what_a_reader_reads():
    shown = render("# A *b*\n\n| c | d |\n|---|---|\n| 1 | `2` |\n\n[e](https://f.example)")
    assert shown.text.split() == ["A", "b", "c", "d", "1", "2", "e"]


CALLOUTS = {
    "> [!NOTE]\n> 읽어 **둘** 것.": ("note", "참고", "<p>읽어 <strong>둘</strong> 것.</p>"),
    "> [!WARNING] 내 제목\n> 본문\n>\n> 둘째": ("warning", "내 제목", "<p>본문</p>\n<p>둘째</p>"),
    "> [!tip]\n>\n> 본문": ("tip", "도움말", "<p>본문</p>"),
    "!!! danger\n    본문": ("danger", "위험", "<p>본문</p>"),
    '!!! note "내 제목"\n    본문': ("note", "내 제목", "<p>본문</p>"),
    ":::important\n본문\n:::": ("important", "중요", "<p>본문</p>"),
    ":::caution[내 `제목`]\n본문\n:::": ("warning", "내 <code>제목</code>", "<p>본문</p>"),
    "::: info 내 제목\n본문\n:::": ("note", "내 제목", "<p>본문</p>"),
}


@pytest.mark.parametrize("text", CALLOUTS)
def test_a_callout_is_a_box_with_a_title_in_the_pages_language(text: str):
    kind, title, inside = CALLOUTS[text]
    heading = f'<p class="admonition-title">{title}</p>'
    expected = f'<div class="admonition {kind}">\n{heading}\n{inside}\n</div>'
    assert html(text, "ko", language="ko").strip() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> [!NOTE]: no callout", "<blockquote>\n<p>[!NOTE]: no callout</p>\n</blockquote>"),
        (":::note\nnever closed", "<p>never closed</p>"),
        (":::columns\ntext\n:::", "<p>text</p>"),
        (":::", ""),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>"),
    ],
)
def test_what_is_no_callout_is_no_box(text: str, expected: str):
    assert html(text).strip() == expected


def test_callouts_nest():
    text = "::::note\n:::tip\ninner\n:::\nouter\n::::\n\n- > [!NOTE]\n  > in an item\n"
    shown = html(text)
    assert shown.count("<div") == shown.count("</div>") == 3
    assert shown.index("inner") < shown.index("</div>") < shown.index("outer")
