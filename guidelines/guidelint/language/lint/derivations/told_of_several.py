"""A question of a series, a study or a patient does not follow in a way in which it can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.form.derivation import is_over_time
from guidelint.language.lint.derivations.derived import Following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.tree import node_at
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from guidelint.language.form.change import ChangeLimits
    from guidelint.language.form.derive import Derive
    from guidelint.language.form.written import WrittenAttribute
    from guidelint.language.lint.draft import Draft
    from guidelint.validation.criteria.criteria import Criteria


def find(draft: Draft) -> Iterator[Flaw]:
    """Look at questions of more than one image, and at those that follow from a change."""
    questions = draft.written.attributes
    for name, question in questions.items():
        path, derive = ("attributes", name), question.derive
        if derive is None and node_at(draft.root, (*path, "derive")) is not None:
            continue  # it could not be read, which is told
        if question.over is not None and (derive is None or derive.is_entered):
            message = f"`{name}` is of a {question.over}, and nobody is asked about one: a task is what is answered"
            remedy = "Say how it follows: `derive:` with `entered: never`; or ask the image, `of: image`."
            yield Flaw(message, (*path, "of"), remedy)
        elif derive is not None and (flaw := _way(Following(name, question, derive), questions)):
            message, remedy = flaw
            yield Flaw(message, (*path, "derive"), remedy, "key")


def _way(one: Following, questions: Mapping[str, WrittenAttribute]) -> tuple[str, str] | None:
    """Say what is wrong about the way in which it follows, and what to do."""
    question, derive = one.question, one.derive
    if derive.left_open is not None and question.over is None:
        message = (
            f"`{one.name}` is of no series, study or patient, and `left_open` names an answer where nothing follows"
        )
        return message, "Delete `left_open`: where nothing follows on an image, none is told."
    if question.is_followed and any(limits.largest for limits in _all_limits(derive)):
        message = f"`{one.name}` is told of each object by itself, and `largest` limits the largest of several"
        return message, "Write `itself`, or let the question be `of: patient`."
    if derive.names_times and question.over != "patient":
        return _course(one, questions)
    if derive.per is not None:
        return _ranked(one)
    if derive.change_of:
        return (_followed if question.is_followed else _change)(one, questions)
    return None if question.over is None else _of_several(one, questions)


def _ranked(one: Following) -> tuple[str, str] | None:
    """Look at a place among the objects of several tasks."""
    if not one.question.per_image:
        return None
    message = f"`{one.name}` is of no object, and `per` ranks the objects of a {one.derive.per}"
    return message, "Ask the classes whose regions are ranked, `of: CLASS`, and say under `per` among which."


def _course(one: Following, questions: Mapping[str, WrittenAttribute]) -> tuple[str, str] | None:
    """Look at what is asked of an object at other time points."""
    if not one.question.is_followed:
        message = f"`{one.name}` asks what is so at other time points, and is not of a patient"
        return message, "Write `of: patient`, or ask a class: its objects are followed over the visits."
    if one.derive.is_entered:
        return f"`{one.name}` is told of an object over time, and entered as well", "Write `entered: never`."
    if any(_goes_by_image(criteria, {"is_marked"}) for criteria in one.derive.criteria):
        message = f"`{one.name}` is told of an object over time, and goes by more than its answers"
        return message, "Ask for answers, `number`, `is_marked` and days."
    known = [name for name in one.derive.questions if name in questions]
    if strange := next((name for name in known if not {*one.question.of} <= {*questions[name].of}), ""):
        message = f"`{one.name}` is told of an object over time, and `{strange}` does not ask the same classes"
        return message, f"Let `{strange}` ask {both(f'`{name}`' for name in one.question.of)}, too."
    return _never_entered(one, known, questions)


def _of_several(one: Following, questions: Mapping[str, WrittenAttribute]) -> tuple[str, str] | None:
    over, derive = one.question.over, one.derive
    known = [name for name in derive.questions if name in questions]
    asked = [name for name in known if questions[name].over is None]
    unclear = {
        "ratio": derive.ratio,
        "rank_of": derive.rank_of,
        "product": derive.product and asked,
        "first_of": any(map(_goes_by_image, derive.criteria)),
    }
    if key := next((key for key, is_unclear in unclear.items() if is_unclear), ""):
        message = f"`{one.name}` is of a {over}, where `{key}` does not tell which image it goes by"
        return message, _BY_ANSWERS if derive.first_of else _BY_PARTS
    told = [name for name in known if questions[name].over is not None]
    if asked and (told or derive.table or derive.first_of):
        message = f"`{one.name}` is of a {over}, and `{asked[0]}` is answered in each task"
        of = "study" if is_over_time(one.name, questions) else over
        is_number = questions[asked[0]].kind in ("number", "text")
        worst = "THAT-QUESTION" if is_number else asked[0]
        counts = f"name a question with `of: {of}` and `derive: {{worst_of: {worst}, entered: never}}`"
        if is_number:
            return message, f"Let annotators answer what is asked here in a `choose_one:` beside that; {counts}."
        return message, f"Say which answer counts: {counts}."
    if told and derive.measured:
        of = questions[told[0]].over
        message = f"`{one.name}` follows from `{told[0]}`, which is told of a {of}, and from what is drawn"
        return message, "Let another question follow from what is drawn, and name that."
    return _of_others(one, told, questions) or _never_entered(one, asked, questions)


def _goes_by_image(criteria: Criteria, allowed: AbstractSet[str] = frozenset()) -> bool:
    """Whether criteria ask for more than answers."""
    within = (*(one for _, one in criteria.parts), *criteria.of_other_times)
    return bool(criteria.own - _OF_ANSWERS - allowed) or any(_goes_by_image(one, allowed) for one in within)


def _of_others(
    one: Following, told: Sequence[str], questions: Mapping[str, WrittenAttribute]
) -> tuple[str, str] | None:
    """Look for an answer that is told of something else than the one that follows from it."""
    is_at_time_points = is_over_time(one.name, questions)
    for other in told:
        over = questions[other].over
        if is_at_time_points and not (over == "study" or is_over_time(other, questions)):
            message = f"`{one.name}` is told at each time point of a patient, and `{other}` of a {over} as a whole"
            return message, f"Let `{other}` be `of: study`."
        if not is_at_time_points and over != one.question.over:
            message = f"`{one.name}` is of a {one.question.over}, and follows from `{other}`, which is told of a {over}"
            return message, f"Let both be of the same, as `of: {over}`."
    return None


def _never_entered(
    one: Following, asked: Sequence[str], questions: Mapping[str, WrittenAttribute]
) -> tuple[str, str] | None:
    for other in asked:
        derive = questions[other].derive
        if derive is not None and not derive.is_entered:
            whose = one.question.over or "whole object"
            message = f"`{one.name}` is of a {whose}, and follows from `{other}`, which nobody enters"
            if questions[other].is_told_of_several:
                return message, f"Let annotators answer it in a question of its own, beside `{other}`, and name that."
            return message, f"Let annotators enter `{other}` as well, which is compared: delete its `entered: never`."
    return None


def _change(one: Following, questions: Mapping[str, WrittenAttribute]) -> tuple[str, str] | None:
    of, *others = one.derive.change_of
    if one.question.over != "patient":
        message = f"`{one.name}` follows from a change over time, and is not of a patient"
        return message, "Write `of: patient`, or ask a class: studies of a patient are compared with one another."
    if others:
        message = f"`{one.name}` is of a patient, and follows from the change of {len(one.derive.change_of)} numbers"
        return message, "Name one number of a study, or ask the class whose objects are followed."
    other = questions.get(of)
    if other is not None and not _is_number_of_study(other, questions):
        message = f"`{one.name}` is the change of `{of}`, which is no number that follows from a study"
        return message, f"Let `{of}` be `of: study`, a `number` or options in an order, with `derive:`."
    if other is None:
        return None
    return _uncounted(of, other, one.derive, questions) or _compared(one.derive, questions)


def _uncounted(
    of: str, other: WrittenAttribute, derive: Derive, questions: Mapping[str, WrittenAttribute]
) -> tuple[str, str] | None:
    """Look for limits of what the number of a patient does not have: other numbers, or classes that count nothing."""
    if other.derive is None:
        return None
    drawn = (name for classes in other.derive.measured.values() for name in classes)
    asked = (name for one in other.derive.questions if one in questions for name in questions[one].of)
    counted = {*drawn, *asked}
    for limits in _all_limits(derive):
        if limits.of or limits.in_at_least is not None:
            message = f"`of` and `in_at_least` choose among numbers of an object, and `{of}` is one of a patient"
            return message, "Delete them, or ask the class whose objects are followed."
        if strange := [name for name in limits.largest if name not in counted]:
            message = f"the largest `{strange[0]}` is limited, of which `{of}` counts nothing"
            return message, f"Name a class whose objects are added up in `{of}`."
    return None


def _is_number_of_study(other: WrittenAttribute, questions: Mapping[str, WrittenAttribute]) -> bool:
    """Whether a number follows from what is in the tasks of a study."""
    if other.over != "study" or not (other.number or other.kind in _ORDERED) or other.derive is None:
        return False
    if other.number and other.derive.bands:
        return False
    return not any(questions[one].over for one in other.derive.questions if one in questions)


def _followed(one: Following, questions: Mapping[str, WrittenAttribute]) -> tuple[str, str] | None:
    """Look at what is followed of an object, and at the limits of its changes."""
    derive, classes = one.derive, {*one.question.of}
    if derive.is_entered:
        return f"`{one.name}` is told of an object over time, and entered as well", "Write `entered: never`."
    for of in derive.change_of:
        other = questions.get(of)
        if other is not None and not (classes <= {*other.of} and _is_number_of_region(other)):
            message = f"`{one.name}` is the change of `{of}`, which is no number that can be followed of an object"
            remedy = (
                f"Let `{of}` ask the same classes for options in an order, or for a `number` that is entered, is drawn"
            )
            return message, f"{remedy} or is a `product`."
    return _compared(derive, questions)


def _compared(derive: Derive, questions: Mapping[str, WrittenAttribute]) -> tuple[str, str] | None:
    """Look at which numbers of an object are compared by one limit."""
    for limits in _all_limits(derive):
        if strange := [of for of in limits.of if of not in derive.change_of]:
            return f"`{strange[0]}` is compared, and is none of `change_of`", "Name it under `change_of` as well."
        compared = limits.of or derive.change_of
        if limits.in_at_least is not None and limits.in_at_least > len(compared):
            message = f"it must be so in {limits.in_at_least} numbers, and {len(compared)} are compared"
            return message, "Name more numbers under `of`, or fewer under `in_at_least`."
        if share := _share_of_steps(limits, compared, questions):
            message = f"options in an order have steps, and `{share}` limits a share"
            return message, f"Write `{share.removesuffix('_percent')}`."
        units = {part.number.unit for of in compared if (part := questions.get(of)) and part.number}
        if len(units) > 1 and (limits.itself or limits.since_baseline or limits.since_smallest or limits.since_last):
            message = f"one limit is set for numbers in {both(f'`{unit}`' for unit in sorted(units))}"
            return message, "Name under `of` those of one unit."
    return None


def _share_of_steps(limits: ChangeLimits, compared: Sequence[str], questions: Mapping[str, WrittenAttribute]) -> str:
    """Name the limit of a share that is set for what has steps alone; empty: none is."""
    has_steps = any(questions[of].kind in _ORDERED for of in compared if of in questions)
    return next((key for key in _SHARES if has_steps and getattr(limits, key) is not None), "")


def _is_number_of_region(question: WrittenAttribute) -> bool:
    """Whether a number is entered, measured of what is drawn, or multiplied of what is entered."""
    derive = question.derive
    if not (question.number or question.kind in _ORDERED):
        return False
    if derive is None or derive.is_entered:
        return True
    if question.kind in _ORDERED or derive.points:
        return not (derive.rank_of or derive.ratio or derive.change_of or derive.names_times)
    sizes = [*derive.measured]
    is_plain = not (derive.sum or derive.where or derive.take)
    return bool(derive.product) or (len(sizes) == 1 and is_plain and sizes[0] not in ("count", "volume"))


def _all_limits(derive: Derive) -> Iterator[ChangeLimits]:
    """Give all limits of changes, and those of which one must hold."""
    found = [one for one in derive.changes.values() if one is not None]
    while found:
        one = found.pop()
        found.extend(one.any_of)
        yield one


_ORDERED: Final = {"choice", "scale"}
"""Kinds of questions whose options have an order."""
_SHARES: Final = ("since_baseline_percent", "since_smallest_percent")
_OF_ANSWERS: Final = {"answer", "number", "days_since_baseline", "earlier", "later", "ever", "which", "days"}
"""Keys of criteria that go by answers and days; `is_marked` is of an object."""
_BY_PARTS: Final = "Let it follow from `points`, `sum` and `measured`, or `worst_of`."
_BY_ANSWERS: Final = (
    "Let annotators answer what is so of a region or an image, in a `choose_one:`; put those answers together in a"
    " question with `derive: {worst_of: THAT-QUESTION, entered: never}`, and let criteria ask for that one."
)

LINT = Lint(
    code="told-of-several",
    means="A question of a series, a study or a patient does not follow in a way in which it can be told.",
    why=(
        "Annotators answer about regions and images. What is of several images follows from what they did, added up "
        "or the worst of it, once for each object; and what changes over time needs a number at each study."
    ),
    wrong="""\
attributes:
  sum: {title: Sum of diameters, of: study, number: {min: 0, unit: mm}}
""",
    right="""\
attributes:
  sum:
    title: Sum of diameters
    of: study
    number: {min: 0, unit: mm}
    derive: {measured: {longest-diameter: lesion}, entered: never}
""",
    find=find,
)
