"""Parts of a model that have no key of their own in a guideline."""

from __future__ import annotations

from dataclasses import dataclass

from guidelint.validation.rule.parameters.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Unnamed(Meaning):
    """What is in it stands where it stands itself: the parameters of a rule beneath the rule's id."""
