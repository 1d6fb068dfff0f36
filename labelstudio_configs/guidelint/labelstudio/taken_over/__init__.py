"""A labeling config that was not compiled by guidelint, taken over into the language."""
