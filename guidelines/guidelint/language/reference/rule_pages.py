"""Explanations of rules: for the terminal, and as the pages of the reference."""

from __future__ import annotations

import sys
from pathlib import Path

from guidelint.rules.catalogue import catalogue
from guidelint.validation.documentation.markdown import pages
from guidelint.validation.documentation.plain import plain
from guidelint.validation.documentation.rule_text import rule_text

FOLDER = Path("docs/reference/rules")


def explain(rule_id: str) -> str:
    """Explain a rule in plain text. Raises KeyError when there is no such rule."""
    return plain(rule_text(catalogue()[rule_id]))


def write_pages(folder: Path) -> None:
    """Write the page of every rule and the index, and remove pages of rules that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages(catalogue())
    for stale in folder.glob("*.md"):
        if stale.name not in wanted:
            stale.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
