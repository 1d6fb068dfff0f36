"""What a task contributes to the subjects above it, and what they say of it."""
