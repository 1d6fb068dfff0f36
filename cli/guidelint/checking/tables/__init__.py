"""Verdicts and findings as tables: Arrow in memory, Parquet on disk. Needs the extra `tables`."""
