"""Korean: particles, sentence endings, readings, names, quantities."""
