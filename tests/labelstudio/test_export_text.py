"""Places in the text of a task, against a text put together piece by piece."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidelint.annotation.decoding.files.text_point import Point, count_characters
from guidelint.labelstudio.exports.text import TaskText

if TYPE_CHECKING:
    from guidelint.annotation.decoding.files.text_point import Span

TRICKY = st.text(st.sampled_from('"\\{}[],:\n\r\tna é€😀\u2028'), max_size=6)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | TRICKY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TRICKY, inner, max_size=3),
    max_leaves=6,
)
ITEM = st.dictionaries(TRICKY | st.sampled_from(["result", "annotations", "value"]), JSON, max_size=3)
ANNOTATION = st.tuples(st.dictionaries(TRICKY, JSON, max_size=2), st.lists(ITEM, max_size=3))
SPACES = st.text(st.sampled_from(" \n\t\r"), max_size=3)


@st.composite
def spaced(draw: st.DrawFn, *, ascii_only: bool) -> str:
    """Draw a task as JSON text with any spacing, each annotation and item marked with its own name."""
    gap = draw(SPACES)
    indent = draw(st.sampled_from([None, 0, 2, "\t"]))
    separators = draw(st.sampled_from([(",", ":"), (", ", ": "), (f",{gap}", f"{gap}:{gap}")]))
    annotations = [
        {**more, "result": [{**item, "id": f"{a}.{i}"} for i, item in enumerate(items, 1)], "id": a}
        for a, (more, items) in enumerate(draw(st.lists(ANNOTATION, max_size=3)), 1)
    ]
    before, after = (draw(st.dictionaries(TRICKY, JSON, max_size=2)) for _ in range(2))
    task = {**before, "annotations": annotations, **after}
    return json.dumps(task, indent=indent, separators=separators, ensure_ascii=ascii_only)


def shown(text: str, span: Span) -> str:
    return text.encode()[span.start.byte : span.end.byte].decode()


@settings(deadline=None)
@given(st.booleans().flatmap(lambda ascii_only: spaced(ascii_only=ascii_only)))
def test_every_item_and_annotation_is_found_whatever_the_spacing(text: str) -> None:
    found = TaskText(text.encode(), Point())
    for a, annotation in enumerate(json.loads(text)["annotations"], 1):
        assert repr(json.loads(shown(text, found.span(a)))) == repr(annotation)
        for i, item in enumerate(annotation["result"], 1):
            assert repr(json.loads(shown(text, found.span(a, i)))) == repr(item)
            assert found.item_named(a, f"{a}.{i}") == i
    assert shown(text, found.span()) == text


@settings(deadline=None)
@given(st.text(st.sampled_from('ab\n\ré€😀"'), max_size=20), st.data())
def test_points_count_code_points_and_lines(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text.encode())))
    point = Point().after(text.encode()[:cut]).after(text.encode()[cut:])
    last_line = text.rsplit("\n", maxsplit=1)[-1]
    assert point == Point(len(text.encode()), len(text), 1 + text.count("\n"), len(last_line) + 1)
    assert count_characters(text.encode()) == len(text)


def test_places_are_told_in_any_order() -> None:
    text = '{"annotations":\n[{"result": [{"id": "é"},\n {"id": "b"}]}, {"result": []}]}'
    found = TaskText(text.encode(), Point(100, 90, 7, 5))
    last, first = found.span(2), found.span(1, 1)
    assert (last.start.line, first.start) == (9, Point(129, 119, 8, 14))
    assert (first.end.byte, first.end.character) == (129 + len('{"id": "é"}'.encode()), 119 + len('{"id": "é"}'))
    assert found.span(2) == last
    assert found.span(1, 2).start.line == 9


@pytest.mark.parametrize(
    ("annotation", "item", "meant"),
    [
        (1, 3, '{"result": [7, 8], "x": NaN}'),
        (2, 1, '{"result": "none"}'),
        (3, 1, "null"),
        (4, 1, '{"annotations": [{"result": [7, 8], "x": NaN}, {"result": "none"}, null], "y": -Infinity}'),
    ],
)
def test_what_cannot_be_told_is_the_place_of_what_surrounds_it(annotation: int, item: int, meant: str) -> None:
    text = '{"annotations": [{"result": [7, 8], "x": NaN}, {"result": "none"}, null], "y": -Infinity}'
    assert shown(text, TaskText(text.encode(), Point()).span(annotation, item)) == meant


def test_a_record_may_be_one_annotation_with_its_task_inside() -> None:
    text = '{"id": 1, "result": [{"id": "a"}, {"id": "b"}], "task": {"id": 2, "data": {}}}'
    found = TaskText(text.encode(), Point())
    assert (shown(text, found.span(1)), shown(text, found.span(1, 2))) == (text, '{"id": "b"}')


def test_a_text_that_is_no_json_has_a_place_of_its_own() -> None:
    text = '{"annotations": [{"result": [}'
    assert shown(text, TaskText(text.encode(), Point()).span(1, 1)) == text
