"""Bad input, through the real process: one line with a hint, the exit code, nothing lost."""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support import copies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ARTICLE = "articles/spark/index.en.md"
CATALOG = "locales/ko/articles/spark.po"


def bilingual(
    folder: Path,
    *words: str,
    env: Mapping[str, str] | None = None,
    program: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run the command, or the Python code ``program``, as a user does, without a terminal."""
    if not program:
        return copies.bilingual(folder, *words, environment=env)
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=folder, env=env, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL,
        check=False,
    )  # fmt: skip


def files(folder: Path) -> dict[str, str]:
    """Return a digest of every file that people and git care about."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".bilingual" not in path.relative_to(folder).parts
    }


def refuses(folder: Path, *words: str, code: int, says: tuple[str, ...], **options) -> str:
    """Run the command; it has to change nothing and say what is wrong in one line."""
    before = files(folder)
    done = bilingual(folder, *words, **options)
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    assert len(errors) == 1, done.stderr
    for word in says:
        assert word in errors[0]
    assert " — " in errors[0], f"no mend: {errors[0]}"
    assert files(folder) == before
    return errors[0]


@pytest.fixture
def folder(newsroom):
    """A newsroom with its catalog; the folder."""
    assert bilingual(newsroom.root, "segment").returncode == 0
    return newsroom.root


STEPS = [["segment"], ["translate", "--engine", "scripted"], ["queue"], ["check"], ["publish"]]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[0])
def test_a_missing_article_is_answered_with_near_ones(folder, step):
    command, *options = step
    refuses(folder, command, "sprak", *options, code=2, says=("'sprak'", "did you mean spark"))


@pytest.mark.parametrize("command", ["merge", "absorb", "review", "status"])
def test_a_missing_article_is_reported_by_every_command(folder, command):
    refuses(folder, command, "nothing-like-it", code=2, says=("'nothing-like-it'",))


@pytest.mark.parametrize("step", [*STEPS[:2], STEPS[-1]], ids=lambda step: step[0])
def test_broken_front_matter_is_named_with_its_line(folder, step):
    (folder / ARTICLE).write_text("---\ntitle: Muse\ntags: [one, two\n---\n\nText.\n", "utf-8")
    refuses(folder, *step, code=2, says=(f"{ARTICLE}:",))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[0])
def test_a_binary_file_is_named(folder, step):
    (folder / ARTICLE).write_bytes(b"# Title\n\n\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    refuses(folder, *step, code=2, says=(f"{ARTICLE}:", "binary"))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[0])
def test_an_article_in_another_encoding_is_named_with_the_line(folder, step):
    (folder / ARTICLE).write_bytes("# Title\n\n뮤즈 스파크\n".encode("cp949"))
    refuses(folder, *step, code=2, says=(f"{ARTICLE}:3:", "UTF-8"))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[0])
def test_a_broken_catalog_is_named_with_its_line(folder, step):
    text = (folder / CATALOG).read_text("utf-8")
    (folder / CATALOG).write_text(text + '\nmsgctxt "broken"\nmsgid "no end\n', "utf-8")
    line = text.count("\n") + 3
    refuses(folder, *step, code=2, says=(f"{CATALOG}:{line}:",))


@pytest.mark.parametrize("step", [*STEPS[1:], ["glossary", "check"]], ids=lambda step: step[0])
def test_a_wrong_glossary_is_named_with_its_line(folder, step):
    (folder / "glossary.yaml").write_text(
        "- id: one\n  en: One\n  ko: 하나\n  knd: model\n", "utf-8"
    )
    refuses(folder, *step, code=2, says=("glossary.yaml:4:", "knd"))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[0])
def test_a_wrong_configuration_is_named_with_its_line(folder, step):
    (folder / "bilingual.toml").write_text('[newsroom]\nname = "N"\nlangages = ["en"]\n', "utf-8")
    refuses(folder, *step, code=2, says=("bilingual.toml:3:", "languages"))


