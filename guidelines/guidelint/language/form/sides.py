"""Which answers to a question say a side of the patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.form.written import WrittenAttribute, WrittenClass
    from guidelint.validation.rule.parameters.naming import Side


def says_side(
    side: Side, name: str, question: WrittenAttribute, classes: Mapping[str, WrittenClass]
) -> tuple[str, ...]:
    """List the options that classes name for a side whose `laterality` is asked there, else the one called so."""
    asked = [part.laterality for part in classes.values() if part.laterality and part.laterality.asked_in == name]
    named = tuple(dict.fromkeys(option for one in asked for option in getattr(one, side)))
    return named or ((side,) if side in question.options else ())
