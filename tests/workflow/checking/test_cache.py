"""A check that ran before: what did not change is not checked again, and nothing stale is shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import bilingual
from bilingual.checks import registry
from bilingual.glossary.match import Matcher, contains, fold, required_keys
from bilingual.glossary.schema import parse
from bilingual.newsroom import index
from bilingual.storage.cache import code_stamps
from bilingual.workflow.check import check, newsroom_selection
from bilingual.workflow.checking import cache

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.newsroom import Newsroom

GLOSSARY = "- {id: open-weights, en: open weights, ko: 공개 가중치}\n"
CATALOG = """\
msgid ""
msgstr ""
"Language: ko\\n"
"X-Source-Language: en\\n"
"X-Article: articles/SLUG/index.en.md\\n"

#: articles/SLUG/index.en.md
#. paragraph
msgctxt "a1"
msgid "TEXT"
msgstr "그것은 여기 있다."
"""


def catalog(slug: str, text: str) -> str:
    return CATALOG.replace("SLUG", slug).replace("TEXT", text)


@pytest.fixture
def newsroom(make_newsroom: Callable[..., Newsroom]) -> Newsroom:
    texts = {"one": "Its open weights are here.", "two": "The tokenizer is here."}
    return make_newsroom(
        {f"{slug}/en": f"{text}\n" for slug, text in texts.items()},
        glossary=GLOSSARY,
        catalogs={f"{slug}/ko": catalog(slug, text) for slug, text in texts.items()},
    )


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs that the rules looked at, in turn."""
    slugs: list[str] = []
    run = registry.run

    def noting(subjects, selection=None):
        subjects = list(subjects)
        slugs.extend(each.slug for each in subjects if getattr(each, "units", ()))
        return run(subjects, selection)

    monkeypatch.setattr(registry, "run", noting)
    return slugs


def missing(newsroom: Newsroom) -> list[str]:
    return [each.slug for each in check(newsroom).findings if each.rule == "term-missing"]


def test_the_second_run_finds_the_same_and_looks_at_nothing(newsroom: Newsroom, checked: list[str]):
    first = check(newsroom)
    assert checked == ["one", "two"]
    assert check(newsroom) == first
    assert checked == ["one", "two"]


def test_a_catalog_that_changed_is_checked_again_alone(newsroom: Newsroom, checked: list[str]):
    assert missing(newsroom) == ["one"]
    file = newsroom.root / "locales/ko/articles/one.po"
    file.write_text(file.read_text("utf-8").replace("그것은", "공개 가중치는"), "utf-8")
    checked.clear()
    assert missing(newsroom) == []
    assert checked == ["one"]


def test_a_new_term_is_looked_for_where_it_may_occur(newsroom: Newsroom, checked: list[str]):
    assert missing(newsroom) == ["one"]
    term = "- {id: tokenizer, en: tokenizer, ko: 토크나이저}\n"
    (newsroom.root / "glossary.yaml").write_text(GLOSSARY + term, "utf-8")
    checked.clear()
    assert missing(newsroom) == ["one", "two"]
    assert checked == ["two"]


