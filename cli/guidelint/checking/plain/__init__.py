"""Records under names that stay: what JSON, tables and Python show of a delivery."""
