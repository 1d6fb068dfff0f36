"""What holds in work that was handed in: measured once, and proposed as a guideline where it surely holds."""
