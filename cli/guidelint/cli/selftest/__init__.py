"""The kit of known answers on this machine, as table and as JSON."""
