"""Files: written whole or not at all, and caches that may be deleted at any time."""
