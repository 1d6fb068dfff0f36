"""Pixels of an image as flat row-major indices: what runs are made of, below the kernels and masks that use them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Flat = npt.NDArray[np.int64]
SURELY = 1e-6
"""Pixels by which a place may be off through rounding, with room to spare."""
