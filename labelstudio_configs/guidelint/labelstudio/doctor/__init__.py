"""One file per link of a live setup."""