def test_outside_a_newsroom_init_is_named(tmp_path):
    refuses(tmp_path, "queue", code=2, says=("bilingual.toml", "bilingual init"))


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of this machine that nobody listens on, and nobody else gets meanwhile."""
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


def use(folder: Path, address: str) -> None:
    (folder / "bilingual.toml").write_text(
        f'[translate]\nengine = "openai"\n\n[engines.openai]\nbase_url = "{address}"\n'
        'model = "test"\nkey_env = "NEWSROOM_KEY"\n',
        "utf-8",
    )


def test_an_unreachable_endpoint_is_an_engine_failure(folder, closed_port):
    address = f"http://127.0.0.1:{closed_port}/v1"
    use(folder, address)
    refuses(folder, "translate", code=3, says=(address,), env=os.environ | {"NEWSROOM_KEY": "k"})


def test_a_refused_key_names_where_it_comes_from_and_never_the_key(folder, httpserver):
    httpserver.expect_request("/v1/chat/completions").respond_with_json(
        {"error": {"message": "Incorrect API key", "code": "invalid_api_key"}}, status=401
    )
    use(folder, httpserver.url_for("/v1"))
    key = "sk-very-secret-0123456789"
    environment = os.environ | {"NEWSROOM_KEY": key}
    said = refuses(folder, "translate", code=3, says=("NEWSROOM_KEY",), env=environment)
    assert key not in said


def test_a_missing_key_is_reported_before_any_request(folder, httpserver):
    use(folder, httpserver.url_for("/v1"))
    environment = {name: value for name, value in os.environ.items() if name != "NEWSROOM_KEY"}
    done = bilingual(folder, "translate", env=environment)
    assert done.returncode in (2, 3)
    assert "NEWSROOM_KEY" in done.stderr
    assert httpserver.log == []


SMALL_FILES = f"""
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
{copies.COMMAND}
"""
"""The command in a process whose files cannot grow: writing fails as it does on a full disk."""


def test_a_disk_without_room_loses_no_catalog(folder):
    text = (folder / ARTICLE).read_text("utf-8")
    (folder / ARTICLE).write_text(text + "\nOne more paragraph.\n", "utf-8")
    refuses(folder, "segment", code=2, says=(CATALOG,), program=SMALL_FILES)
    assert bilingual(folder, "segment").returncode == 0


@pytest.fixture
def tiny_disk(tmp_path):
    """A real file system of 64 KiB, where this machine lets tests mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("tests may not mount a file system here; the limit on file size stands for it")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=False)


def test_a_full_disk_loses_nothing(tiny_disk, make_newsroom):
    folder = make_newsroom(root=tiny_disk / "news").root
    assert bilingual(folder, "segment").returncode == 0
    with (folder / ARTICLE).open("a", encoding="utf-8") as article:
        article.write("\nOne more paragraph.\n")
    with contextlib.suppress(OSError):  # that it does not fit is the point
        (tiny_disk / "ballast").write_bytes(b"x" * 65536)
    refuses(folder, "segment", code=2, says=("No space left",))
    (tiny_disk / "ballast").unlink()
    assert bilingual(folder, "segment").returncode == 0


def test_output_that_cannot_be_written_is_an_error(folder):
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "bilingual", "merge", "spark"],
            cwd=folder, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "No space left" in done.stderr


def test_a_reader_that_leaves_is_no_error(folder):
    command = f"{sys.executable} -m bilingual queue --json | head -c 1"
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout == "{"
    assert done.stderr == ""


def test_an_article_outside_the_newsroom_is_not_read(folder, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("secret\n", "utf-8")
    (folder / "articles" / "thief").mkdir()
    (folder / "articles" / "thief" / "index.en.md").symlink_to(secret)
    refuses(folder, "segment", "thief", code=2, says=("articles/thief/index.en.md", "out of the"))


@pytest.mark.parametrize("slug", ["../spark", "spark/../spark", "/etc", ".", "-"])
def test_a_slug_names_no_path(folder, slug):
    refuses(folder, "segment", "--", slug, code=2, says=(slug,))
