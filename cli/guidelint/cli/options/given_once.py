"""An option that takes one value is given once: of two, the first would be left out without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from collections.abc import Iterable


class GivenOnce(TyperCommand):
    """A command that refuses two values where it takes one."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments. Raises BadParameter for an option that is given again."""
        if not ctx.resilient_parsing:
            _, _, given = self.make_parser(ctx).parse_args(args=list(args))
            _refuse_twice(given)
        return super().parse_args(ctx, args)


def _refuse_twice(given: Iterable[Any]) -> None:
    """Look at options in the order in which they stand on the line; one that takes several stands there as often."""
    seen = set[str]()
    for one in given:
        if one.param_type_name != "option" or one.multiple or one.is_flag:
            continue
        if one.name in seen:
            raise typer.BadParameter("it takes one value, and is given twice. Leave one of them out", param=one)
        seen.add(one.name)
