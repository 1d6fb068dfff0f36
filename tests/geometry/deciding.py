"""What hostile inputs come to, decided once for all tests of a part."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from tests.geometry.hostile import MEBI, MOST_BYTES, PARTS, SHARED_MOST_S, Decided, decided_with

from guidelint.geometry.kernels.choice import KernelSet, installed

if not Path("/proc/self/clear_refs").exists():
    pytest.skip("memory is measured where Linux tells it (/proc)", allow_module_level=True)


def names(part: str) -> list[str]:
    """Name the cases of a part."""
    return [name for given in PARTS[part]() for name in given.acts]


@cache
def decided(part: str) -> dict[KernelSet, dict[str, Decided]]:
    """Run the cases of a part with the first set of kernels, and with others those that ask which are to run."""
    first, *others = installed()
    found = decided_with(first, names(part))
    chose = [name for name, one in found.items() if one.chose]
    return {first: found, **{each: {**found, **(decided_with(each, chose) if chose else {})} for each in others}}


def refuse_costly(one: Decided) -> None:
    """Fail where a case crashed, or took too much time or memory."""
    assert not one.said.startswith("crashed"), one.said
    assert one.peak_bytes <= MOST_BYTES, f"{one.peak_bytes / MEBI:.0f} MiB"
    assert one.seconds <= SHARED_MOST_S, f"{one.seconds:.2f} s of processor time"
