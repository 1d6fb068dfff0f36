"""Text to regions: how a case is drawn."""
