"""Types of parameters that say what they are: a name of what, a number of what, which end of a range."""
