"""YAML files that come with the package."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from guidelint.language.text.parse import parse
from guidelint.language.text.tree import as_json


def shipped(package: str, name: str) -> Any:
    """Read a file of a package as dictionaries, lists and scalars."""
    root = parse(files(package).joinpath(name).read_text("utf-8")).root
    return as_json(root) if root else {}
