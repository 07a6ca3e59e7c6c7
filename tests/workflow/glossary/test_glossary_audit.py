"""Auditing: how approved translations really wrote each term, and what stood there instead."""

from __future__ import annotations

from bilingual.glossary.audit import ApprovedUnit, TermUsage, audit
from bilingual.glossary.schema import parse

TERMS = parse(
    """\
- {id: muse-spark, en: Muse Spark, ko: 뮤즈 스파크, ko_allowed: [Muse Spark], ko_forbidden: [뮤스 스파크]}
- {id: open-weights, en: open weights, ko: 오픈 웨이트}
- {id: language-model, en: language model, ko: 언어 모델}
- {id: unused, en: sparse attention, ko: 희소 주의}
""",  # noqa: E501
    path="g",
).terms


def usages(*pairs: tuple[str, str]) -> dict[str, TermUsage]:
    texts = [ApprovedUnit("a", f"u{n}", *pair, "en", "ko") for n, pair in enumerate(pairs)]
    return {each.term.id: each for each in audit(TERMS, texts)}


def test_each_unit_counts_in_one_way():
    each = usages(
        ("Muse Spark leads. Muse Spark wins.", "뮤즈 스파크가 앞선다."),
        ("Muse Spark is new.", "Muse Spark는 새롭다."),
        ("Muse Spark is closed.", "뮤스 스파크는 비공개다."),
        ("Muse Spark is here.", "그 모델이 여기 있다."),
    )["muse-spark"]
    assert (each.occurrences, each.units) == (5, 4)
    assert (each.preferred, each.allowed, each.forbidden, each.none) == (1, 1, 1, 1)
    assert each.places == [("a", "u2"), ("a", "u3")]
    assert each.others == {"Muse Spark": 1, "뮤스 스파크": 1}


def test_a_form_inside_a_compound_is_the_form():
    each = usages(("A language model.", "초거대언어모델이다."))["language-model"]
    assert (each.preferred, each.none) == (1, 0)


def test_what_stood_there_instead_is_guessed_from_the_company():
    each = usages(
        ("The open weights are out.", "공개 가중치가 나왔다."),
        ("We read open weights.", "우리는 공개 가중치를 읽었다."),
        ("We read papers.", "우리는 논문을 읽었다."),
        ("The news are out.", "뉴스가 나왔다."),
    )["open-weights"]
    assert each.none == 2
    assert (each.instead[0].form, each.instead[0].units) == ("공개 가중치", 2)


def test_in_a_single_unit_only_a_word_like_the_form_is_guessed():
    alike = usages(("The open weights are out.", "오픈웨이츠가 나왔다."))["open-weights"]
    assert [guess.form for guess in alike.instead] == ["오픈웨이츠"]
    unlike = usages(("The open weights are out.", "드디어 나왔다."))["open-weights"]
    assert unlike.instead == []


def test_the_worst_come_first_and_unused_entries_last():
    order = list(
        usages(
            ("Muse Spark", "뮤즈 스파크"),
            ("open weights", "무게"),
            ("open weights", "무게"),
            ("a language model", "뭔가"),
        )
    )
    assert order == ["open-weights", "language-model", "muse-spark", "unused"]


def test_an_english_plural_is_the_preferred_form():
    texts = [ApprovedUnit("a", "u", "언어 모델 둘.", "Two language models.", "ko", "en")]
    (each,) = [one for one in audit(TERMS, texts) if one.term.id == "language-model"]
    assert (each.preferred, each.others) == (1, {})
