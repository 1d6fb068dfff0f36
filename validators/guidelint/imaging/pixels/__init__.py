"""The pixels of images: read from files when a rule asks, within bounds, and what they show."""
