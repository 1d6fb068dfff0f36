"""Contributions kept in a file are those that were kept in memory, in the same groups and order."""

from __future__ import annotations

from contextlib import closing
from math import inf, isnan, nan
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidelint.annotation.region_ref import RegionRef
from guidelint.checking.kept.kept import Kept
from guidelint.validation.judging.contributions import Group, Put, Row, RuleFault
from guidelint.validation.rule.gathering import Gathered, Unknown
from guidelint.validation.rule.subject import Subject
from guidelint.validation.scopes.object import SliceMeasure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.validation.rule.gathering import Contributed

NO_LEAST: Mapping[str, int] = {}
TYPES: dict[str, type] = {"sizes": SliceMeasure, "counts": int}


def measure(value: float) -> SliceMeasure:
    return SliceMeasure("r1", "Region 1", "lesion", 1, "t", "a", 1, tool="brush", values=(value,))


def rows(task: str, annotation: str) -> st.SearchStrategy[tuple[Row, ...]]:
    subjects = st.builds(Subject, st.sampled_from(("series", "task")), name=st.sampled_from(("", "p", "pq")))
    groups = st.sampled_from(("", "a", "b"))
    problems = st.one_of(
        st.builds(Unknown, st.just("why"), st.just((RegionRef("r", "R", "c", 1),)), groups),
        st.builds(RuleFault, st.just("ZeroDivisionError: x"), groups),
    )
    sizes = st.builds(Gathered, st.floats(0, 9).map(measure), groups)
    counts = st.builds(Gathered, st.integers(0, 9), groups)
    reader = st.sampled_from((None, "ann"))

    def under(check: str, content: st.SearchStrategy[Any]) -> st.SearchStrategy[Row]:
        texts = st.just(check), st.just(task), st.just(annotation)
        return st.builds(Row, subjects, *texts, reader, st.one_of(content, problems))

    one = st.one_of(under("sizes", sizes), under("counts", counts))
    return st.lists(one, max_size=4).map(tuple)


puts = st.lists(
    st.tuples(st.sampled_from("12"), st.sampled_from(("", "x", "y")), st.sampled_from("12")).flatmap(
        lambda key: rows(*key[:2]).map(lambda made: Put(*key, made))
    ),
    max_size=8,
)


Read = tuple[Group, tuple["Contributed[Any]", ...]]


def kept(given_puts: Sequence[Put], few: int, least: Mapping[str, int] = NO_LEAST) -> list[tuple[Subject, list[Read]]]:
    with closing(Kept(TYPES, few)) as store:
        for put in given_puts:
            store.put(put)
        found = store.subjects(least)
        return [(subject, [(group, tuple(group.contributions)) for group in groups]) for subject, groups in found]


def told(subjects: list[tuple[Subject, list[Read]]]) -> list[object]:
    return [
        (subject, [(group.subject, group.check, group.name, group.untold, read) for group, read in groups])
        for subject, groups in subjects
    ]


@given(puts, st.dictionaries(st.sampled_from(("sizes", "counts")), st.integers(2, 3)), st.integers(1, 4))
def test_a_file_gives_what_memory_gives(made: list[Put], least: dict[str, int], at_once: int) -> None:
    with patch("guidelint.checking.kept.kept_file.AT_ONCE", at_once):
        assert told(kept(made, 1_000, least)) == told(kept(made, -1, least))


@given(puts, st.integers(2, 3))
def test_what_is_too_small_to_be_compared_is_left_out_unless_it_cannot_be_told(made: list[Put], least: int) -> None:
    compared = [group for _, groups in kept(made, -1, {"counts": least}) for group in groups]
    for group, read in (group for _, groups in kept(made, -1) for group in groups):
        sources = {(one.task, one.annotation) for one in read}
        is_left_out = group.check == "counts" and len(sources) < least and not group.untold
        assert (group in [one for one, _ in compared]) is not is_left_out


def test_a_group_in_a_file_is_a_sequence() -> None:
    subject = Subject("series", series="1")
    made = [Put(str(n), "a", "", (Row(subject, "counts", str(n), "a", None, Gathered(n)),)) for n in range(5)]
    with closing(Kept(TYPES, 0)) as store, patch("guidelint.checking.kept.kept_file.AT_ONCE", 2):
        for put in made:
            store.put(put)
        _, groups = next(store.subjects({}))
        (group,) = groups
        read = tuple(group.contributions)
        assert [one.value for one in read] == [0, 1, 2, 3, 4]
        assert len(group.contributions) == 5
        assert (group.contributions[1], group.contributions[-1]) == (read[1], read[4])
        assert tuple(group.contributions[1:3]) == read[1:3]
        for beyond in (5, -6):
            with pytest.raises(IndexError):
                group.contributions[beyond]


def test_no_number_is_lost() -> None:
    subject = Subject("series", series="1")
    made = [Put("t", "a", "", (Row(subject, "sizes", "t", "a", None, Gathered(measure(n))),)) for n in (nan, inf)]
    values = [read[0].value.values[0] for put in made for _, groups in kept([put], -1) for _, read in groups]
    assert isnan(values[0])
    assert values[1] == inf
