from __future__ import annotations

import inspect
import pkgutil
import sys
from dataclasses import fields, is_dataclass, replace
from functools import cached_property, wraps
from importlib import import_module
from math import isnan, nan
from types import FunctionType
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from guidelint import geometry
from guidelint.geometry.kernels import choice
from guidelint.geometry.known_answers.answer import EXACT, ROUNDING, KnownAnswer, ask
from guidelint.geometry.known_answers.kit import KIT, run_kit
from guidelint.geometry.mask import Mask
from guidelint.geometry.measures.outline import Fault
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType, FrameType, ModuleType

ANSWERS = [pytest.param(answer, id=f"{group.name}: {answer.title}") for group in KIT for answer in group.answers]
NOT_MEASURES = (
    "guidelint.geometry.codecs.rle_tokens",
    "guidelint.geometry.kernels",
    "guidelint.geometry.known_answers",
    "guidelint.geometry.measures.triangulation",
    "guidelint.geometry.memo",
    "guidelint.geometry.stacked",
)
"""What computes below the measures, or asks for them; the triangles are a step to the thickness, the
tokens to a stream, slices that are laid below one another to an overlap over all of them."""


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_known_answer_is_given(answer: KnownAnswer) -> None:
    outcome = ask(answer)
    assert outcome.failure == ""
    assert outcome.right, f"{outcome.measured} instead of {answer.expected} {answer.unit}: {answer.source}"


def test_the_kit_asks_for_much_and_says_why() -> None:
    answers = [answer for group in KIT for answer in group.answers]
    assert len(answers) >= 200
    assert len({answer.title for answer in answers}) == len(answers)
    assert [answer.title for answer in answers if not answer.source] == []


def test_whatever_is_not_exact_says_why() -> None:
    for answer in (answer for group in KIT for answer in group.answers):
        if answer.tolerance not in {EXACT, ROUNDING}:
            assert answer.tolerance.value > 0
            assert answer.tolerance.reason.startswith("discretisation: ") or answer.tolerance.value <= 1e-9


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(geometry.__path__, "guidelint.geometry."):
        if not found.name.startswith(NOT_MEASURES) and not found.ispkg:
            yield import_module(found.name)


def _public(module: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Public functions of a module, and public methods and properties of its public classes."""
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", "") != module.__name__:
            continue
        if isinstance(thing, FunctionType):
            yield f"{module.__name__}.{name}", thing
        elif isinstance(thing, type):
            for part, member in vars(thing).items():
                if not part.startswith("_") and (function := _function(member)):
                    yield f"{module.__name__}.{name}.{part}", function


def _function(member: object) -> Callable[..., Any] | None:
    if isinstance(member, property):
        return member.fget
    if isinstance(member, cached_property):
        return member.func
    if isinstance(member, classmethod):
        return member.__func__
    return member if isinstance(member, FunctionType) else None


def test_every_public_measure_is_asked_for() -> None:
    called: set[CodeType] = set()

    def note(frame: FrameType, _event: str, _thing: object) -> None:
        called.add(frame.f_code)

    with choice.using("base"):  # compiled code is not seen
        sys.setprofile(note)
        try:
            run_kit()
        finally:
            sys.setprofile(None)
    public = [pair for module in _modules() for pair in _public(module)]
    assert len(public) > 60
    assert [name for name, function in public if inspect.unwrap(function).__code__ not in called] == []


def _wrong() -> list[str]:
    return [outcome.answer.title for outcome in run_kit() if not outcome.right]


def test_nothing_is_wrong_before_anything_is_spoilt() -> None:
    assert _wrong() == []


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_off_by_twice_its_tolerance_is_reported(answer: KnownAnswer) -> None:
    measured = ask(answer).measured
    assert measured is not None
    off = 2 * answer.tolerance.value or 1e-9
    assert not ask(replace(answer, expected=measured + off)).right
    assert not ask(replace(answer, expected=measured - off)).right


def _spoilt(result: Any) -> Any:  # noqa: PLR0911 - one kind of result after another
    """Give a result that is wrong by a little: one pixel, one run, one character, 1 %."""
    if isinstance(result, Mask):
        return Mask.from_runs(result.starts[1:], result.stops[1:], result.shape)
    if isinstance(result, np.ndarray):
        return result * 1.01 + 1 if result.dtype == np.float64 else result + 1
    if result is None:
        return Fault("spoilt", 0, 0)
    if isinstance(result, (int, float)):
        return result * 1.01 + 1
    if isinstance(result, (str, bytes)):
        return result[:-1]
    if isinstance(result, tuple):
        return tuple(_spoilt(part) for part in result)
    if isinstance(result, list):
        return [*result, 1]
    assert is_dataclass(result)
    numbers = {
        field.name: _spoilt(getattr(result, field.name))
        for field in fields(result)
        if not isinstance(getattr(result, field.name), str)
    }
    return replace(result, **numbers)  # type: ignore[type-var]  # an instance


def _spoiling(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def spoilt(*arguments: Any, **options: Any) -> Any:
        return _spoilt(function(*arguments, **options))

    return spoilt


MEASURES = [
    pytest.param(module, name.rpartition(".")[2], id=name.removeprefix("guidelint.geometry."))
    for module in _modules()
    for name, _ in _public(module)
    if hasattr(module, name.rpartition(".")[2])
]


@pytest.mark.parametrize(("module", "name"), MEASURES)
def test_a_measure_that_is_wrong_is_found(module: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, name, _spoiling(getattr(module, name)))
    assert _wrong()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        measure
        for measure in MEASURES
        if "spacing" in inspect.signature(getattr(measure.values[0], str(measure.values[1]))).parameters
        and measure.id != "measures.outline.area_mm2"  # the area of a pixel is the same
    ],
)
def test_a_measure_that_exchanges_rows_and_columns_of_the_spacing_is_found(
    module: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    function = getattr(module, name)

    def exchanged(*arguments: Any, **options: Any) -> Any:
        turned = [
            Spacing(argument.column_mm, argument.row_mm) if isinstance(argument, Spacing) else argument
            for argument in arguments
        ]
        return function(*turned, **options)

    monkeypatch.setattr(module, name, exchanged)
    assert _wrong()


@pytest.mark.parametrize("shift", [-1, 1])
def test_runs_one_pixel_too_far_are_found(shift: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from_crop = Mask.from_crop

    def shifted(crop: Any, top: int, left: int, shape: tuple[int, int]) -> Mask:
        return from_crop(crop, top, left + shift, shape)

    monkeypatch.setattr(Mask, "from_crop", shifted)
    assert _wrong()


def test_a_measure_that_fails_is_reported_and_ends_nothing() -> None:
    answer = KnownAnswer("share", "nothing of nothing", 1, "", lambda: 1 / 0, "by definition")
    outcome = ask(answer)
    assert not outcome.right
    assert outcome.difference is None
    assert outcome.failure == "ZeroDivisionError: division by zero"


def test_no_number_is_never_right() -> None:
    outcome = ask(KnownAnswer("share", "nothing of nothing", 1, "", lambda: nan, "by definition"))
    assert not outcome.right
    assert outcome.difference is not None
    assert isnan(outcome.difference)
