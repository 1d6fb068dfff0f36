"""What else people call a key."""

from __future__ import annotations

from guidelint.validation.rule.parameters.meaning import Meaning


class AlsoCalled(Meaning):
    """Other words that people write for a key, which is then named to them."""

    __slots__ = ("_others",)

    def __init__(self, *others: str) -> None:
        self._others = others

    @property
    def other_words(self) -> tuple[str, ...]:
        """As they are given."""
        return self._others
