"""TMX: what goes out comes back, other tools read it, and hostile files are refused."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.errors import ContentError
from bilingual.exchange import tmx
from bilingual.model import MemoryPair

BOTH = ("en", "ko")
PAIR = MemoryPair(
    "Exports <b>rose</b> & fell.", "수출이 **늘었다가** 줄었다.", "en", "ko",
    "human:Kim", "chips", "u2", reviewer="Kim", time="2026-04-09T01:02:03Z",
    before=("Title", "제목"), after=("Next", "다음"),
)  # fmt: skip
SENTENCE = MemoryPair("One.", "하나.", "ko", "en", segment=True)


def document(body: str, *, head: str = '<header srclang="en"/>', doctype: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}<tmx version="1.4">{head}'
        f"<body>\n{body}\n</body></tmx>"
    ).encode()


def unit(english: str, korean: str, more: str = "") -> str:
    return (
        f'<tu {more}><tuv xml:lang="en"><seg>{english}</seg></tuv>'
        f'<tuv xml:lang="ko"><seg>{korean}</seg></tuv></tu>'
    )


def test_everything_comes_back():
    content = tmx.serialize([PAIR, SENTENCE], "en")
    assert tmx.parse(content, BOTH).pairs == (PAIR, SENTENCE)
    assert tmx.serialize(tmx.parse(content, BOTH).pairs, "en") == content


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


@given(TEXT, TEXT)
def test_any_text_comes_back_in_normal_form(source: str, target: str):
    import unicodedata

    (back,) = tmx.parse(tmx.serialize([MemoryPair(source, target, "en", "ko")], "en"), BOTH).pairs
    for before, after in ((source, back.source), (target, back.target)):
        assert after == unicodedata.normalize("NFC", tmx.ALLOWED.sub("", before))


def test_translate_toolkit_reads_what_is_written_and_what_it_writes_is_read():
    from translate.storage.tmx import tmxfile

    file = tmxfile.parsestring(tmx.serialize([PAIR], "en"))
    (found,) = file.units
    assert (found.source, found.target) == (PAIR.source, PAIR.target)
    made = tmxfile()
    made.addtranslation("Chips & cars", "en", "반도체와 자동차", "ko")
    written = io.BytesIO()
    made.serialize(written)
    (back,) = tmx.parse(written.getvalue(), BOTH).pairs
    assert (back.source, back.target) == ("Chips & cars", "반도체와 자동차")


def test_a_saved_document_of_translate_toolkit_keeps_the_contexts():
    from translate.storage.tmx import tmxfile

    written = io.BytesIO()
    tmxfile.parsestring(tmx.serialize([PAIR], "en")).serialize(written)
    (back,) = tmx.parse(written.getvalue(), BOTH).pairs
    assert back == PAIR


@pytest.mark.parametrize(
    ("seg", "text"),
    [
        ('<bpt i="1">&lt;b&gt;</bpt>bold<ept i="1">&lt;/b&gt;</ept>', "<b>bold</b>"),
        ('<bpt i="1">**</bpt>bold<ept i="1">**</ept>', "**bold**"),
        ('a <hi type="term">term</hi> here', "a term here"),
        ('line<ph x="1">&lt;br/&gt;</ph>break', "line<br/>break"),
        ('<bpt i="1">{\\b </bpt>RTF<ept i="1">}</ept>', "RTF"),
        ("note<ph>\\footnote{<sub>below</sub>}</ph>", "note"),
        ('<ph x="1"/>empty', "empty"),
    ],
)
def test_inline_tags_keep_what_means_something_in_an_article(seg: str, text: str):
    (pair,) = tmx.parse(document(unit(seg, "글")), BOTH).pairs
    assert pair.source == text


def test_region_tags_old_language_attributes_and_utf_16_are_read():
    body = (
        '<tu srclang="ko-KR"><tuv lang="EN-US"><seg>Seoul</seg></tuv>'
        '<tuv xml:lang="ko_KR"><seg>서울</seg></tuv><tuv xml:lang="fr"><seg>Séoul</seg></tuv></tu>'
    )
    content = document(body).decode().replace("UTF-8", "UTF-16").encode("utf-16")
    (pair,) = tmx.parse(content, BOTH).pairs
    assert (pair.source_language, pair.source, pair.target) == ("ko", "서울", "Seoul")


def test_the_document_type_of_the_standard_is_accepted():
    content = document(unit("a b", "가"), doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n')
    assert len(tmx.parse(content, BOTH).pairs) == 1


def test_units_without_both_languages_are_left_out_and_counted():
    english, french = unit("a", "").replace('"ko"', '"fr"'), unit("b", "").replace('"en"', '"fr"')
    found = tmx.parse(document(f"{unit('c', '다')}\n{english}\n{french}"), BOTH)
    assert [pair.target for pair in found.pairs] == ["다"]
    assert (found.lacking, found.line) == (2, 4)


@pytest.mark.parametrize(
    ("head", "more", "sentence"),
    [
        ("sentence", "", True),
        ("block", "", False),
        ("sentence", 'segtype="block"', False),
        ("paragraph", 'segtype="sentence"', True),
    ],
)
def test_a_unit_has_the_size_that_it_or_the_header_declares(
    head: str, more: str, *, sentence: bool
):
    content = document(unit("a", "가", more), head=f'<header srclang="en" segtype="{head}"/>')
    (pair,) = tmx.parse(content, BOTH).pairs
    assert pair.segment is sentence


@pytest.mark.parametrize("declared", ["EUC-KR", "UTF-8", "ks_c_5601-1987"])
def test_a_korean_encoding_is_refused_with_how_to_save_it(declared: str):
    body = document(unit("Seoul", "서울")).decode().replace("UTF-8", declared)
    with pytest.raises(ContentError) as raised:
        tmx.parse(body.encode("euc-kr"), BOTH, path="old.tmx")
    assert "save it as UTF-8" in str(raised.value.hint)
    assert (raised.value.line > 0, raised.value.path) == (True, "old.tmx")


def test_empty_and_doubled_units_are_left_out():
    body = unit("", "가") + unit("a", " ") + unit("b", "나") + unit("b", "나")
    assert len(tmx.parse(document(body), BOTH).pairs) == 1


BOMB = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
OUTSIDE = '<!DOCTYPE tmx [<!ENTITY secret SYSTEM "file:///etc/passwd">]>\n'


@pytest.mark.parametrize(
    ("content", "line", "fault"),
    [
        (document(unit("&b;", "가"), doctype=BOMB), 2, "declares the entity 'a'"),
        (document(unit("&secret;", "가"), doctype=OUTSIDE), 2, "declares the entity 'secret'"),
        (document("<tu><tuv xml:lang='en'><seg>a</seg></tuv></tu>"), 3, "this one has en"),
        (document("\n" + unit("b", "나").replace('"ko"', '"ja"')), 4, "has en, ja"),
        (document("<tu></tu>"), 3, "this one has nothing"),
        (document("<tu>\n<tuv>"), 5, "not valid XML: mismatched tag"),
        (document(unit("a&nbsp;b", "가")), 3, "undefined entity"),
        (b"", 1, "no element found"),
        (b"<html></html>", 1, "not a TMX document (`<html>`)"),
        (b"plain text", 1, "not valid XML"),
        (document("<x>" * 100 + "</x>" * 100), 3, "nested too deeply"),
        (b'<?xml version="1.0" encoding="KLINGON"?><tmx/>', 1, "the encoding KLINGON cannot"),
        (document(unit("a", "\xff"), head="").replace("ÿ".encode(), b"\xff"), 3, "not valid XML"),
    ],
)
def test_what_is_wrong_is_reported_with_its_line(content: bytes, line: int, fault: str):
    with pytest.raises(ContentError) as raised:
        tmx.parse(content, BOTH, path="old.tmx")
    assert (raised.value.path, raised.value.line) == ("old.tmx", line)
    assert fault in str(raised.value.problem)
    assert raised.value.hint
