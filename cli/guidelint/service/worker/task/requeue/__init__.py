"""Returned work on its way back to the queue."""
