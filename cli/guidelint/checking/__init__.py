"""A delivery in, judged records and totals out: what check, an API and an engine share."""
