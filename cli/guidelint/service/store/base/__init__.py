"""The database itself: how it is opened, copied, kept small."""
