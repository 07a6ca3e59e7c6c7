"""A newsroom on disk: configuration, paths, locks, atomic writes."""

from __future__ import annotations

from bilingual.newsroom.newsroom import Newsroom

__all__ = ["Newsroom"]
