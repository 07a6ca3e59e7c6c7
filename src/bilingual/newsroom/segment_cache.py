"""Articles as ``segment`` cut them, so that ``merge`` and the others need not: a cache.

One file an article, a quarter of its catalog's size. It holds while the article's content, the
settings and the code that cuts are the same (``index.key_of``).
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.newsroom import paths
from bilingual.storage import cache

if TYPE_CHECKING:
    from collections.abc import Collection

    from bilingual.markdown.document import Document

FOLDER = f"{paths.WORK}/cuts"
SUFFIX = ".json"


class SegmentCache:
    """The cut articles of one newsroom; ``key`` is what decides a cut apart from the article."""

    def __init__(self, root: Path, key: str) -> None:
        self._root = os.path.realpath(root)
        self._folder = f"{root}/{FOLDER}"
        self._key = key

    def get(self, slug: str, text: str) -> Document | None:
        """Return the article ``slug`` with this ``text`` cut, or None when it has to be cut."""
        from bilingual.markdown import packing  # noqa: PLC0415 - it loads the parser

        return cache.read(self._file(slug), self._name(text), lambda new: packing.unpack(text, new))

    def put(self, slug: str, document: Document) -> None:
        """Remember how an article is cut. A disk that does not let it costs only time."""
        from bilingual.markdown import packing  # noqa: PLC0415 - it loads the parser

        if self._inside():
            name = self._name(document.text)
            cache.write(Path(self._file(slug)), name, packing.pack(document))

    def keep(self, slugs: Collection[str]) -> None:
        """Forget the articles that are not among ``slugs``."""
        kept = {f"{slug}{SUFFIX}" for slug in slugs}
        with contextlib.suppress(OSError):
            for name in os.listdir(self._folder):  # noqa: PTH208 - ten times as fast as iterdir
                if name.endswith(SUFFIX) and name not in kept and self._inside():
                    os.unlink(f"{self._folder}/{name}")  # noqa: PTH108 - the same

    def _inside(self) -> bool:
        """Return True when no link leads from the folder out of the newsroom."""
        return os.path.realpath(self._folder) == f"{self._root}/{FOLDER}"

    def _file(self, slug: str) -> str:
        return f"{self._folder}/{slug}{SUFFIX}"

    def _name(self, text: str) -> str:
        return f"{self._key} {cache.digest(text.encode())}"
