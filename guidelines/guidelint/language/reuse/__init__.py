"""What is written once and used in several places, put where it is used before the guideline is read."""
