"""Parts of a guideline beside classes, questions and rules, a file for each."""
