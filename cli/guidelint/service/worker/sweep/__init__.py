"""The sweep: what is listed is compared with the store, in chunks."""
