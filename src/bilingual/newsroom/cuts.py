"""Articles as ``segment`` cut them, so that ``merge`` and the others need not: a cache.

One file an article, a quarter of its catalog's size, under its slug. It holds while the article's
content, the settings and the code that cuts are the same (``index.key_of``). A file that is
damaged, foreign or older is as if it were not there, and the article is cut anew; the folder may
be deleted any time.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING

from bilingual.errors import StorageError
from bilingual.newsroom import atomic, paths
from bilingual.newsroom.index import digest

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from bilingual.markdown.place import Document

FOLDER = f"{paths.WORK}/cuts"
SUFFIX = ".json"


class Cuts:
    """The cut articles of one newsroom; ``key`` is what besides an article decides its cut."""

    def __init__(self, root: Path, key: str) -> None:
        self._folder = root / FOLDER
        self._key = key

    def get(self, slug: str, text: str) -> Document | None:
        """Return the article ``slug`` with this ``text`` cut, or None when it has to be cut."""
        from bilingual.markdown import cut  # noqa: PLC0415 - it loads the parser

        try:
            with open(f"{self._folder}/{slug}{SUFFIX}", "rb") as file:  # noqa: PTH123 - half the time of Path
                checksum, name, body = file.read().split(b"\n", 2)
            if name.decode() != self._name(text) or checksum.decode() != digest(name + body):
                return None
            return cut.unpack(text, json.loads(body))
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None

    def put(self, slug: str, document: Document) -> None:
        """Remember how an article is cut. A disk that does not let it costs only time."""
        from bilingual.markdown import cut  # noqa: PLC0415 - it loads the parser

        name = self._name(document.text).encode()
        body = json.dumps(cut.pack(document), separators=(",", ":")).encode()
        content = b"\n".join([digest(name + body).encode(), name, body])
        path = self._folder / f"{slug}{SUFFIX}"
        with contextlib.suppress(StorageError):
            atomic.write(path, content, name=f"{FOLDER}/{slug}{SUFFIX}", durable=False)

    def keep(self, slugs: Collection[str]) -> None:
        """Forget the articles that are not among ``slugs``."""
        wanted = {f"{slug}{SUFFIX}" for slug in slugs}
        with contextlib.suppress(OSError):
            for name in os.listdir(self._folder):  # noqa: PTH208 - ten times as fast as iterdir
                if name not in wanted:
                    (self._folder / name).unlink(missing_ok=True)

    def _name(self, text: str) -> str:
        return f"{self._key} {digest(text.encode())}"
