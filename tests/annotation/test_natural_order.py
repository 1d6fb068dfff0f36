"""Names in the order in which people look for them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guidelint.annotation.natural_order import as_named, natural


def test_numbers_stand_by_their_size_wherever_in_a_name_they_are() -> None:
    names = ["10", "2", "1", "task-10", "task-9", "a/2/10.png", "a/10/1.png", "a/2/9.png", "", "1 of project 8"]
    assert sorted(names, key=natural) == [
        "",
        "1",
        "1 of project 8",
        "2",
        "10",
        "a/2/9.png",
        "a/2/10.png",
        "a/10/1.png",
        "task-9",
        "task-10",
    ]


@given(st.text(alphabet="0123456789ab:-²") | st.text() | st.integers(min_value=10**98, max_value=10**102).map(str))
def test_no_name_is_lost(name: str) -> None:
    assert as_named(natural(name)) == name


@given(st.lists(st.integers(min_value=0), unique=True))
def test_whole_numbers_sort_as_numbers(numbers: list[int]) -> None:
    assert sorted(map(str, numbers), key=natural) == list(map(str, sorted(numbers)))
