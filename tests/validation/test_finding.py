"""Messages: digits, evidence, ids."""

from __future__ import annotations

import pytest

from guidelint.validation.finding import Quantity, finding_id, render


@pytest.mark.parametrize(
    ("measured", "limit", "text"),
    [
        (3.0, 4.0, "3.0 mm below 4.0 mm"),
        (2.96, 3.0, "2.96 mm below 3.00 mm"),
        (2.9996, 3.0, "2.9996 mm below 3.0000 mm"),
        (0.04, 3.0, "0.04 mm below 3.00 mm"),
        (3.0, 3.0, "3.0 mm below 3.0 mm"),
        (2.99999999, 3.0, "3.000000 mm below 3.000000 mm"),
    ],
)
def test_as_many_digits_as_it_takes_to_tell_two_numbers_apart(measured: float, limit: float, text: str) -> None:
    parts = render("{size} below {limit}", {"size": Quantity(measured, "mm"), "limit": Quantity(limit, "mm")})
    assert "".join(part.text for part in parts) == text


def test_evidence_is_told_from_the_words_around_it() -> None:
    parts = render("{count} of {name}", {"count": 2, "name": "discs"})
    assert [(part.text, part.is_evidence) for part in parts] == [("2", True), (" of ", False), ("discs", True)]


def test_a_sentence_over_evidence_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        render("{size}", {})


def test_an_id_depends_on_the_place_and_not_on_the_order_of_regions() -> None:
    one = finding_id("rule", "subject", ("a", "b"), "clause", "kind")
    assert one == finding_id("rule", "subject", ("b", "a"), "clause", "kind")
    assert one != finding_id("rule", "subject", ("a",), "clause", "kind")
    assert one != finding_id("rule", "subject", ("a", "b"), "other clause", "kind")
