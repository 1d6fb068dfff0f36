"""Where images come from: folders, addresses, several places in order."""
