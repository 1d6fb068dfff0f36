"""A check on an engine, Dask: its workers judge, its shuffle brings subjects together, and tables come out."""
