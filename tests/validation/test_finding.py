"""Messages: digits, evidence, ids."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import inf, nextafter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidelint.annotation.refs import task_ref
from guidelint.validation.judging.finding import Finding, Of, brief, finding_id
from guidelint.validation.judging.reader_names import with_names
from guidelint.validation.judging.verdict import Verdict
from guidelint.validation.rule.evidence import Evidence, Quantity
from guidelint.validation.rule.gathering import GatheringRule
from guidelint.validation.rule.says import render
from guidelint.validation.rule.several import Several, split
from guidelint.validation.rule.subject import Subject


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


def test_a_finding_on_many_is_told_by_what_they_have_in_common() -> None:
    one = finding_id("rule", "subject", Of("task 1", "ann"), "clause", "kind")
    others = (Of("task 2", "ann"), Of("task 1", "bob"), Of("task 1ann", ""), ())
    assert one not in {finding_id("rule", "subject", what, "clause", "kind") for what in others}


def several(count: int) -> Finding:
    found = Several()
    for number in range(count, 0, -1):
        found.add(task_ref(str(number)), str(number))
    told = GatheringRule.departs_by_each("kind", found, count=found.count)
    return Finding(
        "f", "r", "kind", "departs", "error", (), "", found.refs, {}, "c", count=told.count, members=told.members
    )


def test_what_is_stored_of_a_finding_on_many_lists_fewer_and_counts_all() -> None:
    whole = several(1500)
    assert (len(whole.regions), whole.unlisted, len(split(whole.members))) == (1000, 500, 1500)
    kept = brief(whole)
    assert (len(kept.regions), kept.unlisted, kept.members) == (100, 1400, b"")
    assert [region.task for region in kept.regions] == [str(number) for number in range(1, 101)]
    assert msgspec.json.decode(msgspec.json.encode(whole), type=Finding) == whole


def test_names_are_put_where_ids_stand_and_nowhere_else() -> None:
    evidence: dict[str, Evidence] = {"who": ("2", "ann", "3"), "count": 2}
    parts = render("{who} have {count}", evidence)
    verdict = Verdict(
        Subject("task"), "g", "d", "e", (replace(several(1), parts=parts, evidence=evidence),), "returned"
    )
    assert verdict.findings[0].message == "annotator 2, ann and annotator 3 have 2"
    named = with_names(verdict, {"2": "Bo Li", "9": "nobody"})
    assert named.findings[0].message == "Bo Li, ann and annotator 3 have 2"
    assert with_names(named, {}).findings[0].message == "Bo Li, ann and annotator 3 have 2"
    assert (named.findings[0].id, named.findings[0].evidence) == (verdict.findings[0].id, evidence)
