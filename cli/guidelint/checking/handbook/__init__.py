"""A guideline as a handbook for people: its document with pictures and drawings, as one page of HTML or as Markdown."""
