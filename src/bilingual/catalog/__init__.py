"""Catalogs as PO text, and keeping units across edits."""
