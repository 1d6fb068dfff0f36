"""Questions that nobody answers, and rules on the answers of others."""
