"""The notebook runs from its first cell to its last, and stands with what its cells give."""

from __future__ import annotations

import json

import pytest

from locks import ROOT
from notebooks import NOTEBOOK, executed, written

CHECKOUT = (ROOT / "docs").is_dir()


@pytest.mark.skipif(not CHECKOUT, reason="needs the documents of a checkout")
def test_every_cell_of_the_notebook_runs_and_gives_what_stands_below_it() -> None:
    """Tables are compared by `scripts/generate --check`, with the pandas that drew them."""
    kept = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    anew = executed(kept)
    assert anew["metadata"] == kept["metadata"]
    for cell, before in zip(anew["cells"], kept["cells"], strict=True):
        assert [shown(one) for one in cell.get("outputs", ())] == [shown(one) for one in before.get("outputs", ())]
    assert sum(bool(cell.get("outputs")) for cell in anew["cells"]) > 5
    assert json.loads(written(anew)) == anew


def shown(output: dict[str, object]) -> object:
    """Give what an output says, of a table that it is one."""
    data = output.get("data")
    return output.get("text") if not isinstance(data, dict) else data.get("text/plain", sorted(data))


def test_a_cell_gives_what_it_prints_and_what_its_last_line_is_worth() -> None:
    cells = [
        {"cell_type": "code", "source": ["one = 1\n", "print(one)"]},
        {"cell_type": "markdown", "source": ["text"]},
        {"cell_type": "code", "source": ["print('a')\n", "one + 1"]},
        {"cell_type": "code", "source": ["None"]},
    ]
    first, text, second, third = executed({"cells": cells})["cells"]
    assert first["outputs"] == [{"name": "stdout", "output_type": "stream", "text": ["1\n"]}]
    assert text == cells[1]
    assert [one["output_type"] for one in second["outputs"]] == ["stream", "execute_result"]
    assert second["outputs"][1]["data"] == {"text/plain": ["2"]}
    assert (third["outputs"], third["execution_count"]) == ([], 3)


def test_a_cell_that_fails_is_told() -> None:
    with pytest.raises(ZeroDivisionError):
        executed({"cells": [{"cell_type": "code", "source": ["1 / 0"]}]})
