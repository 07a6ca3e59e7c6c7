from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest

from bilingual.errors import StorageError
from bilingual.publish.base import File
from bilingual.publish.output import atomic_folder
from tests.support.copies import Copy

if TYPE_CHECKING:
    from pathlib import Path


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != atomic_folder.MARKER
    }


def edition(number: int) -> list[File]:
    return [File(f"{name}/index.html", f"{number}".encode()) for name in ("en", "ko", "pairs")]


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "newsroom" / "public"


def test_a_folder_is_written_and_replaced_atomically(public: Path, tmp_path: Path):
    image = tmp_path / "hero.png"
    image.write_bytes(b"\x89PNG")
    assert atomic_folder.write([*edition(1), File("files/hero.png", image)], public) == 4
    assert contents(public)["files/hero.png"] == b"\x89PNG"
    assert atomic_folder.write(edition(2), public) == 3
    assert contents(public) == {f"{name}/index.html": b"2" for name in ("en", "ko", "pairs")}
    assert [path.name for path in public.parent.iterdir()] == ["public"]


def test_an_error_while_the_pages_are_made_leaves_the_old_folder(public: Path):
    atomic_folder.write(edition(1), public)

    def failing():
        yield edition(2)[0]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        atomic_folder.write(failing(), public)
    assert set(contents(public).values()) == {b"1"}
    assert [path.name for path in public.parent.iterdir()] == ["public"]


def test_a_disk_error_is_one_line_and_leaves_the_old_folder(public: Path):
    atomic_folder.write(edition(1), public)
    gone = File("files/gone.png", public / "nowhere.png")
    with pytest.raises(StorageError, match="nothing changed"):
        atomic_folder.write([*edition(2), gone], public)
    assert set(contents(public).values()) == {b"1"}


@pytest.mark.parametrize("path", ["../outside.html", "/etc/outside.html", "a/../../outside.html"])
def test_no_file_is_outside_the_folder(public: Path, path: str):
    with pytest.raises(StorageError, match="outside"):
        atomic_folder.write([File(path, b"x")], public)
    assert not public.exists()


def test_a_folder_that_somebody_else_made_is_not_replaced(public: Path):
    public.mkdir(parents=True)
    (public / "thesis.txt").write_text("years of work")
    with pytest.raises(StorageError, match="did not write"):
        atomic_folder.write(edition(1), public)
    assert (public / "thesis.txt").read_text() == "years of work"


def test_an_empty_folder_may_be_used(public: Path):
    public.mkdir(parents=True)
    atomic_folder.write(edition(1), public)
    assert set(contents(public).values()) == {b"1"}


def test_where_folders_cannot_be_exchanged_the_old_one_steps_aside(
    public: Path, monkeypatch: pytest.MonkeyPatch
):
    atomic_folder.write(edition(1), public)
    monkeypatch.setattr(atomic_folder, "_swapped", lambda *_: False)
    atomic_folder.write(edition(2), public)
    assert set(contents(public).values()) == {b"2"}
    assert [path.name for path in public.parent.iterdir()] == ["public"]


def test_a_crash_between_its_two_renames_is_repaired_by_the_next_run(
    public: Path, monkeypatch: pytest.MonkeyPatch
):
    atomic_folder.write(edition(1), public)
    public.rename(atomic_folder._old(public))
    atomic_folder.recover(public)
    assert set(contents(public).values()) == {b"1"}


def test_this_system_exchanges_folders_in_one_step(tmp_path: Path):
    if sys.platform not in {"linux", "darwin"}:
        pytest.skip("only Linux and macOS can")
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    (one / "a").touch()
    assert atomic_folder._swapped(one, other)
    assert (other / "a").exists()
    assert not (one / "a").exists()


WRITER = """
import os
import sys
from pathlib import Path
from bilingual.publish.output import atomic_folder
from bilingual.publish.base import File

print("ready", flush=True)
number = 1
while True:
    files = [File(f"{n}/index.html", f"{os.getpid()} {number}".encode()) for n in range(40)]
    atomic_folder.write(files, Path(sys.argv[1]))
    print(number, flush=True)
    number += 1
"""


def test_a_kill_at_any_moment_leaves_one_complete_folder(public: Path):
    atomic_folder.write([File(f"{n}/index.html", b"0") for n in range(40)], public)
    seen = set()
    for round_ in range(12):
        writer = Copy(WRITER, str(public))
        assert writer.stdout
        for _ in range(1 + round_ % 3):  # how often it wrote, not how fast it is
            writer.stdout.readline()
        time.sleep(0.003 + 0.0071 * round_)
        writer.kill()
        writer.wait()
        found = contents(public)
        assert len(found) == 40
        assert len(set(found.values())) == 1, "two editions in one folder"
        seen |= set(found.values())
        atomic_folder.recover(public)
        assert [path.name for path in public.parent.iterdir()] == ["public"]
    assert len(seen) > 1, "no kill came after a swap: this test tested nothing"
