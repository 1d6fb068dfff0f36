"""The exam of a guideline: items drawn from its examples, what was handed in held against them, who has passed."""
