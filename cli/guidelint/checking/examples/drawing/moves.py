"""Small changes of a scene: another size, another answer, one mark more or less, another image."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from guidelint.annotation.tool import ENCLOSING
from guidelint.checking.examples.drawing.scene import SIDE_PX, Mark, Scene
from guidelint.checking.examples.mutation.mutants import numbers_in, step_of
from guidelint.rules.answers.answer_matches_image import AnswerMatchesImage
from guidelint.validation.rule.parameters.naming import NameOf
from guidelint.validation.rule.parameters.said import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

    from guidelint.annotation.tool import Tool
    from guidelint.checking.examples.drawing.judge import Drawing
    from guidelint.checking.examples.drawing.scene import Answers
    from guidelint.language.form.guideline import Attribute, Guideline
    from guidelint.validation.judging.plan import Plan

_FACTORS: Final = (0.5, 1.5, 0.3, 2, 4, 0.1, 0.02)
_SPACINGS_MM: Final = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
_MOST_RELATED: Final = 6
_OF_FACTS: Final = (1.0, 5.0)
_OF_A_SLICE: Final[Mapping[str, str | float]] = {
    "position": "0\\0\\0",
    "orientation": "1\\0\\0\\0\\1\\0",
    "slice_spacing": 1.0,
}
_A_DAY: Final = "20240131"
_MOST_COPIES: Final = 40
Values = tuple[str | float, ...] | None
"""Answers to a question; None: it is left open."""
_PAINTED: Final = frozenset({"brush", "bitmask"})


@dataclass(frozen=True)
class Moves:
    """The changes that a guideline lets one think of."""

    guideline: Guideline
    plan: Plan
    known: dict[str, Mark] = field(default_factory=dict[str, Mark])
    """Class → a mark of it that was accepted."""

    def of(self, scene: Scene, seen: tuple[float, ...] = ()) -> Iterator[Scene]:
        """Yield every scene that is one change away. ``seen``: numbers that were measured in it."""
        yield from self._answers_of_image(scene, seen)
        for at, mark in enumerate(scene.marks):
            yield from (scene.with_mark(at, other) for other in self._of_mark(mark, seen))
            yield from self._around(scene, at, mark)
            yield replace(scene, marks=(*scene.marks[:at], *scene.marks[at + 1 :]))
        yield from self._of_image(scene)

    def begun(self, *marks: Mark) -> Scene:
        """Begin with these marks, at the first time point; where volumes are measured, on a slice with a place."""
        measures_volumes = any("volume" in repr(check.rule) for check in self.plan.checks)
        facts = dict(_OF_A_SLICE) if measures_volumes else {}
        if visits := self.guideline.images.time_points:
            facts |= {"time_point": visits[0], "study_date": _A_DAY}
        return Scene(marks, facts=facts)

    def mark(self, name: str, tool: Tool | None = None, **where: float) -> Mark:
        """Make a mark of a class, in the middle, of some size."""
        place: dict[str, Any] = {"x": 200.0, "y": 200.0, "width": 40.0, "height": 40.0} | where
        if tool is None and name in self.known:
            return replace(self.known[name], **place)
        named = "N1" if self._names_objects else ""
        return Mark(name, tool or self.guideline.classes[name].draw[0], **place, object=named)

    @cached_property
    def _names_objects(self) -> bool:
        return any(
            check.rule.scope.name == "series" or getattr(check.rule, "of", "") == "object" for check in self.plan.checks
        )

    @cached_property
    def _facts(self) -> tuple[str, ...]:
        """Facts of the image on which something depends, but for its spacing."""
        named = repr([(check.rule, check.when) for check in self.plan.checks])
        return tuple(fact for fact in ("slice_thickness", "slice_spacing") if fact in named)

    @cached_property
    def _told(self) -> tuple[tuple[str, str], ...]:
        """Words of the image against which answers are held: fact and value."""
        rules = (check.rule for check in self.plan.checks)
        held = (rule for rule in rules if isinstance(rule, AnswerMatchesImage))
        said = tuple((rule.fact, value) for rule in held for values in rule.values.values() for value in values)
        return (*said, *(("time_point", visit) for visit in (*self.guideline.images.time_points, "another")[1:]))

    @cached_property
    def _numbers(self) -> dict[str, tuple[float, ...]]:
        """By what they count, the limits of the plan, each with what lies one step beside it."""
        found: dict[str, set[float]] = {}
        for check in self.plan.checks:
            every = [*said(check.rule), *(said(check.when.condition) if check.when else ())]
            for _, amount, value in numbers_in(every):
                step = step_of(value, amount)
                found.setdefault(amount.quantity, set()).update({value, value - step, value + step})
        return {quantity: tuple(sorted(values)) for quantity, values in found.items()}

    def _of_mark(self, mark: Mark, seen: tuple[float, ...]) -> Iterator[Mark]:
        yield from self._answered_otherwise(mark, seen)
        yield from _sized(mark)
        yield replace(mark, x=-mark.width)
        yield replace(mark, x=mark.x + 150)
        if mark.tool == "polygon":
            yield replace(mark, crossed=not mark.crossed)
            yield replace(mark, unclosed=not mark.unclosed)
        for tool in (*self.guideline.classes[mark.of].draw, *self._other_tools(mark)):
            if tool != mark.tool:
                yield replace(mark, tool=tool)
        for other in self.guideline.classes:
            if other != mark.of and mark.tool in self.guideline.classes[other].draw:
                yield replace(mark, of=other)
        yield replace(mark, object="" if mark.object else "N1")
        yield from (replace(mark, on=name) for name in self.guideline.images.of_task if name != mark.on)

    def _answered_otherwise(self, mark: Mark, seen: tuple[float, ...]) -> Iterator[Mark]:
        for name, question in self._asked(mark.of):
            for values in self._values(question, seen):
                if values != mark.answers.get(name):
                    yield replace(mark, answers=_answered(mark.answers, name, values))

    def repairing(self, drawing: Drawing) -> Iterator[Scene]:
        """Yield every scene in which a question is answered otherwise that is named by what was departed from."""
        for finding in drawing.prepared.outcome.findings:
            for name in self._named.get(finding.clause, ()):
                marks = tuple(region.number for region in finding.regions) or tuple(
                    range(1, len(drawing.scene.marks) + 1)
                )
                for values in self._values(self.guideline.attributes[name], drawing.measured):
                    yield self._given(drawing.scene, name, marks, values)

    @cached_property
    def _named(self) -> Mapping[str, tuple[str, ...]]:
        """By the place of what is asked, the questions that are entered and named there."""
        found: dict[str, tuple[str, ...]] = {}
        for check in self.plan.checks:
            every = [*said(check.rule), *(said(check.when.condition) if check.when else ())]
            named = (str(one.value) for one in every if (of := one.of(NameOf)) and of.kind == "question")
            asked = (name for name in named if name in self.guideline.attributes)
            found[check.clause] = tuple(dict.fromkeys(n for n in asked if self.guideline.attributes[n].is_entered))
        return found

    def answered_anyhow(self, scene: Scene, chance: Random) -> Scene:
        """Answer a question otherwise, each question as likely as another, however many answers it has."""
        asked: list[tuple[tuple[int, ...], str]] = [((), name) for name in self._leading if not self._per_region(name)]
        for number, mark in enumerate(scene.marks, 1):
            asked += [((number,), name) for name, _ in self._asked(mark.of) if name in self._leading]
        if not asked:
            return scene
        marks, name = chance.choice(asked)
        return self._given(scene, name, marks, chance.choice([*self._values(self.guideline.attributes[name])]))

    def _per_region(self, name: str) -> bool:
        return self.guideline.attributes[name].per_region

    @cached_property
    def _leading(self) -> tuple[str, ...]:
        """Questions that are entered, and from which others follow, or by which it goes whether something is asked."""
        every = repr([(getattr(check.rule, "derivation", ""), check.when) for check in self.plan.checks])
        entered = (name for name, question in self.guideline.attributes.items() if question.is_entered)
        return tuple(name for name in entered if f"'{name}'" in every)

    @property
    def derives(self) -> bool:
        """Whether an answer follows from others."""
        return any(question.derivation is not None for question in self.guideline.attributes.values())

    def _other_tools(self, mark: Mark) -> Iterator[Tool]:
        """One that the class is not drawn with."""
        own = set(self.guideline.classes[mark.of].draw)
        used: list[Tool] = [tool for part in self.guideline.classes.values() for tool in part.draw if tool not in own]
        yield from used[:1]

    def _around(self, scene: Scene, at: int, mark: Mark) -> Iterator[Scene]:
        """Add marks beside, around and within one, of its own class and of others."""
        for other in self.guideline.classes:
            beside = self.mark(other, x=320.0, y=90.0 + 25 * at, width=20.0, height=20.0)
            yield replace(scene, marks=(*scene.marks, beside))
            if ENCLOSING.isdisjoint(self.guideline.classes[other].draw) or not self._are_related(mark.of, other):
                continue
            around = self.mark(other, x=mark.x, y=mark.y, width=mark.width * 2, height=mark.height * 2)
            within = self.mark(other, x=mark.x, y=mark.y, width=mark.width / 2, height=mark.height / 2)
            across = self.mark(other, x=mark.x + mark.width, y=mark.y, width=mark.width, height=mark.height)
            partly = self.mark(other, x=mark.x + mark.width / 2, y=mark.y, width=mark.width, height=mark.height)
            yield from (replace(scene, marks=(*scene.marks, one)) for one in (around, within, across, partly))
        counts = {int(one) for one in self._numbers.get("whole number", ()) if 1 < one <= _MOST_COPIES}
        for count in sorted({2, 3, *counts}):
            yield replace(scene, marks=(*scene.marks, *_copies(mark, count - 1)))
        yield replace(scene, marks=(*scene.marks, mark))

    def _are_related(self, one: str, other: str) -> bool:
        """Whether a rule names both, or one is taken out of the other."""
        return one == other or frozenset({one, other}) in self._related

    @cached_property
    def _related(self) -> frozenset[frozenset[str]]:
        found = {frozenset({name, part.excluded_from or name}) for name, part in self.guideline.classes.items()}
        for check in self.plan.checks:
            named = {one.value for one in said(check.rule) if (of := one.of(NameOf)) and of.kind == "class"}
            every = [str(name) for name in named | (check.classes or frozenset())]
            found |= {frozenset({one, other}) for one in every for other in every if len(every) <= _MOST_RELATED}
        return frozenset(found)

    def _of_image(self, scene: Scene) -> Iterator[Scene]:
        spacings = (*_SPACINGS_MM, *self._numbers.get("pixel spacing", ()))
        yield from (replace(scene, spacing_mm=one) for one in dict.fromkeys(spacings) if one > 0)
        yield replace(scene, spacing_mm=None)
        if self.guideline.images.pixel_spacing and scene.side_px == SIDE_PX and not _is_painted(scene):
            yield scene.enlarged()
        for fact in self._facts:
            yield from (replace(scene, facts={**scene.facts, fact: value}) for value in _OF_FACTS)
        yield from (replace(scene, facts={**scene.facts, fact: value}) for fact, value in self._told)
        if self.guideline.images.modality:
            other = "MR" if "MR" not in self.guideline.images.modality else "CT"
            yield replace(scene, modality=other)

    def of_readers(self, scene: Scene) -> Iterator[Scene]:
        """Yield the same read by one, two or three, and the last of two who has drawn elsewhere."""
        for count in range(3):
            yield replace(scene, readings=(scene.marks,) * count, is_of_readers=True)
        if scene.readings and scene.marks:
            first, *others = scene.readings[-1]
            for share in (0.3, 1.0, 3.0):
                moved = replace(first, x=first.x + first.width * share)
                yield replace(scene, readings=(*scene.readings[:-1], (moved, *others)))
            for other in self._answered_otherwise(first, ()) if self._are_answers_compared else ():
                yield replace(scene, readings=(*scene.readings[:-1], (other, *others)))

    @property
    def are_readers_compared(self) -> bool:
        """Whether the guideline asks anything of several readers."""
        return any(check.rule.scope.name == "task" for check in self.plan.checks)

    @cached_property
    def _are_answers_compared(self) -> bool:
        return any(check.rule.scope.name == "task" and hasattr(check.rule, "attribute") for check in self.plan.checks)

    def _answers_of_image(self, scene: Scene, seen: tuple[float, ...]) -> Iterator[Scene]:
        for name, question in self.guideline.attributes.items():
            if not question.per_region and question.is_entered:
                for values in self._values(question, seen):
                    if values != scene.answers.get(name):
                        yield replace(scene, answers=_answered(scene.answers, name, values))

    def sizes(self, scene: Scene) -> Iterator[Scene]:
        """Yield every scene in which a mark has another size, or a pixel."""
        for at, mark in enumerate(scene.marks):
            yield from (scene.with_mark(at, other) for other in _sized(mark))
        yield from (replace(scene, spacing_mm=one) for one in _SPACINGS_MM)

    def depends_on(self, drawing: Drawing) -> str:
        """Tell apart scenes of which a guideline asks for different things: by what follows, and what is answered."""
        named, scene = self._asked_under, drawing.scene
        derived = {key: value for key, value in drawing.prepared.outcome.derived.items() if key in named}
        answers = [{key: one.answers.get(key) for key in named} for one in scene.marks]
        marks = sorted((one.of, one.tool in _PAINTED) for one in scene.marks)
        of_image = {key: scene.answers.get(key) for key in named}
        return repr((scene.side_px, marks, derived, answers, of_image))

    @cached_property
    def _asked_under(self) -> tuple[str, ...]:
        """Questions on whose answers it depends whether something is asked."""
        every = repr([check.when for check in self.plan.checks if check.when is not None])
        return tuple(name for name in self.guideline.attributes if f"'{name}'" in every)

    def answered(self, scene: Scene, name: str, marks: tuple[int, ...], seen: tuple[float, ...]) -> Scene:
        """Answer a question in the first way that one thinks of, of marks by their numbers from 1, or of the image."""
        return self._given(scene, name, marks, next(iter(self._values(self.guideline.attributes[name], seen))))

    def following(self, scene: Scene, name: str, marks: tuple[int, ...], value: str | float) -> Scene:
        """Answer a question with what follows from others."""
        return self._given(scene, name, marks, (value,))

    def _given(self, scene: Scene, name: str, marks: tuple[int, ...], values: Values) -> Scene:
        if not self.guideline.attributes[name].per_region:
            return replace(scene, answers=_answered(scene.answers, name, values))
        for at in (number - 1 for number in marks if number <= len(scene.marks)):
            mark = scene.marks[at]
            scene = scene.with_mark(at, replace(mark, answers=_answered(mark.answers, name, values)))
        return scene

    def _asked(self, class_name: str) -> Iterator[tuple[str, Attribute]]:
        for name, question in self.guideline.attributes.items():
            if class_name in question.of and question.is_entered:
                yield name, question

    def _values(self, question: Attribute, seen: tuple[float, ...] = ()) -> Iterator[Values]:
        """Yield answers to a question, and that there is none."""
        match question.kind:
            case "number":
                yield from ((one,) for one in (*seen, *self._in_range(question)))
            case "text":
                yield ("Seen.",)
                yield ("x" * question.max_length,)
                yield ("x" * (question.max_length + 1),)
            case "multi-choice":
                yield from ((one,) for one in question.options)
                yield tuple(question.options)[:2]
            case _:
                yield from ((one,) for one in question.options)
        yield None

    def _in_range(self, question: Attribute) -> tuple[float, ...]:
        number = question.number
        least = number.min if number and number.min is not None else 0.0
        most = number.max if number and number.max is not None else least + 100
        step = number.step if number and number.step else 1.0
        middle = least + step * round((most - least) / 2 / step)
        ends = (least, most, least - step, most + step, middle, middle + step / 2)
        return tuple(dict.fromkeys((*ends, *self._numbers.get("number", ()))))


def _is_painted(scene: Scene) -> bool:
    return any(mark.tool in _PAINTED for mark in scene.marks)


def _sized(mark: Mark) -> Iterator[Mark]:
    for factor in _FACTORS:
        yield replace(mark, width=mark.width * factor, height=mark.height * factor)
    yield replace(mark, width=mark.width * 3, height=mark.height / 3)
    yield replace(mark, width=mark.width / 3, height=mark.height * 3)
    if mark.tool in _PAINTED:
        yield replace(mark, hole_px=mark.width - 2)
        yield replace(mark, island_px=mark.width)


def _answered(answers: Answers, name: str, values: Values) -> Answers:
    others = {key: value for key, value in answers.items() if key != name}
    return others if values is None else {**others, name: values}


def _copies(mark: Mark, count: int) -> Iterator[Mark]:
    """Lay further marks like one on a grid, apart from each other."""
    width, height = min(mark.width, 20.0), min(mark.height, 20.0)
    for at in range(count):
        x, y = 20.0 + 40 * (at % 9), 20.0 + 30 * (at // 9)
        name = f"{mark.object[:1]}{at + 2}" if mark.object else ""
        yield replace(mark, x=x, y=y, width=width, height=height, object=name)
