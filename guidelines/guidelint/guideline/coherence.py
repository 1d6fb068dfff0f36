"""Contradictions between the parts of a guideline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.guideline.claims import claimed_twice
from guidelint.guideline.meaning import meaningless
from guidelint.guideline.references import lead_nowhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.guideline.flaw import Flaw
    from guidelint.guideline.tree import Node
    from guidelint.guideline.written import WrittenBody


def flaws(written: WrittenBody, root: Node) -> Iterator[Flaw]:
    """Find names that lead nowhere, names claimed twice, and words without effect.

    ``written`` may lack parts that could not be read; ``root`` is the whole file, so that a name is known even where
    the part it names is broken.
    """
    yield from lead_nowhere(written, root)
    yield from claimed_twice(written)
    yield from meaningless(written, root)
