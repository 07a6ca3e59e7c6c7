"""Files that cannot be checked: one clear line with file, line, fault and mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.copies import bilingual

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bilingual.newsroom import Newsroom

NOISE = bytes(range(256)) * 20
CATALOG = "locales/ko/articles/spark.po"


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    done = bilingual(folder, "check", *arguments)
    return done.returncode, done.stderr


GLOSSARIES = {
    "a tab": (b"- id: a\n\ten: x\n", 2),
    "an id twice": ("- {id: a, en: A, ko: 가}\n- {id: a, en: B, ko: 나}\n".encode(), 2),
    "no list": (b"id: a\n", 1),
    "an entry that is a number": (b"[3]\n", 1),
    "wrong types": ("- {id: [], en: 3, ko: 가}\n".encode(), 1),
    "an unknown key": ("- {id: a, en: A, ko: 가, kolor: 1}\n".encode(), 1),
    "binary": (NOISE, 1),
    "another encoding": ("- {id: a, en: A, ko: 가}\n".encode("cp949"), 1),
    "aliases without end": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 2),
    "brackets without end": (b"[" * 5_000, 1),
}


@pytest.mark.parametrize("name", GLOSSARIES)
def test_a_glossary_with_an_error(newsroom: Newsroom, name: str):
    content, line = GLOSSARIES[name]
    (newsroom.root / "glossary.yaml").write_bytes(content)
    code, said = run(newsroom.root)
    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith(f"error: glossary.yaml:{line}: ")
    assert " — " in said


CATALOGS = {
    "binary": NOISE,
    "empty": b"",
    "no PO": b"# a heading\n\nA paragraph.\n",
    "half a string": b'msgid "abc\nmsgstr ""\n',
    "UTF-16": 'msgid ""\n'.encode("utf-16"),
}


@pytest.mark.parametrize("name", CATALOGS)
def test_a_catalog_with_an_error(newsroom: Newsroom, name: str):
    file = newsroom.root / CATALOG
    file.parent.mkdir(parents=True)
    # Checked before it was there: what is remembered of that says nothing about it.
    run(newsroom.root)
    file.write_bytes(CATALOGS[name])
    code, said = run(newsroom.root)
    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith(f"error: {CATALOG}:")


@pytest.mark.parametrize(
    "arguments", [["x.po"], ["--pair", "x.po", "y.md"], ["--pair", "y.md", "."]]
)
def test_a_file_from_elsewhere_with_an_error(tmp_path: Path, arguments: list[str]):
    (tmp_path / "x.po").write_bytes(NOISE)
    (tmp_path / "y.md").write_text("# Title\n", "utf-8")
    code, said = run(tmp_path, *arguments)
    assert (code, said.count("\n")) == (2, 1)


def test_a_suppression_takes_no_regular_expression(make_newsroom: Callable[..., Newsroom]):
    newsroom = make_newsroom(
        toml='[[checks.suppress]]\nrule = "stale"\nreason = "x"\npath = "(a+)+$"\n'
    )
    # The pattern is no more than its letters, so it meets nothing.
    assert run(newsroom.root) == (1, "")
    assert run(newsroom.root, "--ignore", "suppression-unused") == (0, "")


def test_a_catalog_of_fifty_megabytes_is_checked(tmp_path: Path):
    with (tmp_path / "big.po").open("w", encoding="utf-8") as file:
        file.write('msgid ""\nmsgstr "Language: ko\\n"\n')
        filler = "A sentence that says nothing new. " * 300
        number = 0
        while file.tell() < 50_000_000:
            number += 1
            file.write(f'\nmsgctxt "u{number}"\nmsgid "{filler}"\nmsgstr "{filler}"\n')
    code, said = run(tmp_path, "big.po", "--select", "link-mismatch")
    assert (code, said) == (0, "")
