"""What holds for any text: nothing is lost, and no target changes the structure."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bilingual.errors import ContentError
from bilingual.markdown.document import Document, Layout
from bilingual.markdown.inline import inlines
from bilingual.markdown.lines import BLANK
from bilingual.markdown.merge import _Insert, merge
from bilingual.markdown.packing import pack, unpack
from bilingual.markdown.segment import segment
from bilingual.markdown.structure import skeleton
from tests.support import promises
from tests.support.fragments import BLOCKS, SPACES
from tests.support.strategies import articles, mutated, noise, spaced

targets = st.one_of(
    noise,
    st.text(max_size=12),
    st.sampled_from(BLOCKS),
    st.sampled_from(
        ["좋은 번역문입니다.", "52. 그것이 점수다", "a\n\nb", "trailing \\", "]( x", "-->"]
    ),
)
chosen_targets = st.lists(st.none() | targets, min_size=1, max_size=8)
plain_words = st.sampled_from(
    ["번역문이다.", "Plain words, a few", "값 42개", "그것은 — “인용” 이다"]
)


def cut(text: str):
    try:
        return segment(text)
    except ContentError:
        return None


@given(articles())
@settings(max_examples=400)
@example("- a\n\t- b\n\t\tc")
@example("\ufeff# a\r\n\r\nb")
@example("a\0b")
@example("> | a |\n> |---|\n> ")
def test_targets_equal_to_their_sources_give_the_article_back(text: str):
    document = cut(text)
    if document is None:
        return
    merged = merge(document, {i: unit.source for i, unit in enumerate(document.units)})
    assert merged.text == text
    assert merged.refusals == ()


@given(articles())
@settings(max_examples=200)
@example("---\r\ntitle: '뮤즈 스파크'\r\ntags: [a, b]\r\n---\r\n\r\n| a\\|b | |\r\n|---|---|\r\n")
@example("\ufeff<!-- bilingual:note 이름이다 -->\n\n> Muse\n> Spark\n\n![a](b 'c')\n")
def test_a_cut_that_was_written_down_reads_back_as_it_was(text: str):
    document = cut(text)
    if document is None:
        return
    again = unpack(text, json.loads(json.dumps(pack(document))))
    assert again == document
    assert [unit.position for unit in again.units] == [unit.position for unit in document.units]
    assert (again.locations, again.ending) == (document.locations, document.ending)
    assert again.skeleton == document.skeleton
    targets = {index: f"- 하나 {unit.source}" for index, unit in enumerate(document.units)}
    assert merge(again, targets) == merge(document, targets)


@given(articles())
@settings(max_examples=200)
def test_units_lie_apart_and_in_order(text: str):
    document = cut(text)
    if document is None:
        return
    spans = [span for place in document.locations for span in place.spans]
    for start, end in spans:
        assert 0 <= start <= end <= len(text)
    for (_, end), (start, _) in itertools.pairwise(spans):
        assert end <= start
    for unit, place in zip(document.units, document.locations, strict=True):
        assert unit.position.start == place.start
        assert unit.position.end == place.end
        assert unit.source.strip(BLANK)


def choose(document: Document, drawn: list[str | None]) -> dict[int, str]:
    """Give the units targets in turn; None leaves a unit as it is."""
    turns = itertools.cycle(drawn)
    return {
        index: target
        for index in range(len(document.units))
        if (target := next(turns, None)) is not None
    }


@given(articles(), chosen_targets)
@settings(max_examples=600)
@example("<ip rning={true}>\u2028\nt\ntext\n</Tip>", ["번역"])
@example("<ip rning={true}>\u2028\nt\ntext\n</Tip>", ["- 목록"])
@example("<ip rning={true}>\u2028\nt\ntext\n</Tip>", ["# x"])
def test_no_target_changes_the_structure(text: str, drawn: list[str | None]):
    document = cut(text)
    if document is None:
        return
    chosen = choose(document, drawn)
    merged = merge(document, chosen)
    assert skeleton(merged.text) == document.skeleton
    refused = {refusal.index for refusal in merged.refusals}
    rest = {i: target for i, target in chosen.items() if i not in refused}
    assert merge(document, rest).text == merged.text


@given(spaced(st.one_of(articles(), mutated())), st.lists(spaced(targets), min_size=1, max_size=4))
@settings(max_examples=300)
@example("<Tip warning={true}>\x1c\ntext\n</Tip>", ["번역"])
def test_no_space_or_line_end_of_unicode_lets_a_target_change_the_structure(
    text: str, drawn: list[str]
):
    document = cut(text)
    if document is None:
        return
    sources = {index: unit.source for index, unit in enumerate(document.units)}
    assert merge(document, sources).text == text
    merged = merge(document, choose(document, [*drawn]))
    assert skeleton(merged.text) == document.skeleton


@given(spaced(articles()), spaced(targets))
@settings(max_examples=300)
def test_a_target_that_is_believed_could_be_proven(text: str, target: str):
    document = cut(text)
    if document is None:
        return
    for index in range(len(document.units)):
        believed = merge(document, {index: target}, prove=False)
        assert skeleton(believed.text) == document.skeleton
        assert believed == merge(document, {index: target})


@pytest.mark.parametrize("space", SPACES, ids=ascii)
def test_every_construct_keeps_its_structure_with_any_space_or_line_end_at_its_edges(space: str):
    for block in BLOCKS:
        edges = {0, 1, len(block)}
        edges |= {each.start() for each in re.finditer(r"(?<=[^\w\s])\b|\n|(?<=\n)|[|>:]", block)}
        for place in sorted(edges):
            text = f"{block[:place]}{space}{block[place:]}"
            document = cut(text)
            if document is None:
                continue
            sources = {index: unit.source for index, unit in enumerate(document.units)}
            assert merge(document, sources).text == text
            for target in ("번역", f"- 목록{space}# x{space}| a |"):
                merged = merge(document, dict.fromkeys(sources, target), prove=False)
                assert skeleton(merged.text) == document.skeleton, (text, target)


def test_a_target_that_changes_the_structure_is_always_found(
    monkeypatch: pytest.MonkeyPatch,
):
    """The proof does not rest on how a target was laid: here every one is laid as it is."""
    document = segment("# 제목\n\n첫째 문단이다.\n\n둘째 문단이다.\n\n셋째 문단이다.\n")
    raw = {each: lambda _d, _p, _s, target: _Insert(target, safe=True) for each in Layout}
    monkeypatch.setattr("bilingual.markdown.merge._LAYOUTS", raw)
    merged = merge(document, {1: "새 문단이다.", 2: "> # 인용\n\n- 목록", 3: "다른 문단이다."})
    assert skeleton(merged.text) == document.skeleton
    assert "새 문단이다." in merged.text
    assert "다른 문단이다." in merged.text


@given(articles(), st.lists(plain_words, min_size=1, max_size=8))
@settings(max_examples=200)
def test_plain_words_are_never_refused(text: str, drawn: list[str]):
    document = cut(text)
    if document is None:
        return
    if re.search(r"^[^\w]*[:~][ \t]", text.replace("\r", "\n"), re.MULTILINE):
        # "# term" may be what ends the definition above it, and three lines may be what keeps a
        # paragraph from being a term: there other words can only be refused.
        return
    merged = merge(document, choose(document, [*drawn]))
    assert merged.refusals == ()
    assert skeleton(merged.text) == document.skeleton


@given(st.one_of(articles(), noise, st.text()))
@settings(max_examples=300)
def test_inline_constructs_lie_within_the_text_and_nest(text: str):
    found = inlines(text)
    for item in found:
        assert 0 <= item.start <= item.inner_start <= item.inner_end <= item.end <= len(text)
        assert item.start < item.end
    for first, second in itertools.combinations(found, 2):
        assert second.start >= first.start
        assert second.end <= first.end or second.start >= first.end


@given(mutated())
@settings(max_examples=400)
def test_every_promise_holds_for_the_specs_examples_and_real_articles_mutated(text: str):
    promises.ask(text)


@pytest.mark.parametrize("block", BLOCKS)
def test_every_kind_of_block_survives_alone(block: str):
    for text in (block, f"{block}\n", f"> {block}", f"\ufeff{block}", block.replace("\n", "\r\n")):
        document = segment(text)
        same = merge(document, {i: unit.source for i, unit in enumerate(document.units)})
        assert same.text == text
