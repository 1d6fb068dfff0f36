"""Images that lie in Label Studio, or in storage that it knows, read through its API."""
