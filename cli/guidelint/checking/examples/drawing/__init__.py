"""Examples drawn by themselves: for every limit the last that is accepted and the first that is not."""
