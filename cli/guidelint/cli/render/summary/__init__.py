"""What a delivery comes to, as people read it below the findings."""
