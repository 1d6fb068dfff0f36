"""Commands, one thin module each: arguments, refusals, exit status; no work."""
