"""How targets are laid into an article: as an author would have written them, or not at all."""

from __future__ import annotations

import pytest

from bilingual.markdown.merge import merge
from bilingual.markdown.segment import segment
from bilingual.markdown.structure import skeleton
from bilingual.model import Kind


def laid(article: str, **targets: str) -> str:
    """Merge targets named by their source's first word; nothing may be refused."""
    document = segment(article)
    by_word = {unit.source.split()[0].strip("*#"): i for i, unit in enumerate(document.units)}
    merged = merge(document, {by_word[word]: target for word, target in targets.items()})
    assert merged.refusals == ()
    assert skeleton(merged.text) == document.skeleton
    return merged.text


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("52. That's Muse Spark's score", "52\\. That's Muse Spark's score"),
        ("52\\. That's it", "52\\. That's it"),
        ("1) 하나", "1\\) 하나"),
        ("2026. 4. 8. 공개", "2026\\. 4. 8. 공개"),
        ("52.8점", "52.8점"),
        ("# 1위", "\\# 1위"),
        ("#해시태그", "#해시태그"),
        ("- 그는 말했다", "\\- 그는 말했다"),
        ("-3도", "-3도"),
        ("* 별표", "\\* 별표"),
        ("**굵게** 시작", "**굵게** 시작"),
        ("+ 더하기", "\\+ 더하기"),
        ("> 인용", "\\> 인용"),
        ("```", "\\```"),
        ("`코드` 시작", "`코드` 시작"),
        ("~~~", "\\~~~"),
        ("~~취소~~", "~~취소~~"),
        ("---", "\\---"),
        ("***", "\\***"),
        ("$$", "\\$$"),
        ("$5 요금", "$5 요금"),
        ("<div>칸</div>", "\\<div>칸</div>"),
        ("<b>굵게</b> 시작", "<b>굵게</b> 시작"),
        ("<Tip>안내</Tip> 끝", "<Tip>안내</Tip> 끝"),
        ("[참고]: 링크", "\\[참고]: 링크"),
        ("[참고](x): 링크", "[참고](x): 링크"),
        ("[^1]: 각주", "\\[^1]: 각주"),
        ("[^1] 각주", "[^1] 각주"),
        (":::note", "\\:::note"),
        ("{{< x >}}", "\\{{< x >}}"),
        ("!!! 경고", "\\!!! 경고"),
        ("!느낌", "!느낌"),
        ("a\n\nb", "a\nb"),
        ("a\n---", "a\n\\---"),
        ("a | b\n--- | ---", "a | b\n\\--- | ---"),
        ("  들여쓰기  ", "들여쓰기"),
        ("\ufeff# 표식", "\\# 표식"),
        ("끝 \\", "끝 \\"),
        ("*열린 강조와 `코드", "*열린 강조와 `코드"),
    ],
)
def test_a_paragraph_stays_a_paragraph_with_the_least_escape(target: str, written: str):
    assert laid("앞\n\nText here.\n\n뒤\n", Text=target) == f"앞\n\n{written}\n\n뒤\n"


def test_a_paragraph_that_opens_with_a_number_keeps_its_backslash_or_gets_one():
    article = "52\\. That's Muse Spark's score.\n"
    document = segment(article)
    for target in ("52\\. 이것이 점수다.", "52. 이것이 점수다."):
        assert merge(document, {0: target}).text == "52\\. 이것이 점수다.\n"


