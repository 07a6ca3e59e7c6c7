"""From one Markdown document to one safe page: text, addresses, facts, templates."""
