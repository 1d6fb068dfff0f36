"""What becomes of stored work under another version: as text, as Markdown, as JSON."""
