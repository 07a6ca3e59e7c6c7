"""A catalog as PO text: what is written, and what is read back after any tool saved it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bilingual.catalog import po, syntax
from bilingual.errors import ContentError
from bilingual.model import Catalog, Entry, Kind, State, Target

REVIEWED = Target("52점이다.", State.REVIEWED, "human:Kim", "Kim", "2026-04-09T01:02:03Z")
ENTRY = Entry("ab12cd34", Kind.PARAGRAPH, "The score is 52.", ("Scores", "Index"), REVIEWED)
EMPTY = Catalog("spark", "en", "ko", "articles/spark/index.en.md")


def catalog(*entries: Entry, **fields: object) -> Catalog:
    return replace(EMPTY, entries=entries, **fields)


def read(body: str) -> Catalog:
    """Parse entries under the header of ``EMPTY``."""
    return po.parse(f"{po.serialize(EMPTY)}\n{body}", path="locales/ko/articles/spark.po")


def target_of(body: str) -> Target:
    return read(body).entries[0].target


def test_an_entry_reads_like_a_reviewers_note():
    text = po.serialize(catalog(replace(ENTRY, notes=("Kim: checked with the index",))))
    assert text.endswith(
        """
# origin: human:Kim
# reviewer: Kim
# time: 2026-04-09T01:02:03Z
# note: Kim: checked with the index
#. paragraph · Scores › Index
#: articles/spark/index.en.md
msgctxt "ab12cd34"
msgid "The score is 52."
msgstr "52점이다."
"""
    )


def test_the_header_has_languages_and_article_and_nothing_that_changes():
    text = po.serialize(EMPTY)
    assert '"Language: ko\\n"' in text
    assert '"X-Source-Language: en\\n"' in text
    assert '"X-Article: articles/spark/index.en.md\\n"' in text
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"' in text
    assert "202" not in text


def test_a_changed_unit_changes_only_its_own_lines():
    entries = [replace(ENTRY, id=f"id{number}") for number in range(5)]
    before = po.serialize(catalog(*entries)).split("\n")
    entries[2] = replace(entries[2], target=replace(REVIEWED, text="52점이었다."))
    after = po.serialize(catalog(*entries)).split("\n")
    assert [line for line in after if line not in before] == ['msgstr "52점이었다."']


def test_each_line_of_a_unit_is_a_line_of_the_file():
    text = po.serialize(catalog(replace(ENTRY, source='one\n"two"\\')))
    assert 'msgid ""\n"one\\n"\n"\\"two\\"\\\\"\n' in text


@pytest.mark.parametrize(
    "target",
    [
        Target(),
        Target(failure="the answer lost the mark <x1/>"),
        REVIEWED,
        replace(REVIEWED, state=State.FINAL),
        replace(REVIEWED, state=State.TRANSLATED, origin="mt:local/qwen", reviewer=""),
        replace(REVIEWED, previous="The score was 52."),
        replace(REVIEWED, state=State.FINAL, previous="The score was 52."),
        replace(REVIEWED, state=State.TRANSLATED, previous="The score was 52."),
    ],
)
@pytest.mark.parametrize("obsolete", [False, True])
def test_a_target_comes_back_as_it_was(target: Target, obsolete: bool):
    entry = replace(ENTRY, target=target, obsolete=obsolete)
    assert po.parse(po.serialize(catalog(entry)), path="spark.po") == catalog(entry)


words = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1
).filter(lambda text: text == text.strip())
lines = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=120
)


@given(words, words, st.lists(lines, max_size=3), st.lists(lines, max_size=3))
def test_any_text_comes_back(source: str, target: str, notes: list[str], path: list[str]):
    entry = Entry(
        "ab12cd34",
        Kind.ITEM,
        source,
        tuple(path),
        replace(REVIEWED, text=target),
        tuple(f"Kim: {note}" for note in notes),
        (" ".join(notes),) if notes else (),
    )
    assert po.parse(po.serialize(catalog(entry)), path="spark.po") == catalog(entry)


def test_a_note_of_many_lines_comes_back():
    entry = replace(
        ENTRY, notes=("Kim: first\nsecond\n\nfourth", "Lee: " + "아주 긴 말 " * 30 + "끝")
    )
    assert po.parse(po.serialize(catalog(entry)), path="spark.po") == catalog(entry)


def test_what_other_tools_add_stays():
    text = po.serialize(catalog(ENTRY)).replace("#: ", "# ask the desk\n#, no-wrap\n#: ")
    text = text.replace('"X-Article', '"X-Generator: Poedit 3.2\\n"\n"X-Article')
    kept = po.parse(text, path="spark.po")
    assert kept.entries[0].extra == ("# ask the desk", "#, no-wrap")
    assert kept.headers == (("X-Generator", "Poedit 3.2"),)
    assert po.parse(po.serialize(kept), path="spark.po") == kept


def test_a_flag_taken_away_in_an_editor_is_an_approval_by_the_one_who_saved():
    text = po.serialize(catalog(replace(ENTRY, target=Target("초안", State.TRANSLATED, "mt:a/b"))))
    text = text.replace("#, fuzzy\n", "").replace(
        '"Last-Translator: \\n"', '"Last-Translator: Lee <lee@news.example>\\n"'
    )
    target = po.parse(text, path="spark.po").entries[0].target
    assert (target.state, target.reviewer) == (State.REVIEWED, "Lee <lee@news.example>")


def test_a_flag_set_in_an_editor_takes_an_approval_back():
    target = target_of('# state: final\n#, fuzzy\nmsgctxt "a"\nmsgid "one"\nmsgstr "하나"\n')
    assert target.state is State.TRANSLATED


def test_a_previous_source_without_the_flag_is_no_staleness():
    target = target_of('#| msgid "old"\nmsgctxt "a"\nmsgid "one"\nmsgstr "하나"\n')
    assert target.approved


def test_a_comment_that_polib_wrapped_is_one_again():
    note = "Kim: " + "이 문장은 다시 봐야 합니다 " * 9
    body = "\n".join(f"# {line}" for line in _wrap(f"note: {note.strip()}"))
    entry = read(f'{body}\n# ask the desk\nmsgctxt "a"\nmsgid "one"\nmsgstr ""\n').entries[0]
    assert entry.notes == (note.strip(),)
    assert entry.extra == ("# ask the desk",)


def _wrap(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, 76, break_long_words=False)


def test_a_foreign_catalog_gets_numbers_for_ids():
    foreign = po.parse('msgid "Copy"\nmsgstr "복사"\n\n#, fuzzy\nmsgid "Cut"\nmsgstr "자르기"\n')
    assert [entry.id for entry in foreign.entries] == ["#1", "#2"]
    assert [entry.target.state for entry in foreign.entries] == [State.REVIEWED, State.TRANSLATED]
    assert foreign.source_language == "en"


def test_the_lines_are_those_of_the_msgids():
    text = po.serialize(catalog(ENTRY, replace(ENTRY, id="b")))
    rows = text.split("\n")
    assert {rows[line - 1] for line in po.lines(text).values()} == {'msgid "The score is 52."'}
    assert rows[po.lines(text)["b"] - 2] == 'msgctxt "b"'


def test_an_obsolete_entry_may_share_the_id_of_a_live_one():
    """``msgmerge`` writes this when the source of an entry changed beyond its likeness."""
    body = 'msgctxt "a"\nmsgid "new"\nmsgstr ""\n\n#~ msgctxt "a"\n#~ msgid "old"\n#~ msgstr "옛"\n'
    assert [entry.id for entry in read(body).entries] == ["a", "a-2"]


HEADER = po.serialize(EMPTY)
HEIGHT = HEADER.count("\n")
FAULTS = {
    "no closing quote": ('msgid "one\nmsgstr ""\n', 1, "closing quotation mark"),
    "a quotation mark inside": ('msgid "o"ne"\nmsgstr ""\n', 1, "unescaped quotation mark"),
    "an unknown escape": ('msgid "o\\qne"\nmsgstr ""\n', 1, "unknown escape"),
    "no msgstr": ('msgctxt "a"\nmsgid "one"\n\nmsgctxt "b"\nmsgid "two"\nmsgstr ""\n', 2, "msgstr"),
    "msgstr alone": ('msgstr "eins"\n', 1, "a second msgstr"),
    "a stray word": ('msgid "one"\nmsgstr ""\nhello\n', 3, "not a line of a PO file"),
    "a stray text": ('# note\n"one"\n', 2, "without a keyword"),
    "comments of nothing": (
        'msgid "a"\nmsgstr "b"\n\n# to do\n#. cell\n',
        4,
        "the file ends within",
    ),
    "a previous source of nothing": ('#| msgid "old"\n', 1, "the file ends within"),
    "an obsolete one of nothing": ('#~| msgid "old"\n', 1, "the file ends within"),
    "a conflict": ("<<<<<<< HEAD\n", 1, "git conflict"),
    "one id twice": (
        'msgctxt "a"\nmsgid "one"\nmsgstr ""\n\nmsgctxt "a"\nmsgid "two"\nmsgstr ""\n',
        6,
        'second entry with msgctxt "a"',
    ),
}


@pytest.mark.parametrize(("body", "line", "fault"), FAULTS.values(), ids=FAULTS)
def test_an_error_has_file_line_and_hint(body: str, line: int, fault: str):
    with pytest.raises(ContentError) as caught:
        po.parse(HEADER + body, path="locales/ko/articles/spark.po")
    assert fault in str(caught.value.problem)
    assert caught.value.line == HEIGHT + line
    assert caught.value.path == "locales/ko/articles/spark.po"
    assert caught.value.hint
    assert "\n" not in str(caught.value)


CUT_OFF = Catalog(
    "spark",
    "en",
    "ko",
    "articles/spark/index.en.md",
    (
        Entry("p1", Kind.HEADING, "Chips", (), Target("반도체", State.REVIEWED, "human:Kim")),
        Entry("p2", Kind.CELL, "A draft.", ("Chips",), Target("초안.", State.TRANSLATED, "mt:x")),
        Entry(
            "p3", Kind.ITEM, "It rose by 5%.", (),
            Target("4% 올랐다.", State.FINAL, "human:Lee", previous="It rose by 4%."),
            ("Kim: check the figure",), ("keep it short",),
        ),
        Entry("p4", Kind.CELL, "Gone.", (), Target("갔다.", State.REVIEWED), obsolete=True),
    ),
)  # fmt: skip


def test_a_file_that_ends_before_its_last_entry_does_is_damaged():
    lines = po.serialize(CUT_OFF).splitlines(keepends=True)
    for number in range(HEIGHT + 1, len(lines) + 1):
        text = "".join(lines[:number])
        whole = text.rstrip().rpartition("\n")[2].startswith(("msgstr", "#~ msgstr", '"'))
        if whole:
            found = po.parse(text, path="spark.po").entries
            assert found == CUT_OFF.entries[: len(found)]
        else:
            with pytest.raises(ContentError) as caught:
                po.parse(text, path="spark.po")
            assert caught.value.line <= number


LINES = replace(
    CUT_OFF,
    entries=(
        Entry("p1", Kind.CELL, "A.", (), Target("가.", State.REVIEWED)),
        Entry(
            "p2", Kind.PARAGRAPH, "It rose\nby 5%\nin June.", (),
            Target("6월에\n5%\n올랐다.", State.TRANSLATED, previous="It rose\nby 4%\nin June."),
        ),
    ),
)  # fmt: skip


@pytest.mark.parametrize("missing", [1, 2, 3])
def test_half_a_target_of_several_lines_is_none(missing: int):
    lines = po.serialize(LINES).splitlines(keepends=True)[:-missing]
    with pytest.raises(ContentError, match="within the target of its last entry") as caught:
        po.parse("".join(lines), path="spark.po")
    assert (caught.value.path, caught.value.line) == ("spark.po", len(lines))
    assert "restore the file from git" in str(caught.value.hint)


WRAPPED = """
msgctxt "p"
msgid "It rose by five percent."
msgstr ""
"뮤즈 스파크는 6월에 "
"올랐다."
"""


def test_half_a_target_that_a_po_editor_wrapped_is_none():
    assert target_of(WRAPPED).text == "뮤즈 스파크는 6월에 올랐다."
    half = WRAPPED.replace('"올랐다."\n', "")
    with pytest.raises(ContentError, match="within the target of its last entry"):
        read(half)
    assert po.parse(half).entries[0].target.text == "뮤즈 스파크는 6월에 ", "another tool's file"


@pytest.mark.parametrize("target", ["올랐다.\n", "6월에\n5%\n올랐다.\n", ""])
def test_a_line_break_typed_after_a_target_is_not_a_cut(target):
    text = po.serialize(replace(LINES, entries=LINES.entries[:1]))
    whole = "\n".join(syntax.string("msgstr", target))
    assert po.parse(text.replace('msgstr "가."', whole)).entries[0].source == "A."


def test_a_header_that_was_cut_off_is_no_catalog_without_entries():
    lines = po.serialize(CUT_OFF).splitlines(keepends=True)
    for number in range(2, 10):
        with pytest.raises(ContentError, match="within its header"):
            po.parse("".join(lines[:number]), path="locales/ko/articles/spark.po", own=True)
        assert not po.parse("".join(lines[:number]), path="other.po").entries
    assert not po.parse(po.serialize(replace(CUT_OFF, entries=())), own=True).entries


@pytest.mark.parametrize(
    "below", ["# Local Variables:\n# mode: po\n# End:\n", "# note: ask Kim", "#\n", "#~ \n"]
)
def test_comments_of_people_may_follow_the_last_entry(below: str):
    assert len(po.parse(po.serialize(CUT_OFF) + "\n" + below).entries) == len(CUT_OFF.entries)


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_an_error_and_not_an_empty_catalog(text: str):
    with pytest.raises(ContentError, match="empty"):
        po.parse(text, path="spark.po")


@given(st.text(max_size=300))
def test_no_text_ends_in_anything_but_a_catalog_or_a_content_error(text: str):
    try:
        po.parse(text, path="spark.po")
    except ContentError as error:
        if error.line < 1:
            pytest.fail(f"no line: {error}")


WRITTEN_ABOVE = ("comments", "extracted", "references", "flags", "other")
PO_LINES = st.sampled_from([
    "", "", "", "# origin: human:Kim", "# ", "#", "#. paragraph · 제목", "#: a/b.md ", "#, fuzzy",
    "#, x, y", '#| msgid "old"', '#~| msgid "old"', '#~ msgid "a"', '#~ msgctxt "c"',
    '#~ msgstr "b"', '#~ "c"', 'msgctxt "id"', 'msgid ""', 'msgid "a \\"b\\" \\\\ \\n"',
    'msgstr "나"', 'msgstr ""', '"more"', '"\\n"', 'msgid_plural "x"', 'msgstr[0] "y"',
    'msgstr[1] "z"', '"open', '"a"b"', "<<<<<<< HEAD", '  msgid "indented"', 'msgid  "two blanks"',
    'msgstr "\\q"', "text", "#= new", '#~msgid "tight"', 'msgid "\u2028"', "\ufeff", "#. 둘\t",
    'msgstr "x"  ',
])  # fmt: skip


@given(st.lists(PO_LINES, max_size=24).map("\n".join))
@settings(max_examples=1500)
@example('#. a\nmsgid "a"\nmsgstr "b"\n\nmsgid_plural "c"\n\nmsgid "d"\nmsgstr "e"')
@example('msgid "a"\nmsgstr "b"\n# of the next\n\nmsgid "c"\nmsgstr "d"')
@example('msgid "a"\nmsgstr "b"\n\n"c"')
@example('# a\n#. b\nmsgid "a"\nmsgstr "b"')
@example('msgid "a"\nmsgstr "b"\n\n#. of nothing\n')
def test_reading_entry_by_entry_is_reading_line_by_line(text: str):
    def line_by_line() -> list[syntax.PoEntry]:
        return list(syntax._Reader("a.po").records(text.split("\n")))

    assert outcome(line_by_line) == outcome(lambda: syntax.read(text, path="a.po"))


def outcome(read):
    """Return what was read, in plain sequences and mappings, or the error."""
    try:
        records = read()
    except ContentError as error:
        return str(error)
    return [
        (
            *(list(getattr(each, name)) for name in WRITTEN_ABOVE),
            dict(each.previous), dict(each.texts), each.obsolete, each.line,
        )
        for each in records
    ]  # fmt: skip
