"""What is to be read: files, folders, patterns and standard input."""