def test_a_term_that_goes_takes_its_findings_along(newsroom: Newsroom):
    assert missing(newsroom) == ["one"]
    (newsroom.root / "glossary.yaml").write_text("[]\n", "utf-8")
    assert missing(newsroom) == []
    (newsroom.root / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    assert missing(newsroom) == ["one"]


def test_a_term_that_changed_while_other_articles_were_checked_counts_for_all(newsroom: Newsroom):
    assert missing(newsroom) == ["one"]
    (newsroom.root / "glossary.yaml").write_text("[]\n", "utf-8")
    check(newsroom, ["two"])
    assert missing(newsroom) == []


def test_another_severity_is_shown(make_newsroom: Callable[..., Newsroom], newsroom: Newsroom):
    check(newsroom)
    (newsroom.root / "bilingual.toml").write_text('[checks]\nterm-missing = "info"\n', "utf-8")
    again = type(newsroom).open(newsroom.root)
    found = [each for each in check(again).findings if each.rule == "term-missing"]
    assert [each.severity.value for each in found] == ["info"]


def test_other_code_is_another_check(newsroom: Newsroom, checked: list[str], monkeypatch):
    check(newsroom)
    checked.clear()
    monkeypatch.setattr(cache.cache, "code_stamps", lambda _: iter(["number_mismatch.py 2 3"]))
    check(newsroom)
    assert checked == ["one", "two"]


def test_the_code_of_every_folder_that_decides_is_looked_at(newsroom: Newsroom):
    stamps = list(code_stamps(cache._code(newsroom_selection(newsroom, (), ()))))
    package = Path(bilingual.__file__).parent
    for file in (
        "model.py", "checks/base.py", "checks/rules/number_mismatch.py", "catalog/align.py",
        "language/ko/particle.py", "language/numbers/quantity.py", "markdown/inline.py",
        "glossary/match.py", "workflow/check.py", "workflow/checking/cache.py",
    ):  # fmt: skip
        assert (package / file).is_file()
        assert any(each.startswith(f"{package / file} ") for each in stamps), file
    segmenting = list(code_stamps(index._code()))
    for file in ("model.py", "markdown/inline.py", "catalog/po.py", "workflow/checking/cache.py"):
        assert any(each.startswith(f"{package / file} ") for each in segmenting), file
    assert any("markdown_it" in each for each in segmenting)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"format": 1}', b"\xff\xfe", b"null", b"[" * 9999]
)
def test_a_damaged_file_is_no_memory(newsroom: Newsroom, content: bytes):
    first = check(newsroom)
    (newsroom.root / cache.FILE).write_bytes(content)
    assert check(newsroom) == first


def test_a_file_with_one_other_letter_is_no_memory(newsroom: Newsroom):
    first = check(newsroom)
    file = newsroom.root / cache.FILE
    content = file.read_bytes()
    for place in range(0, len(content), 97):
        file.write_bytes(content[:place] + b"7" + content[place + 1 :])
        assert check(newsroom) == first


def test_a_line_in_front_of_the_glossary_looks_at_no_article_again(
    newsroom: Newsroom, checked: list[str]
):
    glossary = newsroom.root / "glossary.yaml"
    twice = GLOSSARY + GLOSSARY.replace("open-weights", "free-weights").replace("공개", "자유")
    glossary.write_text(twice, "utf-8")
    check(newsroom)
    glossary.write_text(f"# 용어집\n{twice}", "utf-8")
    checked.clear()
    lines = [each.line for each in check(newsroom).findings if each.rule == "glossary-conflict"]
    assert (lines, checked) == ([3], [])


def test_what_is_gone_is_forgotten(newsroom: Newsroom):
    check(newsroom)
    (newsroom.root / "articles/two/index.en.md").unlink()
    (newsroom.root / "articles/two").rmdir()
    (newsroom.root / "locales/ko/articles/two.po").unlink()
    check(newsroom)
    assert "two" not in (newsroom.root / cache.FILE).read_text("utf-8")


def test_a_text_that_holds_a_term_holds_a_trace_of_it():
    texts = ["Open-weights model", "공개가중치를", "companies", "Muse Sparks", "GPT-5.4's"]
    entries = (
        GLOSSARY + "- {id: c, en: company, ko: 회사}\n- {id: m, en: Muse Spark, ko: 뮤즈 스파크}\n"
        "- {id: g, en: GPT-5.4, ko: keep}\n"
    )
    terms = parse(entries, path="glossary.yaml").terms
    for text in texts:
        for language in ("en", "ko"):
            hits = {hit.term.id for hit in Matcher(terms).scan(text, language)}
            traced = {
                term.id for term in terms if any(t in fold(text) for t in required_keys(term))
            }
            held = {term.id for term in terms if contains(text, language, term)}
            assert hits | held <= traced
        assert traced


def test_two_processes_find_and_remember_what_one_does(newsroom: Newsroom):
    article = newsroom.root / "articles/two/index.en.md"
    article.write_text("The tokenizer is there.\n", "utf-8")
    file = newsroom.root / cache.FILE
    alone = check(newsroom, jobs=1)
    kept = file.read_bytes()
    file.unlink()
    assert check(newsroom, jobs=2) == alone
    assert file.read_bytes() == kept
    assert {"catalog-outdated", "term-missing"} <= {each.rule for each in alone.findings}
