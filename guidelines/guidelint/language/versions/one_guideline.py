"""Two versions are of one guideline, unless somebody says that it was renamed."""

from __future__ import annotations

from guidelint.language.texts import NoSuchGuidelineError


class AnotherGuidelineError(NoSuchGuidelineError):
    """Two guidelines are no versions of one; the message says so."""


def of_one_guideline(old: str, new: str, *, renamed: bool = False) -> None:
    """Raise AnotherGuidelineError where the names of two versions differ, and nobody says that it was renamed."""
    if old != new and not renamed:
        raise AnotherGuidelineError(
            f"`{old}` and `{new}` are two guidelines, and no versions of one. If it was renamed, say so: --renamed"
        )
