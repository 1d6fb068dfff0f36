"""The notebook docs/notebook.ipynb, with what its cells give: its sources are run, in order and in one process.

Whoever edits it edits its sources, in Jupyter or as JSON; `scripts/generate` fills in the outputs.
"""

from __future__ import annotations

import ast
import io
import json
import tempfile
from contextlib import chdir, redirect_stdout
from typing import TYPE_CHECKING, Any

from locks import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
Cell = dict[str, Any]


def notebook_page() -> str:
    """Give the notebook with fresh outputs, stable to the byte."""
    return written(executed(json.loads(NOTEBOOK.read_text(encoding="utf-8"))))


def written(notebook: Mapping[str, Any]) -> str:
    """Write a notebook as Jupyter does."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def executed(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Run all cells in a folder of their own, and put what each gives below it. A cell that fails ends it."""
    names: dict[str, object] = {}
    cells: list[Cell] = []
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for cell in notebook["cells"]:
            count = 1 + sum(map(_is_code, cells))
            given = {"execution_count": count, "outputs": _outputs(cell, names, count)} if _is_code(cell) else {}
            cells.append({**cell, **given})
    return {**notebook, "cells": cells}


def _is_code(cell: Cell) -> bool:
    return bool(cell["cell_type"] == "code")


def _outputs(cell: Cell, names: dict[str, object], count: int) -> list[dict[str, Any]]:
    """Run a cell; give what it prints, and what its last line is worth."""
    said = io.StringIO()
    with redirect_stdout(said):
        value = _value("".join(cell["source"]), names)
    printed = {"name": "stdout", "output_type": "stream", "text": _lines(said.getvalue())}
    shown = {"data": _data(value), "execution_count": count, "metadata": {}, "output_type": "execute_result"}
    return [*([printed] if said.getvalue() else []), *([shown] if value is not None else [])]


def _value(source: str, names: dict[str, object]) -> object:
    """Run a source; give the value of an expression that ends it."""
    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None  # type: ignore[attr-defined]  # the instance was looked at
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - our own text
    return None if last is None else eval(compile(last, "cell", "eval"), names)  # noqa: S307 - our own text


def _data(value: object) -> dict[str, list[str]]:
    """Show a value: in HTML where it can be, whose text would be as wide as the terminal; else as text."""
    html = getattr(value, "_repr_html_", None)
    return {"text/plain": _lines(repr(value))} if html is None else {"text/html": _lines(html())}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
