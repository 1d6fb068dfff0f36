"""What commands tell that ask the store."""
