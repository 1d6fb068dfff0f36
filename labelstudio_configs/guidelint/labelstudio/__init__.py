"""What Label Studio is told, and what it says."""
