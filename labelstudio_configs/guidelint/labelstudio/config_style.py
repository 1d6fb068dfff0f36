"""Style sheet of the labeling config: image and class buttons in sight, ratings in one column beside them."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
.gl-body { display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start }
.gl-image { flex: 1 1 520px; min-width: 0 }
.gl-side { flex: 0 1 360px }
"""
"""Without the characters <, > and &, which the editor escapes inside Style."""
