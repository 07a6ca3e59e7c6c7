"""A newsroom on disk: what is found in it, and what is said of bad input in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bilingual.errors import ConfigurationError, ContentError, UsageError
from bilingual.model import msg
from bilingual.newsroom import Newsroom, config

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_newsroom_is_found_from_any_folder_inside(newsroom: Newsroom):
    assert Newsroom.open(newsroom.root / "articles" / "spark").root == newsroom.root


def test_outside_a_newsroom_the_error_has_a_hint(tmp_path: Path):
    with pytest.raises(ConfigurationError, match="bilingual init"):
        Newsroom.open(tmp_path)


def test_an_article_knows_both_its_languages(make_newsroom: Callable[..., Newsroom]):
    newsroom = make_newsroom({"a/en": "One.\n", "b/ko": "하나.\n"})
    found = [
        (each.slug, each.language, newsroom.target_language(each)) for each in newsroom.articles()
    ]
    assert found == [("a", "en", "ko"), ("b", "ko", "en")]


def test_an_unknown_article_names_near_ones(newsroom: Newsroom):
    with pytest.raises(UsageError, match="did you mean spark"):
        newsroom.article("sprak")


@pytest.mark.parametrize("slug", ["..", "../spark", "spark/../spark", "/etc", ".git", "a b", ""])
def test_a_slug_never_leads_elsewhere(newsroom: Newsroom, slug: str):
    with pytest.raises(UsageError):
        newsroom.article(slug)


def test_a_link_out_of_the_newsroom_is_refused(newsroom: Newsroom, tmp_path: Path):
    (tmp_path / "secret.md").write_text("secret\n")
    folder = newsroom.root / "articles" / "leak"
    folder.mkdir()
    (folder / "index.en.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(ContentError, match="out of the newsroom"):
        newsroom.article("leak")


def test_two_sources_in_one_folder_are_both_named(make_newsroom: Callable[..., Newsroom]):
    newsroom = make_newsroom({"spark/en": "One.\n", "spark/ko": "하나.\n"})
    with pytest.raises(ContentError, match=r"index\.en\.md and .*index\.ko\.md"):
        newsroom.article("spark")


BAD = {
    "latin-1": (b"one\ntwo\ncaf\xe9\n", 3, "0xe9 is not UTF-8"),
    "euc-kr": ("제목\n본문입니다\n".encode("euc-kr"), 1, "CP949"),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 3, "binary"),
    "utf-16": ("Title\n".encode("utf-16"), 1, "UTF-16"),
}


@pytest.mark.parametrize(("content", "line", "fault"), BAD.values(), ids=BAD)
def test_a_file_that_is_no_text_names_its_line(
    newsroom: Newsroom, content: bytes, line: int, fault: str
):
    (newsroom.root / "articles" / "spark" / "index.en.md").write_bytes(content)
    with pytest.raises(ContentError, match=fault) as caught:
        newsroom.article("spark")
    assert (caught.value.path, caught.value.line) == ("articles/spark/index.en.md", line)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_broken_front_matter_names_the_article(make_newsroom: Callable[..., Newsroom]):
    newsroom = make_newsroom({"spark/en": "---\ntitle: [one\n---\n\nText.\n"})
    with pytest.raises(ContentError) as caught:
        newsroom.document(newsroom.article("spark"))
    assert caught.value.path == "articles/spark/index.en.md"
    assert caught.value.line > 0


def test_a_broken_catalog_names_its_line(make_newsroom: Callable[..., Newsroom]):
    newsroom = make_newsroom(catalogs={"spark/ko": 'msgid "a\n'})
    with pytest.raises(ContentError) as caught:
        newsroom.catalog("spark", "ko")
    assert str(caught.value).startswith("locales/ko/articles/spark.po:1: ")


def test_an_article_keeps_its_byte_order_mark_and_line_ends(make_newsroom: Callable[..., Newsroom]):
    text = "\ufeff# One\r\n\r\nTwo.\r\n"
    assert make_newsroom({"spark/en": text}).article("spark").text == text


def test_nothing_is_written_outside(newsroom: Newsroom):
    with pytest.raises(ContentError, match="out of the newsroom"):
        newsroom.write("../elsewhere.txt", b"x")


def test_a_change_that_raises_writes_nothing(newsroom: Newsroom):
    def fail(_: object) -> None:
        raise UsageError(msg("no"))

    with pytest.raises(UsageError):
        newsroom.change(newsroom.article("spark"), "ko", fail)
    assert not (newsroom.root / newsroom.catalog_path("spark", "ko")).exists()


FAULTS = {
    "no toml": ("[newsroom\n", 1, "not TOML"),
    "unknown table": ("\n[newsrom]\n", 2, "did you mean newsroom"),
    "unknown key": ('[translate]\nengin = "x"\n', 2, "did you mean engine"),
    "wrong type": ("[publish]\n\ntargets = 3\n", 3, "list of strings"),
    "three languages": ('[newsroom]\nlanguages = ["en", "ko", "ja"]\n', 2, "two languages"),
    "unknown language": ('[newsroom]\nlanguages = ["en", "xx"]\n', 2, "unknown language: xx"),
    "output outside": ('[publish]\noutput = "../www"\n', 2, "inside the newsroom"),
    "output over articles": ('[publish]\noutput = "articles"\n', 2, "inside the newsroom"),
    "is not a level": ('[checks]\nparticle = "loud"\n', 2, "is not a level"),
}


@pytest.mark.parametrize(("toml", "line", "words"), FAULTS.values(), ids=FAULTS)
def test_an_error_in_the_configuration_has_line_and_hint(toml: str, line: int, words: str):
    with pytest.raises(ConfigurationError, match=words) as caught:
        config.parse(toml)
    assert (caught.value.path, caught.value.line) == ("bilingual.toml", line)
    assert caught.value.hint


def test_all_problems_are_reported_at_once():
    with pytest.raises(ConfigurationError, match=r":1: .*; line 4: "):
        config.parse("[newsrom]\n\n[publish]\noutput = 1\n")


def test_an_empty_configuration_has_sensible_defaults():
    settings = config.parse("")
    assert settings.newsroom.languages == ("en", "ko")
    assert settings.translate.engine == "local"
    assert settings.publish.targets == ("markdown", "site")


def test_engines_keep_their_own_settings():
    settings = config.parse('[engines.desk]\nbase_url = "http://127.0.0.1:8080/v1"\ntimeout = 30\n')
    assert settings.engines["desk"] == {"base_url": "http://127.0.0.1:8080/v1", "timeout": 30}


@pytest.mark.parametrize("name", ["/outside.md", "../outside.md", "a/../../outside"])
def test_a_name_that_leads_out_of_the_newsroom_is_refused(newsroom: Newsroom, name: str):
    with pytest.raises(ContentError, match="leads out"):
        newsroom.write(name, b"x")


@pytest.mark.parametrize("link", ["articles", "articles/spark", "articles/spark/index.en.md"])
def test_a_link_out_of_the_newsroom_is_not_followed(newsroom: Newsroom, tmp_path, link: str):
    place = newsroom.root / link
    elsewhere = tmp_path / "elsewhere"
    place.rename(elsewhere)
    place.symlink_to(elsewhere)
    with pytest.raises(ContentError, match="leads out"):
        newsroom.article("spark")