@pytest.mark.parametrize(
    ("article", "target", "merged"),
    [
        ("# Text\n", "제목\n둘째 줄", "# 제목 둘째 줄\n"),
        ("## Text ##\n", "C #", "## C \\# ##\n"),
        ("# Text {#id}\n", "제목", "# 제목 {#id}\n"),
        ("Text\n====\n", "- 제목", "\\- 제목\n====\n"),
        ("- Text\n- b\n", "- 하나\n둘", "- \\- 하나\n  둘\n- b\n"),
        ("- Text\n", "[x] 하나", "- \\[x] 하나\n"),
        ("- [ ] Text\n", "하나", "- [ ] 하나\n"),
        ("> - Text\n", "하나\n둘", "> - 하나\n>   둘\n"),
        ("> Text\n> more\n", "하나\n둘\n셋", "> 하나\n> 둘\n> 셋\n"),
        ("> Text\nlazy\n", "하나\n둘", "> 하나\n둘\n"),
        ("> Text\n", "[!NOTE] 하나", "> \\[!NOTE] 하나\n"),
        ("1.  Text\r\n", "하나\n둘", "1.  하나\r\n    둘\r\n"),
        ("Term\n: Text\n", ": 하나", "Term\n: \\: 하나\n"),
        ("a[^1]\n\n[^1]: Text\n", "하나\n# 둘", "a[^1]\n\n[^1]: 하나\n      \\# 둘\n"),
        ("| Text | b |\n|---|---|\n", "가 | 나\n다", "| 가 \\| 나 다 | b |\n|---|---|\n"),
        ("|Text|b|\n|---|---|\n", "`a|b` \\", "|`a\\|b` \\ |b|\n|---|---|\n"),
        ("Text | b\n--- | ---\n", "# 가", "\\# 가 | b\n--- | ---\n"),
        ("a | b\n--- | ---\nText | c\n", "> 가", "a | b\n--- | ---\n\\> 가 | c\n"),
        ('![Text](a.png "t")\n', "[가] 나", '![[가] 나](a.png "t")\n'),
        ('![Text](a.png "t")\n', "가](b) 나", '![가\\](b) 나](a.png "t")\n'),
        ('![a](a.png "Text")\n', '가 "나"', '![a](a.png "가 \\"나\\"")\n'),
        ("[r]: x 'Text'\n", "it's\n\nso \\", "[r]: x 'it\\'s so \\\\'\n"),
        ("<p>Text</p>\n", "a < b\n\n</p><p>", "<p>a &lt; b\n&lt;/p>&lt;p></p>\n"),
        ("<p>Text</p>\n", "<!-- 열린 <b>말</b>", "<p>&lt;!-- 열린 <b>말</b></p>\n"),
        ('<img alt="Text">\n', '가 "나" <b>', '<img alt="가 &quot;나&quot; &lt;b>">\n'),
        ("<img alt=Text>\n", "두 낱말", '<img alt="두 낱말">\n'),
        (":::note[Text]\n:::\n", "가 [나]", ":::note[가 \\[나\\]]\n:::\n"),
        ("Text", "끝 줄", "끝 줄"),
        ("\ufeffText\r\n", "# 가", "\ufeff\\# 가\r\n"),
    ],
)
def test_each_place_takes_a_target_in_its_own_way(article: str, target: str, merged: str):
    assert laid(article, Text=target) == merged


def test_every_target_of_its_own_length_keeps_the_prefixes_of_its_lines():
    article = "> 1. Text one\n>    two\n>    three\n>\n>    end\n"
    document = segment(article)
    assert merge(document, {0: "하나\n둘\n셋"}).text == article.replace("Text one", "하나").replace(
        "two", "둘"
    ).replace("three", "셋")
    assert merge(document, {0: "하나"}).text == "> 1. 하나\n>\n>    end\n"


def test_a_missing_target_keeps_the_source():
    document = segment("# 하나\n\n둘\n")
    assert merge(document, {1: "two"}).text == "# 하나\n\ntwo\n"
    assert merge(document, {}).text == document.text


@pytest.mark.parametrize("empty", ["", " ", "\n\n"])
def test_an_empty_target_is_refused_and_the_source_stays(empty: str):
    document = segment("# 하나\n\n둘\n")
    merged = merge(document, {0: empty, 1: "two"})
    assert merged.text == "# 하나\n\ntwo\n"
    assert [refusal.index for refusal in merged.refusals] == [0]
    assert str(merged.refusals[0].reason) == "The target is empty."


def test_only_the_unit_that_cannot_be_laid_is_refused():
    # A term that is a heading in disguise ends the definition above it; plain words cannot.
    article = "앞\n\nA\n: 하나\n# B\n: 둘\n\n뒤\n"
    document = segment(article)
    index = next(i for i, unit in enumerate(document.units) if unit.source == "# B")
    targets = {i: f"{unit.source}!" for i, unit in enumerate(document.units)}
    merged = merge(document, {**targets, index: "말"})
    assert [refusal.index for refusal in merged.refusals] == [index]
    assert merged.text == "앞!\n\nA!\n: 하나!\n# B\n: 둘!\n\n뒤!\n"


def test_a_document_of_hostile_targets_is_settled():
    article = "".join(f"문단 {i}\n\n| a{i} | b |\n|---|---|\n\n<p>c{i}</p>\n\n" for i in range(60))
    document = segment(article)
    for target in ("# x\n\n- y\n```", "|\n|-|\n", "</p>\n\n<div>", "[a]: b\n[c]: d"):
        merged = merge(document, dict.fromkeys(range(len(document.units)), target))
        assert skeleton(merged.text) == document.skeleton


