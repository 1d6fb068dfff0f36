"""Kernels: arrays and spacing in, numbers out. No clinical term, no class of the layers above."""
