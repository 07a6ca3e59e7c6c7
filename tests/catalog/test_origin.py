"""What an origin says, and asking for one step by step."""

from __future__ import annotations

import pytest

from bilingual.catalog import origin, po
from bilingual.model import Catalog, Entry, Kind, State, Target

ACME = "tm:101 import:memory/acme.tmx"
OWN = "tm:100 unit:chips/7c9e21ab"


@pytest.mark.parametrize(
    ("given", "wanted", "below"),
    [
        ("mt:openai/gpt-4.1-mini", "mt:", True),
        ("mt:openai/gpt-4.1-mini", "mt:openai", True),
        ("mt:openai/gpt-4.1-mini", "mt:openai/gpt-4.1-mini", True),
        ("mt:openai/gpt-4.1-mini", "mt:openai/gpt-4.1", False),
        ("mt:openai-eu/gpt-4.1", "mt:openai", False),
        ("import:memory/2025.tmx", "import:memory/", True),
        ("import:memory/2025.tmx", "import:memory/2025.tmx", True),
        ("tm:100", "tm:10", False),
        ("", "mt:", False),
        (ACME, "tm:", True),
        (ACME, "tm:101", True),
        (ACME, "tm:100", False),
        (ACME, ACME, True),
        (ACME, "import:", True),
        (ACME, "import:memory/acme.tmx", True),
        (ACME, "import:acme", True),
        (ACME, "import:acme.tmx", True),
        (ACME, "import:memory/acme-2019.tmx", False),
        ("tm:101 import:memory/acme-2019.tmx", "import:acme", False),
        (ACME, "unit:", False),
        (OWN, "tm:100", True),
        (OWN, "unit:chips", True),
        (OWN, "unit:chips/7c9e21ab", True),
        (OWN, "unit:chip", False),
        (OWN, "import:", False),
        ("human:tm 101 import:memory/acme.tmx", "import:", False),
    ],
)
def test_an_origin_is_asked_for_step_by_step(given: str, wanted: str, below: bool):
    assert origin.matches(given, wanted) is below


def test_a_sum_names_imported_memories_and_not_each_unit():
    assert [origin.group(each) for each in (ACME, OWN, "tm:100", "mt:openai/gpt-4.1")] == [
        ACME, "tm:100", "tm:100", "mt:openai/gpt-4.1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        "tm:100",
        OWN,
        "tm:101 import:memory/acme-newswire-korean-english-2019-to-2025-second-edition-proof.tmx",
        "tm:101 unit:서울-메모리-반도체-수출이-석-달-만에-다시-늘었다는-산업부-발표/7c9e21ab",
    ],
)
def test_a_catalog_keeps_where_the_memory_matched(given: str):
    target = Target("수출이 늘었다.", State.TRANSLATED, given, time="2026-04-09T01:02:03Z")
    catalog = Catalog("cars", "en", "ko", "articles/cars/index.en.md", (
        Entry("u1", Kind.PARAGRAPH, "Exports rose.", target=target),
    ))  # fmt: skip
    assert po.parse(po.serialize(catalog), path="cars.po").entries[0].target == target
