"""What import-linter is told of: every package there is, so that a new one is held to the same."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import guidelint
from guidelint.rules.catalogue import rule_modules

ROOT = Path(__file__).parents[2]
PACKAGES = {
    f"guidelint.{marker.parent.name}" for root in guidelint.__path__ for marker in Path(root).glob("*/__init__.py")
}
LINTER: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CONTRACTS: dict[str, dict[str, Any]] = {contract["type"]: contract for contract in LINTER["contracts"]}


def test_every_package_is_looked_at() -> None:
    assert set(LINTER["root_packages"]) == PACKAGES


def test_every_package_has_its_layer() -> None:
    layers = [name for layer in CONTRACTS["layers"]["layers"] for name in layer.replace("|", " ").split()]
    assert sorted(layers) == sorted(PACKAGES)
    assert CONTRACTS["layers"]["name"].endswith(": " + ", ".join(name.partition(".")[2] for name in layers))


def test_no_package_may_have_a_circle() -> None:
    contract = CONTRACTS["acyclic_siblings"]
    assert set(contract["ancestors"]) == PACKAGES
    assert not {"ignore_imports", "skip_descendants", "depth"} & set(contract)


def test_every_rule_is_held_apart_from_the_others() -> None:
    assert CONTRACTS["independence"]["modules"] == ["guidelint.rules.*.*"]
    assert {name.count(".") for name in rule_modules()} == {3}
