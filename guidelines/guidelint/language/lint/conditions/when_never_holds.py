"""A condition that nothing can meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.conditions.allowed import allowed
from guidelint.language.lint.conditions.alternatives import (
    MODALITY,
    SPACING,
    TIME_POINT,
    Alternative,
    Thing,
    alternatives,
    impossible,
    meet,
)
from guidelint.language.lint.every_condition import every_condition
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.answers import answers_of
from guidelint.language.text.suggest import listed
from guidelint.validation.rule.wording import bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenBody
    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.rule.condition import Condition


def find(draft: Draft) -> Iterator[Flaw]:
    """Try every alternative of every condition on what the guideline allows."""
    everything = allowed(draft)
    for path, condition in every_condition(draft):
        yield from _never(condition, path, [{}], everything, draft.written)


def _never(
    condition: Condition, path: KeyPath, around: list[Alternative], everything: Alternative, written: WrittenBody
) -> Iterator[Flaw]:
    """Find the condition, or the alternatives in it, that cannot hold beside what is around it."""
    its = alternatives(condition, written)
    found = [impossible(meet(beside, one), everything) for beside in around for one in its]
    why = next(iter(found), None)
    if why is not None and all(thing is not None for thing in found):
        yield Flaw(f"this can never hold: {_because(why, written)}", path, _REMEDY, "key")
        return
    own = alternatives(condition.model_copy(update={"any_of": ()}), written)
    beside = [meet(one, other) for one in around for other in own]
    for at, branch in enumerate(condition.any_of):
        yield from _never(branch, (*path, "any_of", at), beside, everything, written)


def _because(thing: Thing, written: WrittenBody) -> str:
    limits, (of, name) = written.images, thing
    if thing == MODALITY and limits.modality:
        return f"under `images:` the guideline allows {listed(limits.modality)}"
    if thing == TIME_POINT and limits.time_points:
        return f"under `images:` the guideline allows {listed(limits.time_points)}"
    if thing == SPACING and limits.pixel_spacing is not None:
        allowed = bounds(limits.pixel_spacing.min_mm, limits.pixel_spacing.max_mm, "mm")
        return f"under `images:` the guideline allows a pixel spacing of {allowed}"
    if of in {"answer", "number"}:
        return f"no answer to `{name}` meets all of it{_answers(name, written)}"
    return _OTHERS.get(of, f"no `{name}` meets all of it")


def _answers(name: str, written: WrittenBody) -> str:
    question = written.attributes.get(name)
    allowed = bounds(*answers_of(question)) if question is not None else ""
    return f"; answers are {allowed}" if allowed else ""


_OTHERS = {
    "source": "no region comes from all of these at once",
    "size": "no region is of such a size",
    "count": "nothing is marked and not marked at once",
}
_REMEDY = "Write what is meant, or delete what stands under it: it would never be asked for."

LINT = Lint(
    code="when-never-holds",
    means="A condition is one that nothing can meet.",
    why=(
        "The rule or the question would never be asked, and nobody would notice. Answers, sizes, sources, marks and "
        "what is known of the image are compared with each other, with the options and ranges of the questions and "
        "with what is under `images:`."
    ),
    wrong="""\
images: {modality: CT}
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules: {area-limits: {min_mm2: 4, when: {image: {modality: MR}}}}
""",
    right="""\
images: {modality: [CT, MR]}
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules: {area-limits: {min_mm2: 4, when: {image: {modality: MR}}}}
""",
    find=find,
)
