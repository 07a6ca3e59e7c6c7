"""The review screen and what it is made of: keys, widths, colours, progress."""