def test_equal_arguments_give_equal_results():
    document = segment("# 하나\n\n둘\n\n- 셋\n")
    targets = {2: "- c", 0: "a", 1: "1. b"}
    assert merge(document, targets) == merge(document, dict(reversed(targets.items())))


FRONT = """\
---
title: 뮤즈 스파크   # 이름
dek: "Meta's \\"first\\""
tags: [AI, 'it''s', plain]
date: 2026-04-08
hero:
    alt: >-
        접힌
        글
    caption: |
        첫 줄
        둘째 줄
summary: 여러
  줄의 글
---

본문
"""


@pytest.mark.parametrize(
    ("key", "target", "line"),
    [
        ("title", "Muse Spark", "title: Muse Spark   # 이름\n"),
        ("title", "Muse: Spark", 'title: "Muse: Spark"   # 이름\n'),
        ("title", "Muse #1", "title: Muse #1   # 이름\n"[:7] + '"Muse #1"   # 이름\n'),
        ("title", '"Spark" now', "title: '\"Spark\" now'   # 이름\n"),
        ("title", "true", 'title: "true"   # 이름\n'),
        ("title", "2026-04-08", 'title: "2026-04-08"   # 이름\n'),
        ("title", "{{ 자리 }}", 'title: "{{ 자리 }}"   # 이름\n'),
        ("title", "*별", 'title: "*별"   # 이름\n'),
        ("title", "두\n줄", 'title: "두\\n줄"   # 이름\n'),
        ("dek", 'say "hi" \\ 끝', 'dek: "say \\"hi\\" \\\\ 끝"\n'),
        ("tags.0", "인공지능, AI", "tags: [\"인공지능, AI\", 'it''s', plain]\n"),
        ("tags.1", "그'의", "tags: [AI, '그''의', plain]\n"),
        ("hero.alt", "A folded text", "    alt: >-\n        A folded text\n"),
        ("hero.alt", "one\ntwo", "    alt: >-\n        one\n\n        two\n"),
        ("hero.caption", "one\n\n- two", "    caption: |\n        one\n\n        - two\n"),
        ("hero.caption", "  indented", '    caption: "  indented"\n'),
        ("summary", "한 줄", "summary: 한 줄\n---\n"),
    ],
)
def test_a_field_is_written_in_its_own_way_of_quoting(key: str, target: str, line: str):
    document = segment(FRONT, keys=["title", "dek", "tags", "hero.alt", "hero.caption", "summary"])
    index = next(i for i, unit in enumerate(document.units) if ".".join(unit.path) == key)
    merged = merge(document, {index: target})
    assert merged.refusals == ()
    assert line in merged.text
    again = segment(
        merged.text, keys=["title", "dek", "tags", "hero", "hero.alt", "hero.caption", "summary"]
    )
    assert again.units[index].source == target


@pytest.mark.parametrize(
    ("article", "target", "merged"),
    [
        (
            '+++\ntitle = "Text" # 이름\n+++\n',
            '가 "나" \\',
            '+++\ntitle = "가 \\"나\\" \\\\" # 이름\n+++\n',
        ),
        ("+++\ntitle = 'Text'\n+++\n", "가", "+++\ntitle = '가'\n+++\n"),
        ("+++\ntitle = 'Text'\n+++\n", "it's", '+++\ntitle = "it\'s"\n+++\n'),
        ('+++\ntitle = """Text"""\n+++\n', "가\n나", '+++\ntitle = """\n가\n나"""\n+++\n'),
        ("+++\ntags = ['Text', 'b']\n+++\n", "+++", "+++\ntags = ['+++', 'b']\n+++\n"),
    ],
)
def test_a_field_of_toml_likewise(article: str, target: str, merged: str):
    assert laid(article, Text=target) == merged


def test_a_shared_value_is_refused_because_it_occurs_twice():
    document = segment("---\ntitle: &t 같은 글\ndek: *t\n---\n")
    assert [unit.source for unit in document.units] == ["같은 글"]
    assert document.units[0].kind is Kind.FIELD
    merged = merge(document, {0: "same"})
    assert merged.text == document.text
    assert [refusal.index for refusal in merged.refusals] == [0]


def test_a_fence_of_front_matter_in_a_field_stays_a_field():
    article = "---\ntitle: |\n  Text\n---\n본문\n"
    document = segment(article)
    merged = merge(document, {0: "가\n---\n나"})
    assert segment(merged.text).units[0].source == "가\n---\n나"
    assert skeleton(merged.text) == document.skeleton
