"""Two documents without a catalog: which of their units say the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bilingual.checks.alignment import align
from bilingual.markdown.segment import segment

ENGLISH = """\
# Muse Spark

Meta released Muse Spark on April 8. It scored 52 on the index.

Wang called it a start.

## Prices

- Input costs $0.30 per million tokens
- Output costs $2.50

See the [model card](https://ai.meta.com/muse).
"""
KOREAN = """\
# 뮤즈 스파크

메타는 4월 8일 뮤즈 스파크를 공개했다. 지수에서 52점을 받았다.

왕은 이를 시작이라고 불렀다.

## 가격

- 입력은 토큰 100만 개에 0.30달러
- 출력은 2.50달러

[모델 카드](https://ai.meta.com/muse)를 보라.
"""


def aligned(english: str, korean: str) -> list[tuple[str, str]]:
    source, target = segment(english).units, segment(korean).units
    return [
        (
            " + ".join(source[index].source for index in each.source),
            " + ".join(target[index].source for index in each.target),
        )
        for each in align(source, target)
    ]


def test_versions_of_one_structure_are_aligned_one_to_one():
    source, target = segment(ENGLISH).units, segment(KOREAN).units
    assert [(each.source, each.target) for each in align(source, target)] == [
        ((index,), (index,)) for index in range(len(source))
    ]


def test_a_paragraph_that_was_left_out_has_no_partner():
    pairs = aligned(ENGLISH, KOREAN.replace("왕은 이를 시작이라고 불렀다.\n\n", ""))
    assert ("Wang called it a start.", "") in pairs
    assert sum(not korean for _, korean in pairs) == 1


def test_a_paragraph_that_was_added_has_no_partner():
    note = "편집자 주: 이 기사는 나중에 고쳤다."
    pairs = aligned(ENGLISH, KOREAN + f"\n{note}\n")
    assert pairs[-1] == ("", note)
    assert sum(not english for english, _ in pairs) == 1


def test_a_paragraph_that_became_two_is_one_with_both():
    halves = KOREAN.replace("공개했다. 지수에서", "공개했다.\n\n지수에서")
    assert (
        "Meta released Muse Spark on April 8. It scored 52 on the index.",
        "메타는 4월 8일 뮤즈 스파크를 공개했다. + 지수에서 52점을 받았다.",
    ) in aligned(ENGLISH, halves)


def test_two_paragraphs_that_became_one_are_both_with_it():
    joined = KOREAN.replace("받았다.\n\n왕은", "받았다. 왕은")
    english = "Meta released Muse Spark on April 8. It scored 52 on the index."
    korean = "메타는 4월 8일 뮤즈 스파크를 공개했다. 지수에서 52점을 받았다."
    assert (
        f"{english} + Wang called it a start.",
        f"{korean} 왕은 이를 시작이라고 불렀다.",
    ) in aligned(ENGLISH, joined)


def test_a_short_item_is_no_half_of_its_neighbour():
    assert aligned("- 1 hour\n- 2 hours\n", "- 1시간\n") == [("1 hour", "1시간"), ("2 hours", "")]


def test_front_matter_is_aligned_by_its_keys():
    english = "---\ntitle: Spark\ndek: It is a start\n---\n"
    korean = "---\ndek: 시작이다\nsubtitle: 부제\n---\n"
    assert set(aligned(english, korean)) == {
        ("Spark", ""),
        ("", "부제"),
        ("It is a start", "시작이다"),
    }


def test_a_heading_is_never_the_version_of_a_paragraph():
    assert set(aligned("# Prices\n", "가격\n")) == {("Prices", ""), ("", "가격")}


PARTS = st.lists(
    st.sampled_from(["# 제목", "Text with 12 words.", "- item", "> quote", "`x` 코드"]), max_size=12
)


@given(PARTS, PARTS)
def test_every_unit_is_in_exactly_one_pair_and_the_order_stays(first: list[str], second: list[str]):
    source, target = segment("\n\n".join(first)).units, segment("\n\n".join(second)).units
    found = align(source, target)
    assert [i for each in found for i in each.source] == list(range(len(source)))
    assert [i for each in found for i in each.target] == list(range(len(target)))


def test_documents_of_thousands_of_units_are_aligned():
    english = "\n\n".join(f"Paragraph number {n} says this." for n in range(3000))
    korean = "\n\n".join(f"{n}번째 문단은 이렇게 말한다." for n in range(3000) if n != 1500)
    found = align(segment(english).units, segment(korean).units)
    assert [each.source for each in found if not each.target] == [(1500,)]
