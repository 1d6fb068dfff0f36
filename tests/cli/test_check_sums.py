"""Of every mixed delivery each record and annotation is counted once, whatever it is, and in every format."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from itertools import chain, pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.delivery_file import GUIDELINE, Json, region
from tests.examples import examples
from typer.testing import CliRunner

from guidelint.cli.app import build_app
from guidelint.cli.render.format import Format

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer.testing import Result

DATA: Json = {"image": "a.png", "PixelSpacing": [1.0, 1.0]}
STATES = ("annotated", "skipped", "unannotated")


@dataclass(frozen=True, slots=True)
class Made:
    """A text of a record, and what must be counted of it."""

    text: str
    counted: Counter[str]


SOUND = region()
OUTSIDE = region([[90.0, 10.0], [140.0, 10.0], [140.0, 20.0]])
ANNOTATIONS: tuple[tuple[str, Json], ...] = (
    ("accepted", {"result": SOUND}),
    ("accepted", {"result": []}),
    ("accepted", {"result": SOUND, "id": None, "lead_time": "long", "completed_by": None}),
    ("accepted", {"result": SOUND, "id": "eleven", "was_cancelled": 0}),
    ("returned", {"result": OUTSIDE}),
    ("returned", {"result": [None, *SOUND]}),
    ("escalated", {"result": region(rating=3)}),
    ("unverified", {"result": SOUND, "was_cancelled": "perhaps"}),
    ("skipped", {"result": [], "was_cancelled": True}),
    ("skipped", {"result": OUTSIDE, "was_cancelled": 1}),
    ("unreadable", {"result": None}),
    ("unreadable", {"result": {"0": SOUND}}),
    ("unreadable", {"id": 4}),
)
BESIDES: tuple[Json, ...] = (
    {},
    {"drafts": [{"result": SOUND}]},
    {"predictions": [{"result": SOUND}]},
    {"drafts": [{"result": SOUND}], "predictions": [{"result": OUTSIDE}]},
)
STRAY = "null, 7"
"""What is no object at all: however much of it stands between two tasks, it counts as one record."""
UNREADABLE = (
    '{"id": 9, annotations: []}',
    '{"id": 9, "data": {"image": "a.png"}, "annotations": {}}',
    STRAY,
    json.dumps({"id": 9, "data": DATA, "completions": [{"id": 1, "result": OUTSIDE}]}),
    json.dumps({"id": 9, "data": DATA, "result": OUTSIDE}),
    json.dumps({"id": 9, "data": DATA, "total_annotations": 2}),
    json.dumps({"id": 9, "annotation_id": 2, "annotator": 3}),
)


def made_task(number: int, annotations: list[tuple[str, Json]], besides: Json) -> Made:
    """Make a task, and count what it is: the state of the task, and of each annotation."""
    listed = [{"id": number * 10 + n, "completed_by": 100 + n, **body} for n, (_, body) in enumerate(annotations)]
    counted = Counter(decision for decision, _ in annotations)
    if not annotations:
        state = "unannotated"
        counted["drafts_only"] += "drafts" in besides
        counted["predictions_only"] += "predictions" in besides and "drafts" not in besides
    else:
        state = "skipped" if counted["skipped"] == len(annotations) else "annotated"
    counted[f"task {state}"] += 1
    return Made(json.dumps({"id": number, "data": DATA, "annotations": listed, **besides}), counted)


def unreadable(text: str) -> Made:
    """Make a record that is no task."""
    return Made(text, Counter(unreadable=1))


TASKS = st.builds(
    made_task, st.integers(1, 10**6), st.lists(st.sampled_from(ANNOTATIONS), max_size=4), st.sampled_from(BESIDES)
)
FIRST = made_task(1, [ANNOTATIONS[0]], {})
DELIVERIES = st.lists(st.one_of(TASKS, TASKS, st.sampled_from(UNREADABLE).map(unreadable)), max_size=8)


def counted(delivered: list[Made]) -> Counter[str]:
    """Count what is delivered."""
    neighbours = sum(one.text == other.text == STRAY for one, other in pairwise(delivered))
    return sum((record.counted for record in delivered), Counter[str]()) - Counter(unreadable=neighbours)


ADDITIVE = settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(records: Iterable[Made], name: Format) -> Result:
    """Check a delivery that begins with a task, so that it is an export."""
    text = "[" + ",\n".join(record.text for record in records) + "]"
    arguments = ["check", GUIDELINE, "-", "--format", name]
    return CliRunner().invoke(build_app(arguments), arguments, input=text.encode())


def summed(table: Json) -> int:
    """Count all that a table by annotator or class holds."""
    rows, rest = table["rows"], table["left_out"]
    assert isinstance(rows, list)
    assert isinstance(rest, dict)
    total: int = sum(row["total"] for row in rows) + rest["total"]
    return total


@ADDITIVE
@given(DELIVERIES)
def test_every_part_of_a_mixed_delivery_is_counted_once(records: list[Made]) -> None:
    delivered = [FIRST, *records]
    expected = counted(delivered)
    result = check(delivered, Format.JSON)
    found = json.loads(result.stdout)["statistics"]
    decided = found["annotations"]
    assert {state: found["tasks"][state] for state in STATES} == {state: expected[f"task {state}"] for state in STATES}
    assert found["tasks"]["total"] == sum(found["tasks"][state] for state in STATES)
    assert [found["tasks"][only] for only in ("drafts_only", "predictions_only")] == [
        expected["drafts_only"],
        expected["predictions_only"],
    ]
    assert decided == {decision: expected[decision] for decision in decided}
    assert found["unreadable"] == expected["unreadable"]
    assert summed(found["by_annotator"]) == sum(decided.values())
    clean = not (expected["returned"] or expected["escalated"] or expected["unverified"] or expected["unreadable"])
    assert result.exit_code == int(not clean)


@ADDITIVE
@given(DELIVERIES)
def test_every_register_shows_what_is_counted(records: list[Made]) -> None:
    delivered = [FIRST, *records]
    expected = counted(delivered)
    kinds = ("accepted", "returned", "escalated", "unverified", "skipped", "unreadable")
    wanted = {kind: expected[kind] for kind in kinds if expected[kind]}
    assert Counter(chain(*json_kinds(delivered))) == wanted
    assert csv_kinds(delivered) == wanted
    assert junit_cases(delivered) == sum(wanted.values())


def json_kinds(delivered: list[Made]) -> Iterable[list[str]]:
    """Give the kinds of the records of the documents, which are the same in both."""
    document = json.loads(check(delivered, Format.JSON).stdout)["records"]
    lines = [json.loads(line) for line in check(delivered, Format.JSONL).stdout.splitlines()]
    assert document == [line for line in lines if line["type"] in {"verdict", "unreadable"}]
    yield [record.get("decision", "unreadable") for record in document]


def csv_kinds(delivered: list[Made]) -> Counter[str]:
    """Count the kinds of the rows of a table, an annotation with several findings once."""
    rows = list(csv.DictReader(StringIO(check(delivered, Format.CSV).stdout)))
    verdicts = {(row["record"], row["annotation_number"]): row["decision"] for row in rows if row["decision"]}
    unread = sum(row["counts_as"] == "unreadable" for row in rows)
    return Counter(verdicts.values()) + Counter(unreadable=unread)


def junit_cases(delivered: list[Made]) -> int:
    """Count the test cases, as they say themselves."""
    root = ET.fromstring(check(delivered, Format.JUNIT).stdout)  # noqa: S314 - our own output
    cases = list(root.iter("testcase"))
    assert root.get("tests") in {None, str(len(cases))}
    return len(cases)
