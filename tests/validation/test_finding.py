"""Messages: digits, evidence, ids."""

from __future__ import annotations

from decimal import Decimal
from math import inf, nextafter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidelint.validation.judging.finding import finding_id
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.says import render


@pytest.mark.parametrize(
    ("measured", "limit", "text"),
    [
        (3.0, 4.0, "3 mm below 4 mm"),
        (2.96, 3.0, "2.96 mm below 3 mm"),
        (2.9996, 3.0, "2.9996 mm below 3 mm"),
        (0.959, 0.88, "0.96 mm below 0.88 mm"),
        (3.04, 3.05, "3.04 mm below 3.05 mm"),
        (99.96, 100.0, "99.96 mm below 100 mm"),
        (4.63, 1.0, "4.6 mm below 1 mm"),
        (0.04, 3.0, "0.04 mm below 3 mm"),
        (3.0, 3.0, "3 mm below 3 mm"),
        (2.99999999, 3.0, "2.99999999 mm below 3 mm"),
        (28.5, 100 * 0.29, "28.5 mm below 29 mm"),
        (inf, 3.0, "inf mm below 3 mm"),
    ],
)
def test_as_many_digits_as_it_takes_to_tell_two_numbers_apart(measured: float, limit: float, text: str) -> None:
    parts = render("{size} below {limit}", {"size": Quantity(measured, "mm"), "limit": Quantity(limit, "mm")})
    assert "".join(part.text for part in parts) == text


def test_numbers_of_another_unit_need_no_digits_of_their_own() -> None:
    evidence = {"size": Quantity(2.25, "mm"), "limit": Quantity(2.249, "mm"), "share": Quantity(12.34, "%")}
    assert "".join(part.text for part in render("{size} {share}", evidence)) == "2.25 mm 12.3 %"


def test_an_answer_is_shown_as_it_was_given() -> None:
    evidence = {"answer": Quantity(2.3456, "mm"), "limit": Quantity(2.0, "mm")}
    assert "".join(part.text for part in render("{answer} above {limit}", evidence)) == "2.3456 mm above 2 mm"


NUMBERS = st.floats(-1e6, 1e6) | st.decimals(-1000, 1000, places=2).map(float)


@given(NUMBERS, NUMBERS | st.floats(-1e-9, 1e-9))
def test_shown_numbers_lie_as_the_numbers_do(limit: float, apart: float) -> None:
    """Whatever departs from its limit looks as if it did, and what equals it looks equal."""
    for measured in (apart, limit + apart, limit, nextafter(limit, inf), nextafter(limit, -inf)):
        evidence = {"size": Quantity(measured, "mm"), "limit": Quantity(limit, "mm")}
        size, limited = (float(render("{" + name + "}", evidence)[0].text.removesuffix(" mm")) for name in evidence)
        assert (size < limited, size > limited) == (measured < limit, measured > limit)


@given(st.decimals(0, 1000, places=3))
def test_a_limit_is_shown_as_its_author_wrote_it(limit: Decimal) -> None:
    shown = render("{limit}", {"limit": Quantity(float(limit)), "size": Quantity(float(limit) / 3)})[0].text
    assert Decimal(shown) == limit
    assert len(shown) <= len(str(limit))


def test_evidence_is_told_from_the_words_around_it() -> None:
    parts = render("{count} of {name}", {"count": 2, "name": "discs"})
    assert [(part.text, part.is_evidence) for part in parts] == [("2", True), (" of ", False), ("discs", True)]


def test_a_sentence_over_evidence_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        render("{size}", {})


def test_an_id_depends_on_the_place_and_not_on_the_order_of_regions() -> None:
    a, b = ("1", "11", "a"), ("1", "11", "b")
    one = finding_id("rule", "subject", (a, b), "clause", "kind")
    assert one == finding_id("rule", "subject", (b, a), "clause", "kind")
    others = [((a,), "clause"), ((a, b), "other clause"), ((a, ("2", "11", "b")), "clause")]
    assert one not in {finding_id("rule", "subject", regions, clause, "kind") for regions, clause in others}


def test_an_id_tells_apart_what_runs_together_when_it_is_joined() -> None:
    regions = [(("1", "1/2", "3"),), (("1/1", "2", "3"),), (("1", "1", "2/3"),), (("1", "", "3"), ("1", "2", "3"))]
    assert len({finding_id("rule", "subject", keys, "clause", "kind") for keys in regions}) == len(regions)
    assert finding_id("a\x1fb", "c", (), "d", "e") != finding_id("a", "b\x1fc", (), "d", "e")
