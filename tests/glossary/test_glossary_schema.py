"""The glossary's file: what it may say, and the line of everything that is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.errors import ConfigurationError
from bilingual.glossary.json_schema import json_schema
from bilingual.glossary.schema import parse

ROOT = Path(__file__).parents[2]

MUSE = """\
- id: muse-spark
  en: Muse Spark
  ko: 뮤즈 스파크
  ko_allowed: [Muse Spark]
  ko_forbidden: [뮤즈스파크, 뮤스 스파크]
  reading: 뮤즈 스파크
  kind: model
  first_mention: "뮤즈 스파크(Muse Spark)"
  case: true
  note: Meta Superintelligence Labs, 2026-04-08
"""


def fault(text: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        parse(text, path="glossary.yaml")
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_an_entry_holds_its_forms_in_both_languages():
    (term,) = parse(MUSE, path="glossary.yaml").terms
    assert term.forms == {"en": ("Muse Spark",), "ko": ("뮤즈 스파크", "Muse Spark")}
    assert term.forbidden == {"en": (), "ko": ("뮤즈스파크", "뮤스 스파크")}
    assert (term.reading, term.kind, term.case, term.keep) == ("뮤즈 스파크", "model", True, False)
    assert term.first_mention == "뮤즈 스파크(Muse Spark)"
    assert term.line == 1


def test_a_kept_term_has_one_form_in_both_languages():
    (term,) = parse("- {id: gpt, en: GPT, ko: keep, reading: 지피티}", path="g").terms
    assert term.keep
    assert term.preferred("ko") == term.preferred("en") == "GPT"


def test_an_english_form_may_be_the_one_that_keeps_the_korean():
    (term,) = parse("- {id: kmmlu, en: keep, ko: 케이엠엠엘유}", path="g").terms
    assert term.preferred("en") == "케이엠엠엘유"


def test_forms_are_composed():
    import unicodedata

    (term,) = parse(unicodedata.normalize("NFD", "- {id: a, en: A, ko: 토큰}"), path="g").terms
    assert term.preferred("ko") == "토큰"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]", "---\n"])
def test_a_glossary_may_be_empty(text: str):
    assert parse(text, path="g").terms == ()


def test_every_problem_is_named_with_its_line():
    text = """\
- id: a
  en: x
  ko: y
  ko_forbiden: [z]
  case: maybe
- id: a
  en: 4.10
  ko: keep
  kind: modle
"""
    assert fault(text) == (
        "glossary.yaml:4: unknown key ko_forbiden; line 5: case is neither true nor false; "
        "line 6: a second entry with id a (see line 1); line 7: en is not a text; "
        "line 9: unknown kind 'modle' — did you mean ko_forbidden, en_forbidden?"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- id: a\n\ten: x\n", "g:2: the line is indented with a tab"),
        ("- id: a\n  en: 'x\n", "g:3: not YAML"),
        ("a: b\n", "g:1: not a list of entries"),
        ("- a\n", "g:1: the entry is not a table"),
        ("- id: a\n  en: b\n", "g:1: a has no ko"),
        ("- {id: a, en: A, ko: 가}\n- {id: b, id: c, en: B, ko: 나}\n", "g:2: id occurs twice"),
        ("- {id: A B, en: A, ko: 가}\n", "g:1: id 'A B' may have lower-case letters"),
        ("- {id: a, en: A, ko: keep, reading: GPT}\n", "g:1: reading 'GPT' is not in Hangul"),
        ("- {id: a, en: A, ko: [가]}\n", "g:1: ko is not a text"),
        ("- {id: a, en: A, ko: 가, ko_allowed: 나}\n", "g:1: ko_allowed is not a list of texts"),
        ("- {id: a, en: A, ko: 가, ko_allowed: [1]}\n", "g:1: ko_allowed is not a list of texts"),
        ("- {id: a, en: null, ko: 가}\n", "g:1: en is not a text"),
        ("- {id: a, en: '', ko: 가}\n", "g:1: en is not a text"),
        ("- {id: a, en: A, ko: 가, ko_forbidden: [가]}\n", "g:1: a both allows and forbids '가'"),
        ("- {id: a, en: keep, ko: keep}\n", "g:1: a keeps nothing"),
        ("- &x {id: a, en: A, ko: 가}\n- *x\n", "g:2: an alias (`*x`)"),
        ("- {id: a, en: A, ko: 가}\n---\n- {id: b, en: B, ko: 나}\n", "g:2: a second document"),
        ("- id: \x00\n", "g:1: not YAML: it contains a control character"),
        ("[" * 100_000, "g:1: too deeply nested"),
        ("- " * 100_000, "g:1: too deeply nested"),
    ],
)
def test_bad_input_is_one_line_with_its_place(text: str, said: str):
    with pytest.raises(ConfigurationError) as caught:
        parse(text, path="g")
    assert str(caught.value).startswith(said)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


@given(st.text(max_size=200) | st.text(alphabet="-: \n\t[]{}&*!|>'\"#abc가", max_size=60))
def test_no_text_is_anything_but_a_glossary_or_a_configuration_error(text: str):
    try:
        parse(text, path="g")
    except ConfigurationError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either outcome is right


def test_the_published_schema_is_the_one_that_the_code_makes():
    published = json.loads((ROOT / "docs/schemas/glossary.json").read_text("utf-8"))
    assert published == json_schema()


def test_the_newsrooms_own_glossary_is_valid_and_fits_the_published_schema():
    jsonschema = pytest.importorskip("jsonschema")
    yaml = pytest.importorskip("yaml")
    text = (ROOT / "glossary.yaml").read_text("utf-8")
    assert len(parse(text, path="glossary.yaml").terms) >= 150
    jsonschema.validate(
        yaml.load(text, yaml.BaseLoader),
        without_booleans(json_schema()),
    )


def without_booleans(schema: dict[str, object]) -> object:
    """The schema with ``case`` as the text that a loader without types makes of it."""
    text = json.dumps(schema).replace('{"type": "boolean"', '{"enum": ["true", "false"]')
    return json.loads(text)


def test_the_documentation_names_every_field_and_its_examples_are_valid():
    import re

    from bilingual.checks.registry import rules
    from bilingual.glossary.schema import FIELDS, KINDS

    page = (ROOT / "docs/glossary.md").read_text("utf-8")
    for name in [*(field.name for field in FIELDS), *KINDS]:
        assert f"`{name}`" in page
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert [term.id for term in parse(example, path="docs").terms] == ["muse-spark", "gpt-5-4"]
    assert set(re.findall(r"^\| `([a-z]+-[a-z-]+)` \|", page, re.MULTILINE)) <= set(rules())
