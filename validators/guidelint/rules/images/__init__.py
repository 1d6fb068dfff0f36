"""What must be known of an image before anyone draws."""
