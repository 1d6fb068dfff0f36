"""What hostile inputs come to, decided once for all tests of a part, and the tests that every part has."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import ClassVar

import pytest
from tests.geometry.hostile import MEBI, MOST_BYTES, PARTS, Decided, decided_with

from guidelint.geometry.kernels.choice import KernelSet, installed

if not Path("/proc/self/clear_refs").exists():
    pytest.skip("memory is measured where Linux tells it (/proc)", allow_module_level=True)


def _names(part: str) -> list[str]:
    """Name the cases of a part."""
    return [name for given in PARTS[part]() for name in given.acts]


@cache
def decided(part: str) -> dict[KernelSet, dict[str, Decided]]:
    """Run the cases of a part with the first set of kernels, and with others those that ask which are to run."""
    first, *others = installed()
    found = decided_with(first, _names(part))
    chose = [name for name, one in found.items() if one.chose]
    return {first: found, **{each: {**found, **(decided_with(each, chose) if chose else {})} for each in others}}


class Hostile:
    """Tests of a part, to be inherited in a file of its own."""

    part: ClassVar[str]
    accepted: ClassVar[tuple[str, ...]]
    """Cases that are large but sound."""

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Give each test the cases that it is about."""
        asked = {"name": _names(self.part), "sound": self.accepted}
        for argument in asked.keys() & metafunc.fixturenames:
            metafunc.parametrize(argument, asked[argument])

    def test_a_hostile_case_comes_to_an_end_in_little_memory(self, name: str, kernels: KernelSet) -> None:
        one = decided(self.part)[kernels][name]
        assert not one.said.startswith("crashed"), one.said
        assert one.peak_bytes <= MOST_BYTES, f"{one.peak_bytes / MEBI:.0f} MiB"

    def test_what_is_large_but_sound_is_not_refused(self, sound: str, kernels: KernelSet) -> None:
        assert not decided(self.part)[kernels][sound].said.startswith("refused")
