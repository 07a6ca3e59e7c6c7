"""The merge driver that git runs when two branches changed a catalog.

``init`` installs it: ``.gitattributes`` has ``locales/**/articles/*.po merge=bilingual`` and the
repository's configuration ``merge.bilingual.driver = bilingual merge-driver %O %A %B``.
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
    """Merge the catalog files ``ours`` and ``theirs`` into ``ours``; return the result.

    ``base`` is the common ancestor, an empty file when both added the catalog. Two different
    targets are no conflict for git: both are in the result, for review. Raises ``ContentError``
    when one of the three is not a catalog; ``ours`` is unchanged then, and git reports a conflict.
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
