"""The translation memory of a newsroom."""
