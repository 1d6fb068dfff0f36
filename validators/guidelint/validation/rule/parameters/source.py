"""Where in a guideline a parameter comes from, as data: a path, and how the values there become it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guidelint.validation.rule.parameters.meaning import Meaning

How = Literal["value", "name", "names", "joined", "spellings", "is-given", "answered", "united"]
"""value: what stands there; name: the name that the last ``*`` stands for; names: a list of such names; joined:
alternatives in words; spellings: other ways to write the names that the last ``*`` stands for; is-given: whether
anything stands there; answered: answers in words; united: what several lists hold together, where none is empty."""


@dataclass(frozen=True, slots=True)
class From(Meaning):
    """The part of a guideline that gives a parameter.

    A path has the keys of the guideline, ``*`` for the names that its author chose, e.g. ``classes.*.count.max``. Where
    a rule follows from one part of several, ``*`` is the name of that part; else it stands for all, and what is found
    leads from names to values. ``names.`` before a path leads to all names that a delivery may use.
    """

    path: str
    how: How = "value"
    by: str = ""
    """Path of lists: each item of them, in place of the name, leads to the value."""
    given: str = ""
    """What gives it, in words, where no author can; empty: an author may write it, too."""
    of: str = ""
    """Parameter beside it, and before it, that names what the first ``*`` stands for; empty: the use says it."""
    fills_in: bool = False
    """Whether it also fills in what an author who writes the rule leaves out."""
