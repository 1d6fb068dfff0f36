"""Texts become trees in which every key and value knows its place, and stay what the author wrote."""

from __future__ import annotations

import pytest

from guidelint.language.text.parse import parse
from guidelint.language.text.scalar import Scalar, scalar_of
from guidelint.language.text.span import Span
from guidelint.language.text.tree import edited, key_span, keys_at, node_at, plain, value_span


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("off", "off"),
        ("yes", "yes"),
        ("Yes", "Yes"),
        ("True", "True"),
        ("NULL", "NULL"),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2024-01-31", "2024-01-31"),
        ("1.0.0", "1.0.0"),
        ("+1", "+1"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("9" * 30, "9" * 30),
        ("-", "-"),
        (".", "."),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-7", -7),
        ("1.10", 1.1),
        ("1.", 1.0),
        (".5", 0.5),
        ("-2.5e-3", -0.0025),
        ("3E2", 300.0),
    ],
)
def test_words_are_read_as_yaml_1_2_reads_them(written: str, value: Scalar) -> None:
    assert scalar_of(written) == value
    assert type(scalar_of(written)) is type(value)


def test_quotes_make_text() -> None:
    root = parse("a: '1'\nb: \"true\"\nc: |\n  2\n").root
    assert root is not None
    assert plain(root) == {"a": "1", "b": "true", "c": "2\n"}


def test_keys_and_values_know_their_places() -> None:
    root = parse("a:\n  b: [1, 'two ≥', {c: x}]\n").root
    assert root is not None
    assert key_span(root, ("a", "b")) == Span(1, 2, 1, 3)
    assert value_span(root, ("a", "b", 1)) == Span(1, 9, 1, 16)
    assert key_span(root, ("a", "b", 2, "c")) == Span(1, 19, 1, 20)
    assert value_span(root, ("a", "b", 2, "c", "deeper", 7)) == Span(1, 22, 1, 23)
    assert keys_at(root, ("a",)) == ("b",)
    assert node_at(root, ("a", "z")) is None


def test_a_byte_order_mark_moves_nothing() -> None:
    root = parse("\ufeffa: b").root
    assert root is not None
    assert value_span(root, ("a",)) == Span(0, 3, 0, 4)


def test_a_tree_is_edited_at_many_places_at_once() -> None:
    root = parse("a: [1, 2, 3]\nb: {c: d, e: f}\n").root
    assert root is not None
    other = parse("new").root
    changed = edited(root, {("a", 1): None, ("a", 2): other, ("b", "c"): None, ("z", 0): None})
    assert plain(changed) == {"a": (1, "new"), "b": {"e": "f"}}
    assert plain(root) == {"a": (1, 2, 3), "b": {"c": "d", "e": "f"}}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: &x 1", "alias", 1, 4),
        ("a: *x", "alias", 1, 4),
        ("a: !!int 1", "tag", 1, 4),
        ("a: 1\nb: 2\na: 3", "duplicate-key", 3, 1),
        ("a: {b: 1, b: 2}", "duplicate-key", 1, 11),
        ("? [x]\n: 1", "not-yaml", 1, 3),
        ("a: b: c", "not-yaml", 1, 5),
        ("a: [1\nb: 2", "not-yaml", 1, 4),
        ("a: 'x", "not-yaml", 1, 4),
        ("a: @x", "not-yaml", 1, 4),
        ("\ta: 1", "not-yaml", 1, 1),
        ("a\n---\nb", "not-yaml", 2, 1),
        ("a: \x07", "not-yaml", 1, 4),
        ("", "empty-file", 1, 1),
        ("# only a comment", "empty-file", 1, 1),
    ],
)
def test_what_guidelines_do_not_have_is_told_with_its_place(text: str, code: str, line: int, column: int) -> None:
    found = parse(text).problems
    assert [(problem.code, problem.line, problem.column) for problem in found] == [(code, line, column)]


def test_several_problems_of_one_text_are_told_at_once() -> None:
    assert [problem.code for problem in parse("a: &x 1\nb: *x\nb: !t 2").problems] == [
        "alias",
        "alias",
        "duplicate-key",
        "tag",
    ]
