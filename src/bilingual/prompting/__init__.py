"""Pure: what an engine is asked, and how its answer is read."""
