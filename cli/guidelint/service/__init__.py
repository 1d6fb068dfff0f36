"""Receiver, worker and sweep: judging what Label Studio tells, and finding what it did not tell."""
