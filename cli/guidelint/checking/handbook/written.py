"""A handbook in the form that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from guidelint.checking.handbook.as_markdown import as_markdown
from guidelint.checking.handbook.handbook import handbook
from guidelint.checking.handbook.page import page

if TYPE_CHECKING:
    from guidelint.language.examples.folder import Folder
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.plan import Plan

Form = Literal["html", "markdown"]


def written(guideline: Guideline, plan: Plan, folder: Folder | None, form: Form) -> str:
    """Write the handbook. ``folder``: where the examples lie; None: there are none. Raises ExamplesError."""
    book = handbook(guideline, plan, folder)
    return page(book) if form == "html" else as_markdown(book)
