"""What a handbook draws of a guideline itself: tables of points, decisions, paths of escalation, tiers of review."""
