"""Links that stand on each other's words, and links that only seem to."""

from __future__ import annotations

import pytest

from bilingual.checks import registry
from bilingual.glossary.match import Matcher
from bilingual.model import Entry, Kind, State, Target


def found(source: str, target: str, languages: tuple[str, str] = ("en", "ko")) -> list[str]:
    entry = Entry("u", Kind.PARAGRAPH, source, target=Target(target, State.REVIEWED))
    unit = registry.subject(entry, languages, Matcher(()))
    return [str(each.message) for each in registry.run([unit], registry.select(["link-mismatch"]))]


PAIRS = [
    # Words that are translated: the lexicon tells.
    (
        "Read the [documentation](https://e.org/a) or open an [issue](https://e.org/b).",
        "[문서](https://e.org/a)를 읽거나 [이슈](https://e.org/b)를 여세요.",
    ),
    # The addresses tell.
    (
        "It has [horizontal](/horizontal-scaling) and [vertical](/vertical-scaling) growth.",
        "[수평적](/horizontal-scaling) 성장과 [수직적](/vertical-scaling) 성장이 있다.",
    ),
    # How the words sound.
    (
        "[Anthropic](https://a.example) sued [Samsung](https://b.example).",
        "[앤트로픽](https://a.example)이 [삼성](https://b.example)을 고소했다.",
    ),
    # Numbers.
    (
        "See the [2024 figures](/x) and the [2025 figures](/y).",
        "[2024년 수치](/x)와 [2025년 수치](/y)를 보라.",
    ),
    # Only their order.
    (
        "It is [here](/x), and the rest is [here](/y).",
        "[여기](/x)에 있고 나머지는 [여기](/y)에 있다.",
    ),
]


@pytest.mark.parametrize(("english", "korean"), PAIRS)
def test_swapped_addresses_are_found_in_both_directions(english: str, korean: str) -> None:
    assert found(english, korean) == []
    assert found(korean, english, ("ko", "en")) == []
    assert len(found(english, swapped(korean))) == 2
    assert len(found(korean, swapped(english), ("ko", "en"))) == 2


def swapped(text: str) -> str:
    first, second = (each.split(")")[0] for each in text.split("](")[1:])
    return (
        text.replace(f"({first})", "(?)")
        .replace(f"({second})", f"({first})")
        .replace("(?)", f"({second})")
    )


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        (
            "[Meta](https://meta.example) hired him from [Scale AI](https://scale.example).",
            "[스케일 AI](https://scale.example)에서 그를 데려온 것은 [메타](https://meta.example)다.",
        ),
        (
            "The [report](/r) cites a [survey](/s) by the agency.",
            "이 기관의 [조사](/s)를 인용한 [보고서](/r)다.",
        ),
        (
            "[Vertex AI](/docs/start) and [Vertex AI Workbench](/docs/workbench/vertex) are here.",
            "[Vertex AI](/docs/start)와 [Vertex AI Workbench](/docs/workbench/vertex)가 있다.",
        ),
        (
            "The [model](/m) and the [paper](/p), then the [model](/m) again.",
            "[모델](/m)과 [논문](/p), 그리고 다시 [모델](/m).",
        ),
    ],
)
def test_links_in_another_order_are_no_swap(english: str, korean: str) -> None:
    assert found(english, korean) == []
    assert found(korean, english, ("ko", "en")) == []


def severities(rule: str, source: str, target: str) -> list[str]:
    entry = Entry("u", Kind.PARAGRAPH, source, target=Target(target, State.REVIEWED))
    unit = registry.subject(entry, ("en", "ko"), Matcher(()))
    return [each.severity.value for each in registry.run([unit], registry.select([rule]))]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("https://arxiv.org/abs/2203.02155", "https://arxiv.org/pdf/2203.02155v2", []),
        ("https://arxiv.org/abs/2203.02155", "https://huggingface.co/papers/2203.02155", []),
        ("https://arxiv.org/abs/2203.02155", "https://arxiv.org/abs/2203.02156", ["error"]),
        ("https://youtu.be/b3l4WxipFsE", "https://www.youtube.com/watch?v=b3l4WxipFsE", []),
        ("https://github.com/o/r/blob/main/a.py", "https://github.com/o/r/blob/1a2b3c4d/a.py", []),
        (
            "https://github.com/o/r/blob/main/a.py",
            "https://github.com/o/r/blob/main/b.py",
            ["error"],
        ),
        ("https://e.org/rules", "/rules", []),
        ("https://e.org/rules", "/roles", ["error"]),
        ("https://e.org/a/index.html", "https://e.org/a/", []),
        ("https://e.org/old/guide", "https://docs.e.org/new/guide.html", ["warning"]),
        ("https://e.org/2024/05/guide", "https://e.org/2025/05/guide", ["error"]),
    ],
)
def test_addresses_of_one_page_are_the_same(source: str, target: str, expected: list[str]) -> None:
    said = severities("link-mismatch", f"Read [it]({source}).", f"[그것]({target})을 읽으라.")
    assert said == expected


def test_a_link_that_a_translator_added_is_a_warning() -> None:
    assert severities("link-mismatch", "Read it.", "[그것](https://e.org/ko)을 읽으라.") == [
        "warning"
    ]
    assert severities("link-mismatch", "Read [it](https://e.org).", "그것을 읽으라.") == ["error"]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("`eval.py`", "`평가.py`", ["error"]),
        ("`eval.py`", "그것", ["error"]),
        ("`prompt`", "`프롬프트`", ["error"]),
        ("`tests/`", "`test/`", ["error"]),
        ("`File`", "`파일`", ["warning"]),
        ("`Too many re-renders.`", "`렌더링이 너무 많습니다.`", ["warning"]),
        ("`setup`", "`setup(설정)`", ["warning"]),
        ("`f(a, b)`", "`f(a,b)`", ["warning"]),
        ("`tfds.features.Connector`", "`Connector`", ["warning"]),
        ("it", "`main`", ["warning"]),
    ],
)
def test_code_that_a_translator_may_have_meant_is_a_warning(
    source: str, target: str, expected: list[str]
) -> None:
    assert severities("code-mismatch", f"Use {source} now.", f"이제 {target} 쓴다.") == expected


def test_a_level_of_the_configuration_is_never_raised_by_a_finding() -> None:
    entry = Entry("u", Kind.PARAGRAPH, "a", target=Target("`b`", State.REVIEWED))
    unit = registry.subject(entry, ("en", "ko"), Matcher(()))
    mild = registry.select(["code-mismatch"], levels={"code-mismatch": "info"})
    assert [each.severity.value for each in registry.run([unit], mild)] == ["info"]
