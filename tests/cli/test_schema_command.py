from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.delivery_file import run

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize(
    ("options", "page"), [((), "guideline.schema.json"), (("--plan",), "plan.schema.json")], ids=["guideline", "plan"]
)
def test_what_it_prints_is_the_schema_of_the_reference(options: tuple[str, ...], page: str) -> None:
    result = run("schema", *options)
    assert result.exit_code == 0
    assert result.stdout == (REFERENCE / page).read_text(encoding="utf-8")
