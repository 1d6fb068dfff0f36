"""A real Label Studio on this machine."""
