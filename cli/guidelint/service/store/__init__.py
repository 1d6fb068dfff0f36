"""What is kept, one file for each of its subjects; no decision is taken here."""
