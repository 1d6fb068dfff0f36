"""Small changes of what a guideline asks for, and which of them no example notices."""
