"""A file of a delivery, judged by one guideline or by several."""
