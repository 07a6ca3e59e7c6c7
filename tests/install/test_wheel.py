"""The wheel is whole, and what describes it can be published."""

from __future__ import annotations

import sys
import tomllib
import zipfile
from email import message_from_bytes

import pytest
from tests.support.installing import NAME, ROOT, run, walk

import bilingual

pytestmark = pytest.mark.xdist_group("install")


def test_the_wheel_holds_the_package_with_all_its_files_and_nothing_else(built):
    with zipfile.ZipFile(built[0]) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    listed = run("git", "ls-files", "-z", "src/bilingual", cwd=ROOT).stdout.split("\0")
    package = {name.removeprefix("src/") for name in listed if (ROOT / name).is_file()}
    words = {
        f"bilingual/{path.relative_to(ROOT).with_suffix('.mo')}"
        for path in ROOT.glob("locales/*/LC_MESSAGES/bilingual.po")
    }
    assert words
    assert names == package | words
    endings = {name.rsplit(".", 1)[-1] for name in names}
    assert endings >= {"css", "md", "mo", "toml", "typed", "yaml", "yml"}


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
