"""A decoder that is at fault costs one unread record, wherever it fails: the run goes on, and nothing is accepted."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import run

from guidelint.annotation.decoding.carried import EVERYTHING, Carried
from guidelint.annotation.decoding.decoder import Decoded, Opened, TaskRecord
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.submission import Submission
from guidelint.checking.delivery import Delivery
from guidelint.checking.input import formats
from guidelint.checking.record import Judged, TaskSeen, Unread
from guidelint.cli.render.format import Format, renderer
from guidelint.cli.render.renderer import Sheet
from guidelint.imaging.facts import ImageFacts
from guidelint.labelstudio.exports.decoder import DECODER as LABEL_STUDIO
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from guidelint.annotation.decoding.files.text_point import Point, Span
    from guidelint.validation.judging.plan import Plan

PLAN = compile_plan(load(with_part("delivery: {formats: coco}\n")), catalogue())
TAKES_NO_COCO = compile_plan(load(with_part("")), catalogue())
SLIP = ZeroDivisionError("a slip\nof its author")
FAULT = "That is a fault of guidelint, not of the file: please report it"


class _Text:
    """Fails on every place."""

    @property
    def start(self) -> Point:
        raise ZeroDivisionError

    def span(self, annotation: int = 0, item: int = 0) -> Span:
        raise LookupError(annotation, item)

    def item_named(self, annotation: int, name: str) -> int:
        raise LookupError(annotation, name)


@dataclass(frozen=True)
class _Failing:
    """Reads two tasks with two empty annotations each, and fails where it is told to."""

    at: str
    error: Exception = SLIP
    name: str = "coco"
    title: str = "a failing file"
    carries: frozenset[Carried] = EVERYTHING
    has_schema: bool = False
    has_legend: bool = False

    def fits(self, head: bytes) -> bool:
        self._fail("fits")
        return head.startswith(b"failing")

    def records(self, opened: Opened) -> Iterator[Decoded]:
        self._fail("opening")
        return self._records(with_text=opened.places)

    def _records(self, *, with_text: bool) -> Iterator[Decoded]:
        self._fail("the first record")
        for position in (1, 2):
            text = _Text() if with_text else None
            yield TaskRecord(position=position, task=f"t{position}", data={}, annotations=2, read=self._read, text=text)
            self._fail("the second record")

    def _read(self) -> Iterator[Submission | PayloadError]:
        self._fail("reading")
        return self._submissions()

    def _submissions(self) -> Iterator[Submission | PayloadError]:
        self._fail("the first annotation")
        yield _empty("1")
        self._fail("the second annotation")
        yield _empty("2")

    def _fail(self, here: str) -> None:
        if here == self.at:
            raise self.error


def _empty(annotation: str) -> Submission:
    return Submission(task="", annotation=annotation, annotator=None, image=ImageFacts(), regions=())


@pytest.fixture
def delivered(tmp_path: Path) -> list[Path]:
    """A file that fails, and one behind it that does not."""
    failing, sound = tmp_path / "failing.txt", tmp_path / "sound.json"
    failing.write_text("failing")
    task = {"id": 7, "data": {}, "annotations": [{"id": 8, "completed_by": 9, "result": []}]}
    sound.write_text(json.dumps([task]))
    return [failing, sound]


def _records(
    monkeypatch: pytest.MonkeyPatch, delivered: list[Path], at: str, plan: Plan = PLAN, error: Exception = SLIP
) -> list[object]:
    failing = _Failing(at, error)
    monkeypatch.setattr(formats, "decoders", lambda: {"label-studio": LABEL_STUDIO, "coco": failing})
    return [*Delivery(plan, delivered, places=True).records()]


@pytest.mark.parametrize(
    ("at", "judged", "unread"),
    [
        ("fits", 0, 2),
        ("opening", 0, 1),
        ("the first record", 0, 1),
        ("the second record", 2, 1),
        ("reading", 0, 2),
        ("the first annotation", 0, 2),
        ("the second annotation", 2, 2),
    ],
)
def test_what_a_decoder_fails_on_is_unread_and_the_rest_is_judged(
    monkeypatch: pytest.MonkeyPatch, delivered: list[Path], at: str, judged: int, unread: int
) -> None:
    records = _records(monkeypatch, delivered, at)
    told = [one for one in records if isinstance(one, Unread)]
    assert len(told) == unread
    assert all("ZeroDivisionError: a slip of its author" in one.reason and FAULT in one.reason for one in told)
    of_failing = [one for one in records if isinstance(one, Judged) and one.file == str(delivered[0])]
    assert len(of_failing) == judged
    if at != "fits":  # nobody knows then of which format any file is
        assert [one.verdict.subject.task for one in records if isinstance(one, Judged)][judged:] == ["7"]


def test_annotations_that_a_decoder_fails_on_are_counted_with_their_task(
    monkeypatch: pytest.MonkeyPatch, delivered: list[Path]
) -> None:
    seen = [one for one in _records(monkeypatch, delivered, "the second annotation") if isinstance(one, TaskSeen)]
    assert [(one.task, one.judged, one.unread) for one in seen][:2] == [("t1", 1, 1), ("t2", 1, 1)]


def test_a_run_with_a_failing_decoder_is_not_accepted(monkeypatch: pytest.MonkeyPatch, delivered: list[Path]) -> None:
    guideline = delivered[0].with_name("guideline.yaml")
    guideline.write_text(with_part("delivery: {formats: [coco, label-studio]}\n"))
    monkeypatch.setattr(formats, "decoders", lambda: {"label-studio": LABEL_STUDIO, "coco": _Failing("reading")})
    told = run("check", str(guideline), *map(str, delivered))
    assert told.exit_code == 1
    assert "unreadable" in told.stdout
    assert "1 accepted" in told.stdout


@pytest.mark.parametrize("name", [Format.SARIF, Format.GITHUB])
def test_where_a_place_cannot_be_told_the_verdict_is_told_without_it(
    monkeypatch: pytest.MonkeyPatch, delivered: list[Path], name: Format
) -> None:
    out = io.StringIO()
    page = renderer(name, Sheet(out, TAKES_NO_COCO))
    for record in _records(monkeypatch, delivered, "places", TAKES_NO_COCO):
        if isinstance(record, Judged):
            page.show(record)
    assert out.getvalue().count("failing.txt") >= 4  # each annotation is told that the format is not taken
    assert "line=" not in out.getvalue()
    assert "startLine" not in out.getvalue()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PayloadError("it has no end"), "it has no end. "),
        (FormatError("it is of another kind. Take this"), "it is of another kind. Take this"),
        (OSError(5, "Input/output error"), "it cannot be read: Input/output error. "),
    ],
)
def test_a_reason_that_a_decoder_gives_is_told_and_is_no_fault_of_guidelint(
    monkeypatch: pytest.MonkeyPatch, delivered: list[Path], error: Exception, told: str
) -> None:
    unread = [one for one in _records(monkeypatch, delivered, "reading", error=error) if isinstance(one, Unread)]
    assert len(unread) == 2
    assert all(told in one.reason and FAULT not in one.reason for one in unread)
