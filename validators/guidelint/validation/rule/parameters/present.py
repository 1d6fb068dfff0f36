"""Answers that say that something is marked."""

from __future__ import annotations

from guidelint.validation.rule.parameters.meaning import Meaning


class SaysMarked(Meaning):
    """An option that may only be answered where something is marked."""

    __slots__ = ()
