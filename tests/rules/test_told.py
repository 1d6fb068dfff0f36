"""Every rule that a guideline may set tells annotators what it asks: the tests that ship for rules of any package."""

from __future__ import annotations

from guidelint.rules.catalogue import catalogue
from guidelint.validation.testing import IsTold


class TestTold(IsTold):
    rules = tuple(catalogue().values())
