"""A draft becomes a released version, which is never changed again."""
