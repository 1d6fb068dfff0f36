"""What a project to come will ask of everybody, told from work that was done."""
