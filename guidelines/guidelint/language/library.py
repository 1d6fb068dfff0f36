"""The guidelines that come with the package, drafts among them, and guidelines in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.load import load, loaded
from guidelint.language.texts import Holding, NoSuchGuidelineError, folder_of, holdings, is_path, released, source

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline
    from guidelint.language.loaded import Loaded
    from guidelint.validation.rule.rule import Catalogue

__all__ = ("Holding", "NoSuchGuidelineError", "find", "find_loaded", "holdings", "is_path", "released", "source")


def find(what: str, *, catalogue: Catalogue | None = None) -> Guideline:
    """Load a guideline by name, by ``name@version``, or by path.

    A name alone means its newest version. Raises NoSuchGuidelineError or GuidelineProblems.
    """
    text, filename = source(what)
    return load(text, filename, catalogue=catalogue, folder=folder_of(what))


def find_loaded(what: str, *, notes: bool = False) -> Loaded:
    """Load a guideline as ``find`` does, with what is unwise about it, and what more could be asked for."""
    text, filename = source(what)
    return loaded(text, filename, folder=folder_of(what), notes=notes)
