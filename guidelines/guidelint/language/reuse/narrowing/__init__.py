"""Whether a guideline asks for at least what its base asks for, told by the types of what both say."""
