"""Parts that ask for something by being written, whatever stands in them."""

from __future__ import annotations

from guidelint.validation.rule.parameters.meaning import Meaning


class ByItself(Meaning):
    """Written with nothing in it, it asks for something all the same."""

    __slots__ = ()
