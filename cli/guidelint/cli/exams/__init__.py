"""Making exams in Label Studio."""
