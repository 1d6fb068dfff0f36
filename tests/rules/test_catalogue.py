"""What every rule of the catalogue must be: the tests that ship for rules of any package, one per rule."""

from __future__ import annotations

from guidelint.rules.catalogue import catalogue
from guidelint.validation.testing import IsWhole


class TestCatalogue(IsWhole):
    rules = tuple(catalogue().values())
