"""Contradictions between the parts of a guideline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.claimed_names import claimed_twice
from guidelint.language.lint.no_effect import meaningless
from guidelint.language.lint.unknown_names import lead_nowhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenBody
    from guidelint.language.lint.flaw import Flaw
    from guidelint.language.text.tree import Node


def flaws(written: WrittenBody, root: Node) -> Iterator[Flaw]:
    """Find names that lead nowhere, names claimed twice, and words without effect.

    ``written`` may lack parts that could not be read; ``root`` is the whole file, so that a name is known even where
    the part it names is broken.
    """
    yield from lead_nowhere(written, root)
    yield from claimed_twice(written)
    yield from meaningless(written, root)
