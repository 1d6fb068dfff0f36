"""Label volumes in NIfTI."""
