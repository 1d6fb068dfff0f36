"""What follows is no answer to the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.questions.asked import answered, whom
from guidelint.validation.measured_in import (
    OF_OBJECTS,
    UNITS_OF_RATIO,
    in_words,
    is_unit_of,
    units_of,
    units_of_product,
)
from guidelint.validation.rule.wording import both, either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.derivations.derived import Following
    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare what follows with how the question is answered."""
    for one in following(draft):
        derive, question = one.derive, one.question
        by_sum = bool(
            derive.points or derive.sum or derive.measured or derive.product or derive.ratio or derive.rank_of
        )
        if question.kind in {"text", "multi-choice"}:
            message = f"`{one.name}` is answered {answered(question)}, and one answer follows"
            yield Flaw(message, one.path, "Ask with `choose_one:`, `scale:` or `number:`.", "key")
        elif question.kind == "number" and (derive.bands or not by_sum):
            message = f"`{one.name}` is a number, and an option follows"
            yield Flaw(message, one.path, "Ask with `choose_one:` or `scale:`, or let a sum or a ratio follow.", "key")
        elif question.options and by_sum and not derive.bands:
            message = f"`{one.name}` is answered {answered(question)}, and a {one.number} follows"
            yield Flaw(message, one.path, f"Say under `bands:` which {one.number}s lead to which option.", "key")
        if derive.rank_of and question.per_image and question.over is None:
            message = f"`{one.name}` asks the whole image, and a rank is one of a region"
            yield Flaw(message, (*one.path, "rank_of"), "Ask the classes whose regions are ranked.", "key")
        yield from _units(one)
        yield from _product(one, draft)
        yield from _steps(one, draft)


def _units(one: Following) -> Iterator[Flaw]:
    shown = f"`{one.unit}`" if one.unit else "no unit"
    if one.derive.ratio and one.unit not in UNITS_OF_RATIO:
        message = f"a ratio follows, in {shown}"
        yield Flaw(message, (*one.path, "ratio"), "Give the unit %, or none.", "key")
    yield from _volume(one)
    for measured in one.derive.measured:
        if measured != "count" and not is_unit_of(measured, one.unit):
            message = f"the {in_words(measured)} is added up in {shown}"
            yield Flaw(message, (*one.path, "measured", measured), f"Give the unit {units_of(measured)}.", "key")


def _product(one: Following, draft: Draft) -> Iterator[Flaw]:
    """Find a product of lengths in a unit that it cannot have."""
    questions = [draft.written.attributes.get(name) for name in one.derive.product]
    units = [part.number.unit for part in questions if part is not None and part.number]
    known = units_of_product(units) if len(units) == len(questions) else ()
    if known and one.unit not in known:
        message = f"a product of {len(units)} lengths follows, in {f'`{one.unit}`' if one.unit else 'no unit'}"
        yield Flaw(message, (*one.path, "product"), f"Give the unit {either(known)}.", "key")


def _volume(one: Following) -> Iterator[Flaw]:
    """Find a volume of one image, and one of an object that is more than its volume."""
    measured, path = one.derive.measured, (*one.path, "measured", "volume")
    if "volume" not in measured or one.question.over is not None:
        return
    if one.question.per_image:
        message = f"{OF_OBJECTS}, and `{one.name}` asks {whom(one.question)}"
        yield Flaw(message, path, "Ask a class, or write `of: series`, `study` or `patient`.", "key")
    elif (
        one.derive.sum
        or one.derive.per_mm2_of
        or one.derive.where
        or one.derive.take
        or len(measured) > 1
        or not {*one.question.of} <= {*measured["volume"]}
    ):
        message = f"`{one.name}` asks {whom(one.question)}, and the volume of each object is the answer"
        remedy = "Name the classes that it asks, and nothing besides."
        yield Flaw(message, path, remedy, "key")


def _steps(one: Following, draft: Draft) -> Iterator[Flaw]:
    for at, name in enumerate(one.derive.worst_of):
        other = draft.written.attributes.get(name)
        strange = [key for key in other.options if key not in one.question.options] if other else []
        if strange:
            listed = both(f"`{key}`" for key in strange)
            message = f"{listed} of `{name}` cannot be the answer to `{one.name}`"
            yield Flaw(message, (*one.path, "worst_of", at), "Give both questions the same options.")


LINT = Lint(
    code="follows-in-another-way",
    means="What follows from other answers is no answer to the question.",
    why="A sum is no option, an option no number: whatever was entered could not be judged.",
    wrong="""\
attributes:
  echo: {title: Echo, of: image, required: true, choose_one: {a: {title: A, points: 1}, b: {title: B, points: 2}}}
  level: {title: Level, of: image, choose_one: {low: Low, high: High}, derive: {points: echo}}
""",
    right="""\
attributes:
  echo: {title: Echo, of: image, required: true, choose_one: {a: {title: A, points: 1}, b: {title: B, points: 2}}}
  level:
    title: Level
    of: image
    choose_one: {low: Low, high: High}
    derive: {points: echo, bands: {low: {below: 2}, high: {at_least: 2}}}
""",
    find=find,
)
