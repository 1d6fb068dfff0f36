"""The word for the image itself."""

from __future__ import annotations

from typing import Final

IMAGE: Final = "image"
"""What the image itself is called in a labeling config, and in ``of: image``."""
