"""Two versions of a guideline: what changes, what each change means, and which number moves."""
