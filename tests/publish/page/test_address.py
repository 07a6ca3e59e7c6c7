from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bilingual.publish.page.address import NOWHERE, Addresses, Destination

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def addresses(tmp_path: Path) -> Addresses:
    articles = tmp_path / "articles"
    for name in ("spark/hero.png", "spark/사진 1.png", "shared/logo.svg", "spark/table.csv",
                 "spark/.hidden.png", "spark/notes.py"):  # fmt: skip
        file = articles / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"content")
    (tmp_path / "secret.png").write_bytes(b"outside")
    (articles / "spark" / "away.png").symlink_to(tmp_path / "secret.png")
    return Addresses("spark", articles, frozenset({"spark", "memory"}))


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://ai.meta.com/?a=1&b=2#top", Destination(web="https://ai.meta.com/?a=1&b=2#top")),
        ("mailto:desk@news.example", Destination(web="mailto:desk@news.example")),
        ("#what-was-measured", Destination(web="#what-was-measured")),
        ("../memory/index.ko.md", Destination(article="memory")),
        ("../memory/", Destination(article="memory")),
        ("../memory/index.html#a", Destination(article="memory", fragment="#a")),
        ("index.en.md#a", Destination(article="spark", fragment="#a")),
        ("hero.png", Destination(file="spark/hero.png")),
        ("./table.csv", Destination(file="spark/table.csv")),
        ("%EC%82%AC%EC%A7%84%201.png", Destination(file="spark/사진 1.png")),
        ("../shared/logo.svg", Destination(file="shared/logo.svg")),
    ],
)
def test_a_link_leads_to_the_web_an_article_or_a_file(
    addresses: Addresses, address: str, place: Destination
):
    assert addresses.link(address) == place


@pytest.mark.parametrize(
    "address",
    [
        "", "#", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
        "data:text/html,x", "file:///etc/passwd", "vbscript:x", "/etc/passwd",
        "../../secret.png", "..%2f..%2fsecret.png", "..\\..\\secret.png", "../../../../etc/passwd",
        "away.png", ".hidden.png", "notes.py", "../unpublished/", "http:secret", "//", "https://[",
        "hero.png\x00.csv", "../../articles/../secret.png",
    ],
)  # fmt: skip
def test_any_other_address_is_dropped(addresses: Addresses, address: str):
    assert addresses.link(address) == NOWHERE
    assert not addresses.files


def test_files_that_are_shown_are_remembered_once(addresses: Addresses):
    addresses.image("hero.png")
    addresses.link("hero.png")
    assert {name: path.name for name, path in addresses.files.items()} == {
        "spark/hero.png": "hero.png"
    }


@pytest.mark.parametrize("address", ["gone.png", "../../secret.png", "table.csv", "#a"])
def test_an_image_that_cannot_be_shown_is_noted(addresses: Addresses, address: str):
    assert addresses.image(address) == NOWHERE
    assert addresses.missing == [address]
