"""Writing the output folder, and the record of what was published."""
