"""The wheel and the sdist, built once, and an index on loopback with all that they need."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from tests.support.installing import CONSTRAINTS, Clean, build, run
from tests.support.package_index import PackageIndex, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the sdist of this checkout."""
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def house(
    tmp_path_factory: pytest.TempPathFactory, built: tuple[Path, Path]
) -> Iterator[PackageIndex]:
    """An index that holds the tool, what it needs and what builds it, and nothing else."""
    folder = tmp_path_factory.mktemp("house")
    run(
        sys.executable, "-m", "pip", "download", "--constraint", CONSTRAINTS,
        "--dest", folder, built[0], "hatchling", "setuptools", "wheel",
    )  # fmt: skip
    with serving() as index:
        index.files = {each.name: each.read_bytes() for each in (*folder.iterdir(), built[1])}
        yield index


@pytest.fixture
def clean(tmp_path: Path, house: PackageIndex) -> Clean:
    """An environment with nothing in it, in a path with a space and Hangul."""
    return Clean(tmp_path / "새 도구" / "my tools", house.url)


@pytest.fixture(scope="session")
def installed(
    tmp_path_factory: pytest.TempPathFactory, house: PackageIndex, built: tuple[Path, Path]
) -> tuple[Clean, list[str]]:
    """The wheel installed by uv, in such a path: for tests that only use it."""
    clean = Clean(tmp_path_factory.mktemp("installed") / "새 도구" / "my tools", house.url)
    return clean, clean.uv_pip(str(built[0]))
