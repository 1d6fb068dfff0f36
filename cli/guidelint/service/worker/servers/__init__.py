"""What is known of each Label Studio and its projects: away, gone, not known."""
