"""What commands may be told: ids, credentials, defaults in files, completion."""
