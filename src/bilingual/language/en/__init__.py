"""English: quantities and number words."""
