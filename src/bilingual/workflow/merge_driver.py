"""What git runs when two branches changed one catalog.

``init`` installs it: ``.gitattributes`` says ``locales/**/articles/*.po merge=bilingual`` and the
repository's configuration says ``merge.bilingual.driver = bilingual merge-driver %O %A %B``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.catalog import merge, po
from bilingual.newsroom import reading
from bilingual.storage import atomic

if TYPE_CHECKING:
    from pathlib import Path

    from bilingual.catalog.merge import MergedCatalog


def merge_driver(base: Path, ours: Path, theirs: Path) -> MergedCatalog:
    """Merge the catalog files ``ours`` and ``theirs`` into ``ours``; return what came out.

    ``base`` is what both grew from, an empty file when both added the catalog. A dispute between
    two targets is no conflict for git: both are in the result, which waits for review. Raises
    ``ContentError`` when one of the three is no catalog; ``ours`` stays as it was then, and git
    says that the file conflicts.
    """
    files = (base, ours, theirs)
    texts = [reading.text(reading.read(path, path.name), path.name) for path in files]
    past = po.parse(texts[0], path=base.name) if texts[0].strip() else None
    mine, other = (
        po.parse(text, path=path.name) for text, path in zip(texts[1:], (ours, theirs), strict=True)
    )
    merged = merge.merge(past, mine, other)
    atomic.write(ours, po.serialize(merged.catalog).encode(), name=ours.name)
    return merged
