"""Render a Markdown document as a safe page: text, addresses, metadata, templates."""
