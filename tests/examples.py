"""How many examples a property is tried on: where another Python or other packages run the same code, fewer show it."""

from __future__ import annotations

import os
from typing import Final

VARIABLE: Final = "GUIDELINT_EXAMPLES"
"""Most examples of each property; all that its test asks for where it is not set."""
USUAL: Final = 100
"""What Hypothesis takes where a test asks for no number."""


def examples(wanted: int) -> int:
    """Give so many as a test asks for, or fewer where the environment bounds them."""
    return min(wanted, int(os.environ.get(VARIABLE, wanted)))
