"""What stands beside the bare type of a parameter and says what it is."""

from __future__ import annotations


class Meaning:
    """Says of a value what it is. Everything that is derived from a parameter reads it, and nothing its name."""

    __slots__ = ()

    @property
    def words(self) -> str:
        """What one value is, in words, e.g. ``length in mm``; empty where the bare type says enough."""
        return ""

    @property
    def other_words(self) -> tuple[str, ...]:
        """What people call a key with such a value, whatever its name is."""
        return ()
