"""A newsroom on disk: configuration, paths, locks, atomic writes."""
