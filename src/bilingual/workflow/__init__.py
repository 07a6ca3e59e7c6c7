"""The steps of a pair, one readable function each; no click, no printing."""
