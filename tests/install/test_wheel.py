"""The wheel is whole, and what describes it can be published."""

from __future__ import annotations

import sys
import tomllib
import zipfile
from email import message_from_bytes

import bilingual
import pytest

from tests.support.installing import NAME, ROOT, run, walk

pytestmark = pytest.mark.xdist_group("install")


def test_every_file_of_the_package_is_in_the_wheel(built):
    with zipfile.ZipFile(built[0]) as archive:
        names = set(archive.namelist())
    package = ROOT / "src" / "bilingual"
    listed = run("git", "ls-files", "-z", "src/bilingual", "locales/ko/LC_MESSAGES", cwd=ROOT)
    tracked = {
        name.removeprefix("src/") if name.startswith("src/") else f"bilingual/{name}"
        for name in listed.stdout.split("\0")
        if name and (ROOT / name).exists()
    }
    assert tracked <= names
    endings = {name.rsplit(".", 1)[-1] for name in tracked}
    assert {"css", "md", "po", "toml", "typed", "yaml", "yml"} <= endings
    assert (package / "workflow" / "templates").is_dir()
    # And nothing else: no tests, no articles, no caches.
    meta = f"{NAME.replace('-', '_')}-{bilingual.__version__}.dist-info/"
    assert {name for name in names if not name.startswith(meta)} - tracked <= {
        name for name in names if name.startswith("bilingual/locales/en/")
    }


def test_the_wheel_s_words_about_itself_are_the_project_s(built):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    with zipfile.ZipFile(built[0]) as archive:
        (meta,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        said = message_from_bytes(archive.read(meta))
    assert said["Name"] == project["name"] == NAME
    assert said["Version"] == project["version"] == bilingual.__version__
    assert said["License-Expression"] == "Apache-2.0"
    assert {each.split(";")[0] for each in said.get_all("Requires-Dist")} >= {"click>=8.4"}


def test_twine_finds_nothing_to_say(built):
    run(sys.executable, "-m", "twine", "check", "--strict", *built)


def test_the_installed_wheel_takes_an_article_the_whole_way(installed, tmp_path):
    clean, program = installed
    walk(program, tmp_path / "room", clean.env)
