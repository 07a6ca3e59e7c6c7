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

from bilingual.newsroom import paths
from bilingual.newsroom.index import digest

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from bilingual.markdown.place import Document

FOLDER = f"{paths.WORK}/cuts"
SUFFIX = ".json"
WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)


class SegmentCache:
    """The cut articles of one newsroom; ``key`` is what besides an article decides its cut."""

    def __init__(self, root: Path, key: str) -> None:
        self._root = os.path.realpath(root)
        self._folder = f"{root}/{FOLDER}"
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
        # Written in place, which is half the time: a file that is not whole is not believed.
        with contextlib.suppress(OSError):
            if self._at_home():
                handle = os.open(f"{self._folder}/{slug}{SUFFIX}", WRITE, 0o666)
                with open(handle, "wb") as file:  # noqa: PTH123 - of a handle
                    file.write(content)

    def keep(self, slugs: Collection[str]) -> None:
        """Forget the articles that are not among ``slugs``."""
        wanted = {f"{slug}{SUFFIX}" for slug in slugs}
        with contextlib.suppress(OSError):
            for name in os.listdir(self._folder):  # noqa: PTH208 - ten times as fast as iterdir
                if name.endswith(SUFFIX) and name not in wanted and self._at_home():
                    os.unlink(f"{self._folder}/{name}")  # noqa: PTH108 - as os.open

    def _at_home(self) -> bool:
        """Return True when the folder is there, or could be made, and no link leads out of it."""
        os.makedirs(self._folder, exist_ok=True)  # noqa: PTH103 - as os.open
        return os.path.realpath(self._folder) == f"{self._root}/{FOLDER}"

    def _name(self, text: str) -> str:
        return f"{self._key} {digest(text.encode())}"
