"""What `guidelint push` and `guidelint migrate` do with running projects: each pushed to, moved and recorded."""
