"""Cache files: whatever cannot be used counts as absent, and nothing is lost with one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from bilingual.storage import atomic, cache

if TYPE_CHECKING:
    from pathlib import Path

KEY = "articles 1"
CONTENT = {"뮤즈": [1, 2.5, None], "Spark": "57점"}


def taken(content: object) -> object:
    return content


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "work/kept.json"
    cache.write(place, KEY, CONTENT)
    return place


def test_what_was_written_is_read(file: Path):
    assert cache.read(file, KEY, taken) == CONTENT
    assert [each.name for each in file.parent.iterdir()] == ["kept.json"]


def test_another_key_is_no_cache(file: Path):
    assert cache.read(file, "articles 2", taken) is None


def test_a_file_with_any_byte_changed_or_cut_off_counts_as_absent(file: Path):
    content = file.read_bytes()
    for place in range(len(content)):
        file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert cache.read(file, KEY, taken) is None
        file.write_bytes(content[:place])
        assert cache.read(file, KEY, taken) is None


def test_an_absent_file_and_a_folder_in_its_place_count_as_absent(tmp_path: Path):
    assert cache.read(tmp_path / "none.json", KEY, taken) is None
    assert cache.read(tmp_path, KEY, taken) is None


@pytest.mark.parametrize("content", [None, 7, "x", [], {}, {"rows": None}])
def test_content_of_another_shape_counts_as_absent(file: Path, content: object):
    cache.write(file, KEY, content)
    assert cache.read(file, KEY, lambda found: dict(found["rows"])) is None


def test_a_disk_that_does_not_let_it_costs_only_the_cache(tmp_path: Path):
    (tmp_path / "file").write_text("")
    cache.write(tmp_path / "file/kept.json", KEY, CONTENT)
    assert (tmp_path / "file").read_text() == ""


def test_what_is_too_large_is_neither_kept_nor_read(file: Path, monkeypatch):
    monkeypatch.setattr(cache, "LIMIT", 2000)
    cache.write(file, KEY, "글" * 2000)
    assert cache.read(file, KEY, taken) == CONTENT
    whole = file.read_bytes()
    monkeypatch.setattr(cache, "LIMIT", len(whole) - 1)
    assert cache.read(file, KEY, taken) is None


def test_a_writer_that_fails_leaves_the_old_file_and_nothing_else(file: Path):
    before = file.read_bytes()

    def half() -> None:
        with atomic.replacing(file) as written:
            written.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir()] == ["kept.json"]


def test_a_new_file_has_the_mode_of_the_umask_and_an_old_one_keeps_its_own(tmp_path: Path):
    before = os.umask(0o027)
    try:
        atomic.write(tmp_path / "new", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640
    (tmp_path / "new").chmod(0o604)
    atomic.write(tmp_path / "new", b"again")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o604


def test_code_is_found_in_subfolders_and_a_change_of_it_is_seen(tmp_path: Path):
    deep = tmp_path / "rules/parts/deep.py"
    deep.parent.mkdir(parents=True)
    deep.write_text("x = 1\n")
    (tmp_path / "rules/one.py").write_text("")
    (tmp_path / "rules/notes.md").write_text("")
    (tmp_path / "rules/__pycache__").mkdir()
    (tmp_path / "rules/__pycache__/old.py").write_text("")
    stamps = list(cache.code_stamps([tmp_path / "rules", tmp_path / "none"]))
    assert [each.split()[0] for each in stamps] == [
        str(tmp_path / "rules/one.py"), str(deep),
    ]  # fmt: skip
    deep.write_text("x = 10\n")
    assert list(cache.code_stamps([tmp_path / "rules"])) != stamps
