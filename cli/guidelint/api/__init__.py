"""The public Python surface: load a guideline, judge by it, and read what was found.

Everything else is inside: it may change with any version. Nothing is loaded before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.api.error import GuidelintError, Problem
    from guidelint.api.guideline import Guideline
    from guidelint.api.loading import library, load, sample
    from guidelint.api.releasing import release
    from guidelint.api.report import Report
    from guidelint.api.totals import Totals
    from guidelint.checking.plain.finding import Entry, Finding, Region
    from guidelint.checking.plain.verdict import Escalation, Unreadable, Verdict
    from guidelint.validation.rule.evidence import Place, Quantity

    __version__: str

__all__ = [
    "Entry",
    "Escalation",
    "Finding",
    "Guideline",
    "GuidelintError",
    "Place",
    "Problem",
    "Quantity",
    "Region",
    "Report",
    "Totals",
    "Unreadable",
    "Verdict",
    "__version__",
    "library",
    "load",
    "release",
    "sample",
]
_PLACES = {
    "guidelint.api.error": ("GuidelintError", "Problem"),
    "guidelint.api.guideline": ("Guideline",),
    "guidelint.api.loading": ("library", "load", "sample"),
    "guidelint.api.releasing": ("release",),
    "guidelint.api.report": ("Report",),
    "guidelint.api.totals": ("Totals",),
    "guidelint.checking.plain.finding": ("Entry", "Finding", "Region"),
    "guidelint.checking.plain.verdict": ("Escalation", "Unreadable", "Verdict"),
    "guidelint.validation.rule.evidence": ("Place", "Quantity"),
}
_MODULES = {name: module for module, names in _PLACES.items() for name in names}


if not TYPE_CHECKING:  # who mistypes a name is told so by type checkers, too

    def __getattr__(name: str) -> object:
        """Load what is asked for. Raises AttributeError, with the name that may be meant."""
        if name == "__version__":
            from guidelint.validation.judging.engine import engine_version  # noqa: PLC0415 - nothing is loaded before

            return engine_version()
        if name in _MODULES:
            return getattr(import_module(_MODULES[name]), name)
        raise AttributeError(_not_here(name), name=name)


def __dir__() -> list[str]:
    """Name what may be asked for."""
    return __all__


def _not_here(name: str) -> str:
    said = f"guidelint.api has no {name!r}"
    if name.startswith("_"):
        return said
    from guidelint.language.text.suggest import did_you_mean  # noqa: PLC0415 - only who mistypes needs it

    return f"{said}. {did_you_mean(name, __all__)}"
