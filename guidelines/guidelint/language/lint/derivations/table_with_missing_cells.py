"""A table has no cell for a pair of answers, or names an option that is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.suggest import did_you_mean
from guidelint.validation.rule.wording import first_few

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.language.form.derive import Table
    from guidelint.language.lint.derivations.derived import Following
    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the cells with the options of the two questions, and of the one that follows."""
    for one in following(draft):
        table = one.derive.table
        if table is None:
            continue
        rows, columns = (draft.written.attributes.get(name) for name in (table.rows, table.columns))
        if rows is not None and columns is not None:
            yield from _of_table(one, table, tuple(rows.options), tuple(columns.options))


def _of_table(one: Following, table: Table, rows: tuple[str, ...], columns: tuple[str, ...]) -> Iterator[Flaw]:
    path = (*one.path, "table", "cells")
    for row, cells in table.cells.items():
        yield from _unknown(row, rows, table.rows, (*path, row), at_key=True)
        for column, found in cells.items():
            yield from _unknown(column, columns, table.columns, (*path, row, column), at_key=True)
            yield from _unknown(found, one.question.options, one.name, (*path, row, column), at_key=False)
    missing = [
        f"`{row}` and `{column}`" for row in rows for column in columns if column not in table.cells.get(row, {})
    ]
    if missing:
        message = f"the table has no cell for {first_few(missing, len(missing))}"
        yield Flaw(message, path, "Say for every pair of answers what follows.", "key")


def _unknown(name: str, options: Iterable[str], question: str, path: KeyPath, *, at_key: bool) -> Iterator[Flaw]:
    if name not in options:
        message = f"`{name}` is no option of `{question}`"
        yield Flaw(message, path, did_you_mean(name, options), "key" if at_key else "value")


LINT = Lint(
    code="table-with-missing-cells",
    means="A table has no cell for a pair of answers, or names an option that is none.",
    why="Whoever gives those two answers cannot be told what follows, and their work stays unverified.",
    wrong="""\
attributes:
  first: {title: First, of: image, choose_one: {a: Pattern A, b: Pattern B}, required: true}
  second: {title: Second, of: image, choose_one: {a: Pattern A, b: Pattern B}, required: true}
  group:
    title: Group
    of: image
    choose_one: {low: Low, high: High}
    derive: {table: {rows: first, columns: second, cells: {a: {a: low, b: high}, b: {b: high}}}}
""",
    right="""\
attributes:
  first: {title: First, of: image, choose_one: {a: Pattern A, b: Pattern B}, required: true}
  second: {title: Second, of: image, choose_one: {a: Pattern A, b: Pattern B}, required: true}
  group:
    title: Group
    of: image
    choose_one: {low: Low, high: High}
    derive: {table: {rows: first, columns: second, cells: {a: {a: low, b: high}, b: {a: high, b: high}}}}
""",
    find=find,
)
