"""A guideline laid out anew: the same text, its parts in their order and indented alike."""
