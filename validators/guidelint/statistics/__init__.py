"""Agreement between readers: arrays and masks in, numbers and intervals out. No rule, no word of a guideline."""
