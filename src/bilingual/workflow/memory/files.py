"""Import, export, list and remove translation memories."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import bilingual
from bilingual.catalog import origin as origins
from bilingual.errors import StorageError, UsageError
from bilingual.exchange import tmx
from bilingual.exchange.base import exchange_format, name_for
from bilingual.model import msg
from bilingual.nearest import MOST, did_you_mean
from bilingual.newsroom import paths, reading
from bilingual.storage import atomic
from bilingual.storage.atomic import storage_error
from bilingual.workflow.memory import sources
from bilingual.workflow.memory.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilingual.errors import BilingualError
    from bilingual.newsroom import Newsroom

SUFFIX = ".tmx"


@dataclass(frozen=True, slots=True)
class Imported:
    """A memory that was brought in."""

    path: str
    """Where it is in the newsroom now."""
    pairs: int
    new: bool
    """False when it was there already, the same."""
    source: str = ""
    """The file that it came from, as it was named."""
    lacking: int = 0
    """Translation units of that file that lack a language, and so were left out."""
    line: int = 0
    """Of the first of them, in that file."""


@dataclass(frozen=True, slots=True)
class ImportedUnit:
    """What one file gives to the memory."""

    path: str
    origins: tuple[tuple[str, int], ...]
    """Each origin with its number of units, most first."""
    units: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Status:
    """What the memory holds."""

    parts: tuple[ImportedUnit, ...]
    problems: tuple[BilingualError, ...]
    """Why files are missing, or are as they once were."""


def bring(newsroom: Newsroom, files: Sequence[str], name: str = "") -> list[Imported]:
    """Put each of the TMX ``files`` into the newsroom's ``memory/``, so that git keeps it.

    It is written in one form: only the pair's languages, texts in NFC, each pair once; units
    that lack one of the languages are left out and counted. All are read before any is written.
    ``name`` is what a single one is called instead of its own name. Raises ``ContentError`` with
    the line for a file that is no TMX of the pair, ``UsageError`` for one that cannot be found or
    whose name is taken by another memory.
    """
    if name and len(files) > 1:
        raise UsageError(msg("`--name` takes one file"), hint=msg("import them one by one"))
    ready: list[tuple[Imported, bytes]] = []
    for file in files:
        format_name = name_for(file)
        stem = _stem(name.removesuffix(SUFFIX) or Path(file).name.removesuffix(f".{format_name}"))
        path = f"{sources.FOLDER}/{stem}{SUFFIX}"
        try:
            content = reading.read(Path(file), file)
        except FileNotFoundError as error:
            raise UsageError(
                msg("no file {file}", file=file), hint=msg("check its name")
            ) from error
        languages = newsroom.config.newsroom.languages
        found = exchange_format(format_name).parse(content, languages, path=file)
        pairs = found.pairs
        if not pairs:
            raise UsageError(
                msg("{file} contains no pair of texts", file=file),
                hint=msg("check what it was exported from"),
            )
        plain = tmx.serialize(pairs, pairs[0].source_language, bilingual.__version__)
        new = _new(newsroom, path, plain, [each.path for each, _ in ready])
        ready.append((Imported(path, len(pairs), new, file, found.lacking, found.line), plain))
    for each, plain in ready:
        if each.new:
            newsroom.write(each.path, plain)
    return [each for each, _ in ready]


def _stem(stem: str) -> str:
    """Return ``stem`` when a file may be called so; raises ``UsageError`` otherwise."""
    problem = paths.slug_problem(stem)
    if problem:
        raise UsageError(
            msg("the name {stem!r} {reason}", stem=stem, reason=problem),
            hint=msg("give another one with `--name`, of letters and digits"),
        )
    return stem


def _new(newsroom: Newsroom, path: str, plain: bytes, ready: Sequence[str]) -> bool:
    """Return False when ``path`` holds this already; raise when it holds something else."""
    try:
        there = (newsroom.root / path).read_bytes()
    except FileNotFoundError:
        if path not in ready:
            return True
        there = b""
    except OSError as error:
        raise storage_error(error, path, msg("cannot be read")) from error
    if there == plain:
        return False
    raise UsageError(
        msg("{path} is another memory", path=path),
        hint=msg(
            "remove that one first (`bilingual memory remove {path}`), or use `--name`", path=path
        ),
    )


def export(newsroom: Newsroom, file: str = "") -> tuple[bytes, int]:
    """Return everything that people approved in catalogs, and how many units that is.

    The format is that of the ending of ``file``, else TMX. By catalog and in its order, each with
    its neighbours: the same catalogs make the same bytes. Raises ``ContentError`` for a catalog
    that cannot be read.
    """
    pairs = [
        each
        for language in newsroom.config.newsroom.languages
        for slug in newsroom.catalogs(language)
        for each in sources.of_catalog(newsroom.catalog(slug, language), sentences=False)
    ]
    first = newsroom.config.newsroom.languages[0]
    written = exchange_format(name_for(file)).serialize(pairs, first, bilingual.__version__)
    return written, len(pairs)


def status(newsroom: Newsroom) -> Status:
    """Return what the memory holds, by file."""
    with Memory.open(newsroom) as memory:
        rows, problems = memory.origins(), memory.problems
    units: dict[str, Counter[str]] = {}
    sentences: Counter[str] = Counter()
    for path, _, origin, segment, count in rows:
        counted = units.setdefault(path, Counter())
        if segment:
            sentences[path] += count
        else:
            counted[origin] += count
    return Status(
        tuple(
            ImportedUnit(path, tuple(counted.most_common()), counted.total(), sentences[path])
            for path, counted in sorted(units.items())
        ),
        problems,
    )


def of(newsroom: Newsroom, origin: str) -> list[str]:
    """Return the imported memories of the origin ``origin`` (``import:`` for all of them)."""
    if not origin.startswith(origins.IMPORT):
        return []
    found = sources.imported(newsroom)
    return [path for path in found if origins.matches(sources.origin(path), origin)]


def forget(newsroom: Newsroom, origin: str) -> list[str]:
    """Delete the imported memories of the origin ``origin`` and return them.

    What else was approved stays: it goes where its catalog goes. git still has the files. Raises
    ``StorageError`` when the disk does not let it.
    """
    found = of(newsroom, origin)
    for path in found:
        try:
            (newsroom.root / path).unlink()
        except OSError as error:
            raise storage_error(error, path, msg("cannot be deleted")) from error
    if found:
        with contextlib.suppress(StorageError):
            Memory.open(newsroom).close()
    return found


def remove(newsroom: Newsroom, names: Sequence[str]) -> list[str]:
    """Delete the imported memories ``names`` (with or without folder and ending); return them.

    Raises ``UsageError`` for one that is not there, naming near ones, before any is deleted.
    """
    found: list[str] = []
    for name in names:
        there = of(newsroom, name if name.startswith("import:") else f"import:{name}")
        if not there:
            known = [path.partition("/")[2] for path in sources.imported(newsroom)]
            some = (
                msg("imported: {names}", names=", ".join(known[:MOST]))
                if known
                else msg("nothing was imported")
            )
            hint = did_you_mean(name, known, some)
            raise UsageError(msg("no imported memory {name!r}", name=name), hint=hint)
        found += there
    return [path for each in dict.fromkeys(found) for path in forget(newsroom, f"import:{each}")]


def save(file: Path, content: bytes) -> None:
    """Write ``content`` to ``file``, whole or not at all; raises ``StorageError``."""
    atomic.write(file, content)
