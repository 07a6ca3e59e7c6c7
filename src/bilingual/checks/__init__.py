"""One rule a file, found by its name."""
