"""Every example of the page about Python is run, from the first to the last, and prints what the page says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.checking.crew import instead_of_processes

if TYPE_CHECKING:
    import pytest

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
EXAMPLE = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


def test_every_example_of_the_page_prints_what_stands_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    instead_of_processes(monkeypatch)  # real ones are started once, by the tests of `jobs`
    text = PAGE.read_text(encoding="utf-8")
    examples = EXAMPLE.findall(text)
    assert len(examples) == text.count("```python") > 5
    names: dict[str, object] = {}
    for source, printed in examples:
        exec(compile(source, PAGE.name, "exec"), names)  # noqa: S102 - our own text
        assert capsys.readouterr().out == printed, source
