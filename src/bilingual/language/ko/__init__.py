"""Korean: particles, endings, readings, quantities."""
