"""Records and findings in words: how they are named, listed and linked."""
