"""What came of an exam, for people."""
