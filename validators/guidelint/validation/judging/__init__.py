"""Plan and subject in, verdict out; pure."""
