"""The words about one rule, in Markdown and for a terminal."""
