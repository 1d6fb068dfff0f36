"""JSON Schemas of guidelines and of plans, with an example of every key."""
