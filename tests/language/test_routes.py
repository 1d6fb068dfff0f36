"""What a guideline says of routes: what is done follows from what is written, and old guidelines mean what they did."""

from __future__ import annotations

import json

import pytest

from guidelint.labelstudio.instructions.rules import rules
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.plan import Plan, Route
from guidelint.validation.judging.route_words import taken_by

GUIDELINE = """\
guidelint: 1
guideline: lesions
version: 1.0.0
title: Lesions
summary: Marks lesions.
classes:
  lesion: {title: Lesion, definition: A lesion., draw: polygon}
empty_reading: {means: There is none.}
escalation:
  routes:
    senior: {who: Senior reader%s}
  when:
    large: {class: lesion, area-limits: {max_mm2: 500}, to: senior}
instructions: Draw.
"""


def plan(route: str) -> Plan:
    return compile_plan(load(GUIDELINE % route), catalogue())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", Route(who="Senior reader", readers=2)),
        (", readers: 1", Route(who="Senior reader", readers=1)),
        (", person: a@b.org", Route(who="Senior reader", readers=1, persons=("a@b.org",))),
        (
            ", person: [c@d.org, a@b.org], readers: 3",
            Route(who="Senior reader", readers=3, persons=("a@b.org", "c@d.org")),
        ),
        (", message: Wait.", Route(who="Senior reader", readers=1, message="Wait.")),
        (", hold: true, person: a@b.org", Route(who="Senior reader", readers=1, hold=True, persons=("a@b.org",))),
    ],
)
def test_what_is_done_follows_from_what_is_written(written: str, meant: Route) -> None:
    compiled = plan(written)
    assert compiled.routes["senior"] == meant
    assert Plan.from_json(compiled.to_json(), catalogue()) == compiled


def test_a_route_as_it_was_is_written_as_it_was() -> None:
    """So the digests of plans with such routes are those of before."""
    assert json.loads(plan("").to_json())["routes"] == {
        "senior": {"who": "Senior reader", "within_hours": None, "readers": 2}
    }


def test_a_message_is_wording_and_a_hold_is_meaning() -> None:
    said, otherwise = plan(", readers: 1, message: Wait."), plan(", readers: 1, message: Please wait.")
    assert said.digest == otherwise.digest == plan(", readers: 1").digest
    assert plan(", person: a@b.org").digest != plan(", person: a@b.org, hold: true").digest


@pytest.mark.parametrize(
    ("route", "words"),
    [
        (Route(who="Reader"), "Reader (another reading, 2 in all)"),
        (Route(who="Chief", readers=1, within_hours=0.5), "Chief (looks at it, within 30 min)"),
        (
            Route(who="Chief", readers=1, persons=("a@b.org", "c@d.org"), hold=True, message="Wait  there."),
            "Chief (asks a@b.org or c@d.org, held until then, says “Wait there.”)",
        ),
    ],
)
def test_what_a_route_asks_for_is_said_in_words(route: Route, words: str) -> None:
    assert taken_by("name", route) == words


def test_annotators_read_what_is_done() -> None:
    guideline = load(GUIDELINE % ", within_hours: 24, hold: true, person: a@b.org, message: Phone 4711")
    (told,) = (one for one in rules(guideline) if one.place.startswith("Escalation"))
    assert told.words.endswith(
        "Senior reader (a@b.org), within 24\N{NO-BREAK SPACE}hours. Until then the task is held, and nobody is to work "
        "on it. What to do: Phone 4711."
    )
