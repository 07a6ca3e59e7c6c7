"""Style guides as files: the built-in ones, and what a newsroom makes of its own."""

from __future__ import annotations

import pytest

from bilingual.errors import ConfigurationError
from bilingual.language.en.headline import title_case
from bilingual.prompting import guide
from bilingual.workflow.drafting.guide import guide as wanted


@pytest.mark.parametrize("direction", guide.DIRECTIONS, ids="-".join)
def test_each_direction_has_rules_a_brief_and_examples_of_headlines(direction):
    built_in = guide.of("", *direction)
    assert built_in.revision.startswith("Translate news")
    assert built_in.revision not in built_in.rules
    assert built_in.rules.startswith("# From")
    assert "{" not in built_in.rules + built_in.brief
    assert len(built_in.examples) >= 5
    source, target = built_in.examples[0]
    assert not source.endswith(".")
    assert not target.endswith(".")


def test_the_korean_guide_wants_plain_news_style_and_korean_numbers():
    rules = guide.of("", "en", "ko").rules
    for wish in (
        "해라체",
        "No honorifics",
        "143억 달러",
        "뮤즈 스파크(Muse Spark)",
        "알려졌다",
        "오픈AI, 가격 절반으로 인하",
    ):
        assert wish in rules


def test_no_direction_has_no_guide():
    with pytest.raises(KeyError):
        guide.of("", "en", "ja")


def test_what_an_own_guide_leaves_out_is_the_built_in_ones():
    own = guide.of("Write for children.\n", "ko", "en")
    built_in = guide.of("", "ko", "en")
    assert own.rules == "Write for children."
    assert own.brief == built_in.brief
    assert own.examples == built_in.examples


def test_a_guide_of_examples_alone_keeps_the_built_in_rules():
    usual = guide.of("", "en", "ko")
    own = guide.parse("## Examples\n\nen: It rose.\nko: 올랐다.\n", "en", "ko")
    assert own.examples == (("It rose.", "올랐다."),)
    assert own.rules == usual.rules
    assert own.revision == usual.revision


def test_without_words_for_a_revision_an_own_guide_goes_with_one_whole():
    assert guide.of("Write for children.\n", "ko", "en").revision == "Write for children."
    examples = "## Examples\n\nko: 가\nen: A\n"
    assert guide.of(examples, "ko", "en").revision == guide.of("", "ko", "en").revision


def test_an_own_guide_may_have_every_section():
    own = guide.of(
        "# Ours\n\nShort.\n\n## In brief\n\nVery short.\n\n## For a revision\n\nKeep it.\n\n"
        "## Examples\n\nko: 가\nen: A\n",
        "ko",
        "en",
    )
    assert own == guide.Guide("# Ours\n\nShort.", "Very short.", (("가", "A"),), "Keep it.")


@pytest.mark.parametrize(
    ("examples", "line", "fault"),
    [
        ("en: a\n\nen: b\nko: c", 5, "one language only"),
        ("en: a\nko: b\nen: c", 7, "not a line of an example"),
        ("some words", 5, "not a line of an example"),
    ],
)
def test_a_broken_example_is_named_with_its_line(make_newsroom, examples, line, fault):
    newsroom = make_newsroom()
    write(newsroom, f"# Ours\n\n## Examples\n\n{examples}\n")
    with pytest.raises(ConfigurationError, match=fault) as raised:
        wanted(newsroom, "en", "ko")
    assert (raised.value.path, raised.value.line) == ("guides/en-ko.md", line)
    assert raised.value.hint


def write(newsroom, content: str | bytes) -> None:
    file = newsroom.root / "guides" / "en-ko.md"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_a_newsroom_without_a_guide_has_the_built_in_one(newsroom):
    assert wanted(newsroom, "en", "ko") == ""


def test_a_newsroom_replaces_the_guide_of_one_direction(newsroom):
    write(newsroom, "\ufeff우리 신문의 문체는 다르다.\r\n")
    assert wanted(newsroom, "en", "ko") == "우리 신문의 문체는 다르다.\n"
    assert wanted(newsroom, "ko", "en") == ""


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b" \n", "empty"),
        (b"x" * 20_001, "20,001 bytes"),
        ("한글".encode("cp949"), "not UTF-8"),
        ("한글".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_guide_that_cannot_be_used_is_said_in_one_line(newsroom, content, fault):
    write(newsroom, content)
    with pytest.raises(ConfigurationError, match=fault) as raised:
        wanted(newsroom, "en", "ko")
    assert raised.value.path == "guides/en-ko.md"
    assert "\n" not in str(raised.value)


def test_a_guide_outside_the_newsroom_is_not_read(newsroom, tmp_path):
    (tmp_path / "secret.md").write_text("secret")
    (newsroom.root / "guides").mkdir()
    (newsroom.root / "guides/en-ko.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(Exception, match="leads out of the newsroom"):
        wanted(newsroom, "en", "ko")


def test_the_newsroom_chooses_the_case_of_english_headlines(make_newsroom):
    sentence = make_newsroom()
    assert "sentence case" in guide.of(wanted(sentence, "ko", "en"), "ko", "en").rules
    title = make_newsroom(toml='[translate]\nheadline_case = "title"\n')
    chosen = guide.of(wanted(title, "ko", "en"), "ko", "en")
    assert "title case" in chosen.rules
    assert chosen.examples[0][1] == "OpenAI Cuts Prices by Half"
    assert chosen.examples[1] == guide.of("", "ko", "en").examples[1]


def test_another_case_is_a_fault_of_the_configuration(make_newsroom):
    with pytest.raises(ConfigurationError, match="headline_case is not one of sentence, title"):
        make_newsroom(toml='[translate]\nheadline_case = "upper"\n')


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("OpenAI cuts prices by half", "OpenAI Cuts Prices by Half"),
        ("what to look for", "What to Look For"),
        ("iPhone sales: the end of an era", "iPhone Sales: The End of an Era"),
        ("why it's small-scale", "Why It's Small-Scale"),
    ],
)
def test_title_case_leaves_small_words_and_brands(sentence, title):
    assert title_case(sentence) == title
