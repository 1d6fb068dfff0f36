"""The process that judges tasks and writes verdicts back."""
