"""All compiled loops at once."""

from __future__ import annotations

from guidelint.geometry.kernels import brush, brush_text, distances, ellipses, hulls, outlines, outlines_told, runs
from guidelint.geometry.kernels.compiling import registry

MODULES = (runs, outlines, outlines_told, ellipses, brush, brush_text, hulls, distances)


def load_all() -> None:
    """Compile every loop, or read it where an earlier process kept it; none is compiled later, for other types.

    Raises NotKeptError when one is not kept and nothing may be compiled.
    """
    for dispatcher, types in registry:
        if not dispatcher.overloads:
            dispatcher.compile(types)
            dispatcher.disable_compile()
