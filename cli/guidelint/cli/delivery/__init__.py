"""What check does with a delivery: judged record by record, shown as it comes, counted."""
