"""What drafts translations: one file an engine, named as ``translate.engine`` names it."""
