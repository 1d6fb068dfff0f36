"""Uses of rules: the forms they are written in, and what is wrong with one."""
