"""Every case of every rule, at and beside each limit, holds on each set of kernels that is installed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from tests.rules.changed import changed_files, is_wanted

from guidelint.geometry.kernels.choice import KernelSet, installed, using

if TYPE_CHECKING:
    from collections.abc import Generator

    from guidelint.validation.rule.rule import Rule


@pytest.fixture(scope="module", params=installed())
def kernels(request: pytest.FixtureRequest) -> Generator[KernelSet]:
    with using(request.param):
        yield request.param


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the mutants of rules that are not changed, unless those of all are asked for."""
    changed = changed_files(Path(__file__).parent)
    left_out = [item for item in items if _has_mutants(item) and not is_wanted(_rule(item), changed)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _has_mutants(item: pytest.Item) -> bool:
    return item.get_closest_marker("mutants") is not None


def _rule(item: pytest.Item) -> type[Rule]:
    assert isinstance(item, pytest.Function)
    return cast("type[Rule]", item.callspec.params["rule"])
