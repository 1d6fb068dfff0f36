"""Names that lead nowhere, and names that two things claim."""
