"""English: quantities, number words, headlines, unfinished sentences."""
