"""Checks that follow from a guideline without being written as rules: one small function per rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidelint.language.compile.vocabulary import names_of, vocabulary_of
from guidelint.language.form import places
from guidelint.language.form.clauses import clause, clause_of_all
from guidelint.language.form.guideline import Attribute, Guideline
from guidelint.language.form.places import EVERY_SUBMISSION, place, question_place
from guidelint.language.form.settings import as_set
from guidelint.language.form.titles import answered, class_titles, option_titles
from guidelint.validation.judging.plan import Check

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Catalogue

Parameters = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ImpliedCheck:
    """A rule that a guideline asks for by its other parts."""

    heading: str
    """Where it asks, for people."""
    parameters: Parameters
    clause: str = ""
    """Path of the part that asks; empty: where rules for everything that is handed in are set."""


Derivation = Callable[[Guideline], Iterable[ImpliedCheck]]


def derived_checks(guideline: Guideline, catalogue: Catalogue) -> Iterator[Check]:
    """Derive what every submission is judged by, and what counts, questions, images and empty readings ask for."""
    for rule in catalogue.values():
        derive = _DERIVED.get(rule.id(), _as_it_is if rule.always else _never)
        for asked in derive(guideline):
            made = rule.model_validate(asked.parameters)
            check = Check(made, asked.clause or clause_of_all(rule.id()), level=rule.level, heading=asked.heading)
            yield from _once(as_set(check, guideline), guideline) if rule.always else (check,)


def _once(checks: Iterable[Check], guideline: Guideline) -> Iterator[Check]:
    """Leave out the classes that ask for a stricter rule, which tells the same."""
    for check in checks:
        stricter = _STRICTER.get(check.rule.id())
        asking = {name for name, part in guideline.classes.items() if stricter in part.rules}
        yield replace(check, but_for=check.but_for | asking) if check.classes is None and asking else check


def _as_it_is(guideline: Guideline) -> Iterator[ImpliedCheck]:  # noqa: ARG001 - every derivation takes the guideline
    yield ImpliedCheck(EVERY_SUBMISSION, {})


def _never(guideline: Guideline) -> Iterator[ImpliedCheck]:  # noqa: ARG001 - every derivation takes the guideline
    yield from ()


def _allowed_tools(guideline: Guideline) -> Iterator[ImpliedCheck]:
    yield ImpliedCheck(
        place(places.CLASSES, places.HOW_TO_DRAW),
        {"allowed": {name: part.draw for name, part in guideline.classes.items()}},
    )


def _labels(guideline: Guideline) -> Iterator[ImpliedCheck]:
    classes = {label: key for key, entry in vocabulary_of(guideline).classes.items() for label in entry.labels}
    yield ImpliedCheck(place(places.CLASSES, places.LABELS), {"classes": classes, "titles": class_titles(guideline)})


def _known_controls(guideline: Guideline) -> Iterator[ImpliedCheck]:
    names = vocabulary_of(guideline)
    drawing = (control for controls in names.geometry_controls.values() for control in controls)
    titles = {control: entry.title for entry in names.attributes.values() for control in entry.controls}
    yield ImpliedCheck(EVERY_SUBMISSION, {"controls": tuple(dict.fromkeys((*drawing, *titles))), "titles": titles})


def _empty_reading(guideline: Guideline) -> Iterator[ImpliedCheck]:
    empty = guideline.empty_reading
    yield ImpliedCheck(
        places.NOTHING_TO_MARK, {"empty_is_an_answer": empty.means is not None, "say": empty.say, **_instead(guideline)}
    )


def _instead(guideline: Guideline) -> Parameters:
    """Tell how a reader says that there is nothing, where the guideline has a question for it."""
    answers = (answered(guideline.attributes[name], keys) for name, keys in guideline.empty_reading.say.items())
    said = " or ".join(answers)
    return {"instead": f"answer {said}"} if said else {}


def _counts(guideline: Guideline) -> Iterator[ImpliedCheck]:
    for name, part in guideline.classes.items():
        if part.count is not None:
            limits = {"min": part.count.min, "max": part.count.max}
            yield ImpliedCheck(
                place(part.title, "Count"),
                {"classes": (name,), "title": part.title, **limits},
                clause("classes", name, "count"),
            )


def _modality(guideline: Guideline) -> Iterator[ImpliedCheck]:
    if guideline.images.modality:
        yield ImpliedCheck(
            place(places.IMAGE, "Modality"), {"modality": guideline.images.modality}, clause("images", "modality")
        )


def _spacing(guideline: Guideline) -> Iterator[ImpliedCheck]:
    if (limits := guideline.images.pixel_spacing) is not None:
        bounds = {"min_mm": limits.min_mm, "max_mm": limits.max_mm}
        yield ImpliedCheck(place(places.IMAGE, "Pixel spacing"), bounds, clause("images", "pixel_spacing"))


def _required(guideline: Guideline) -> Iterator[ImpliedCheck]:
    for name, part in guideline.attributes.items():
        if part.required is not None:
            asked = {**_question(name, part), "when": part.required.when}
            yield ImpliedCheck(question_place(part, guideline), asked, clause("attributes", name, "required"))


def _one_answer(guideline: Guideline) -> Iterator[ImpliedCheck]:
    for name, part in guideline.attributes.items():
        if part.kind in {"choice", "scale"}:
            asked = {**_question(name, part), "titles": option_titles(part)}
            yield ImpliedCheck(question_place(part, guideline), asked, clause("attributes", name))


def _in_range(guideline: Guideline) -> Iterator[ImpliedCheck]:
    for name, part in guideline.attributes.items():
        asked = {**_question(name, part), **_range(part)}
        yield ImpliedCheck(question_place(part, guideline), asked, clause("attributes", name))


def _question(name: str, part: Attribute) -> Parameters:
    return {"attribute": name, "title": part.title, "classes": part.of}


def _range(part: Attribute) -> Parameters:
    if part.kind == "text":
        return {"max_length": part.max_length}
    if part.number is not None:
        return {"min": part.number.min, "max": part.number.max, "step": part.number.step, "unit": part.number.unit}
    names = tuple(name for key, item in part.options.items() for name in names_of(key, item.title, item.aliases))
    spellings = tuple(name for name in names if name not in part.options)
    return {"options": tuple(part.options), "spellings": spellings, "titles": option_titles(part)}


_STRICTER: Mapping[str, str] = {"uncrossed-outline": "simple-outline"}
"""Rule that every guideline has → rule that tells the same where a class asks for it."""
_DERIVED: Mapping[str, Derivation] = {
    "allowed-modality": _modality,
    "attribute-in-range": _in_range,
    "calibrated-spacing": _spacing,
    "choose-one": _one_answer,
    "count-limits": _counts,
    "drawn-with-allowed-tool": _allowed_tools,
    "known-control": _known_controls,
    "known-label": _labels,
    "required-attribute": _required,
    "something-marked-or-said": _empty_reading,
}
