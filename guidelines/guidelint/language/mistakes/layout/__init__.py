"""Lines and letters that mislead whoever reads them."""
