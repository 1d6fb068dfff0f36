"""Examples of a guideline judged as any delivery is, and compared with what is expected of them."""
