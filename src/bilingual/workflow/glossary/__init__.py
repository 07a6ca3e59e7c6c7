"""The commands of the glossary."""
