"""Pictures of examples that are to teach: what was drawn, on its image if there is one, and the verdict it must get."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from guidelint.checking.examples.drawing.written import ACCEPTED_BY, JUST_ACCEPTED
from guidelint.checking.examples.run import Prepared, Runner
from guidelint.checking.handbook.pictures.answered import derived_told
from guidelint.checking.handbook.pictures.backdrop import LONGEST_SIDE_PX, backdrop
from guidelint.checking.handbook.pictures.example_scenes import ExampleScenes
from guidelint.checking.handbook.pictures.figure import figure
from guidelint.checking.handbook.pictures.of_cases import can_be_drawn
from guidelint.checking.handbook.pictures.reasons import why
from guidelint.language.examples.folder import ExamplesError
from guidelint.language.examples.read import examples_in
from guidelint.language.form.places.places import BETWEEN
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.verdict import decide
from guidelint.validation.rule.wording import full_stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree import ElementTree as ET

    from guidelint.checking.handbook.pictures.figure import Look
    from guidelint.checking.handbook.pictures.scene import Backdrop, Scene
    from guidelint.language.examples.folder import Folder
    from guidelint.language.examples.form import Picture
    from guidelint.language.examples.read import Found
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Check, Plan

_ORDER: Final = ("positive", "borderline", "negative", None)
_FOR_RULE: Final = re.compile(rf"{ACCEPTED_BY}(\S+)")
_BY_SEARCH: Final = re.compile(rf"{JUST_ACCEPTED}(\S+)")


@dataclass(frozen=True)
class ExamplePictures:
    """Draws the examples of one guideline; those of exams are never among them."""

    guideline: Guideline
    plan: Plan
    folder: Folder
    look: Look
    longest_side_px: int = LONGEST_SIDE_PX
    """Of the images that are carried along."""
    _judged: dict[tuple[str, str], Prepared] = field(default_factory=dict[tuple[str, str], Prepared])
    """File and name of an example → what came of it."""

    def first_of(self, class_name: str) -> Scene | None:
        """Give what is drawn in the first example that is of a class, on one image."""
        for found in self._teaching:
            example = found.example
            is_one_image = not (example.slices or example.readings or example.visits)
            if example.shows == class_name and example.kind == "positive" and is_one_image:
                prepared = self._prepared(found)
                if prepared.outcome.decision in {"accepted", "escalated"} and (scenes := self._scenes(prepared)):
                    return replace(scenes[0], answers=(), label="")
        return None

    def of(self, class_name: str) -> Iterator[ET.Element]:
        """Show the examples of a class: what is of it, what is just so, what is not; what looks alike once."""
        chosen = sorted(self._of_class(class_name), key=lambda one: _ORDER.index(one.found.example.kind))
        shown = set[str]()
        for one in chosen:
            made = self._figure(one)
            if made is not None and (words := "".join(made[-1].itertext())) not in shown:
                shown.add(words)
                yield made

    def of_no_class(self) -> Iterator[ET.Element]:
        """Show the examples that are of no class, such as visits of a patient, which their author tells of in words."""
        for found in self._teaching:
            if found.example.shows is None:
                prepared = self._prepared(found)
                made = self._figure(prepared) if found.example.because or _own_title(prepared) else None
                if made is not None:
                    yield made

    def at(self, clause: str) -> Iterator[ET.Element]:
        """Show an example that a rule accepts, as close to its limit as any, and one that departs from it alone."""
        accepted = (one for one in self._teaching if not one.example.by and _is_accepted_by(one, clause))
        departing = (one for one in self._teaching if one.example.by and all(map(self._is_of(clause), one.example.by)))
        alone = (one for one in map(self._prepared, departing) if one.outcome.clauses == frozenset({clause}))
        for examples in (map(self._prepared, accepted), alone):
            yield from islice((one for one in map(self._figure, examples) if one is not None), 1)

    def _is_of(self, clause: str) -> Callable[[str], bool]:
        """Ask whether a name in an example stands for a clause, which may be the name of its rule or the author's."""
        return lambda name: clause in self._runner.names[name]

    @cached_property
    def _runner(self) -> Runner:
        return Runner(self.guideline, self.plan, self.folder)

    @cached_property
    def _teaching(self) -> tuple[Found, ...]:
        """List what may be shown. Raises ExamplesError or GuidelineProblems."""
        examples = examples_in(self.folder, self.guideline, self.plan, catalogue())
        for wrong in examples.wrong:
            raise wrong
        return examples.to_teach

    def _of_class(self, class_name: str) -> Iterator[Prepared]:
        for found in self._teaching:
            if found.example.shows == class_name:
                prepared = self._prepared(found)
                if self._tells(prepared):
                    yield prepared

    def _prepared(self, found: Found) -> Prepared:
        """Judge an example, once. Raises ExamplesError where its verdict is another than it says: it would mislead."""
        key = found.source.filename, found.name
        if key not in self._judged:
            self._judged[key] = self._judge(found)
        return self._judged[key]

    def _judge(self, found: Found) -> Prepared:
        prepared = self._runner.prepared(found)
        if not self._runner.is_as_expected(found, prepared.outcome):
            said = (
                "does not get the verdict that it says, and cannot be shown. `guidelint test` tells what is otherwise"
            )
            raise ExamplesError(f"the example `{found.name}` {said}")
        return prepared

    def _tells(self, prepared: Prepared) -> bool:
        """Whether a picture tells what it shows: drawings by search that depart in their answers all look alike."""
        example = prepared.found.example
        if (
            example.because
            or any(one.file for one in prepared.found.pictures)
            or example.result
            or _own_title(prepared)
        ):
            return True
        if border := _BY_SEARCH.fullmatch(example.title or ""):
            return self._can_be_drawn(border[1])
        deciding = _deciding(prepared)
        return self._can_be_drawn(deciding.clause) if deciding else example.kind == "positive"

    def _can_be_drawn(self, clause: str) -> bool:
        return any(check.clause == clause and can_be_drawn(check.rule) for check in self.plan.checks)

    def _figure(self, prepared: Prepared) -> ET.Element | None:
        scenes = self._scenes(prepared)
        if not scenes:
            return None
        marks = sum(len(scene.regions) for scene in scenes)
        return figure(scenes, prepared.found.example.verdict, self._words(prepared, marks), self.look)

    def _scenes(self, prepared: Prepared) -> tuple[Scene, ...]:
        found = prepared.found
        given, behind = self._runner.given_of(found), partial(self._backdrop, found)
        return ExampleScenes(self.guideline, self.plan, prepared, given, _deciding(prepared), behind).scenes

    def _words(self, prepared: Prepared, marks: int) -> str:
        """Say why, in the author's words if there are any, else in those of what was found."""
        title, because = _own_title(prepared), prepared.found.example.because or self._found(prepared, marks)
        follows = (": ".join(told) for told in derived_told(prepared.found.example.derived, self.guideline))
        said = dict.fromkeys((title, because, *follows))
        return " ".join(f"{words}{full_stop(words)}" for words in said if words)

    def _found(self, prepared: Prepared, marks: int) -> str:
        """Say what was found, or of which limit it keeps just within."""
        example, deciding = prepared.found.example, _deciding(prepared)
        if deciding is not None:
            said = why(deciding, self.look.titles if marks > 1 else {}).replace(f"task {prepared.found.name}, ", "")
            return f"Pointed out: {said}" if example.verdict == "accepted" else said
        title = example.title or ""
        if border := _BY_SEARCH.fullmatch(title) or _FOR_RULE.fullmatch(title):
            return next((_just_so(check) for check in self.plan.checks if check.clause == border[1]), "Just so.")
        return title

    def _backdrop(self, found: Found, image: str, of_visit: Picture | None) -> Backdrop | None:
        file = (of_visit or found.images.get(image, found.image)).file
        return None if file is None else self._behind(file)

    def _behind(self, file: str) -> Backdrop | None:
        return backdrop(self.folder.file(file), self.guideline.images.windows, self.longest_side_px)


def _own_title(prepared: Prepared) -> str:
    """Give what an author calls an example; empty where nobody did, or a search called it after what was found."""
    title = prepared.found.example.title or ""
    begun = title.removesuffix("…").rstrip().casefold()
    is_found = any(one.message.casefold().startswith(begun) for one in prepared.outcome.findings)
    return "" if is_found or _BY_SEARCH.fullmatch(title) or title.startswith(ACCEPTED_BY) else title


def _is_accepted_by(found: Found, clause: str) -> bool:
    """Whether a search drew it for what a rule accepts."""
    return found.example.title in {f"{JUST_ACCEPTED}{clause}", f"{ACCEPTED_BY}{clause}"}


def _just_so(check: Check) -> str:
    heading = check.heading.rpartition(BETWEEN)[2]
    return f"Just not escalated: {heading}." if check.escalates_to is not None else f"Just within: {heading}."


def _deciding(prepared: Prepared) -> Finding | None:
    """Find what the verdict rests on."""
    verdict = prepared.found.example.verdict
    return next((one for one in prepared.outcome.findings if verdict == decide((one,))), None)
