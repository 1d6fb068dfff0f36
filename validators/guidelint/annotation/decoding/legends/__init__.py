"""Legends: which label the values or colours of a mask stand for."""
