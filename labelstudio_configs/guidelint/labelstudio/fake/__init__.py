"""Label Studio in memory."""
