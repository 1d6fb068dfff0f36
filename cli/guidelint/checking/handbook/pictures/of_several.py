"""Pictures of rules over slices, readers and answers, each varied in what it goes by and judged with its own limits.

As a drawing of one region is judged at many sizes, a case of several readers is judged with the last of them ever
farther away, and with one reader more; slices at every distance of their pixels; answers with each that a question has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

from msgspec import structs
from pydantic import ValidationError

from guidelint.annotation.tool import ENCLOSING
from guidelint.checking.examples.mutation.mutants import numbers_in, step_of
from guidelint.checking.handbook.pictures.answered import answers_told
from guidelint.checking.handbook.pictures.looks import as_ellipse, is_odd
from guidelint.checking.handbook.pictures.reasons import decided, why
from guidelint.checking.handbook.pictures.scene import Scene
from guidelint.checking.handbook.pictures.sizes import spacings_mm
from guidelint.checking.handbook.pictures.view import view_of
from guidelint.geometry.spacing import Spacing
from guidelint.language.form.places.places import classes_of
from guidelint.validation.cases.run import found_by, made_for
from guidelint.validation.drawing.text import DrawingError, drawings, several, submissions_of
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.parameters.naming import NameOf
from guidelint.validation.rule.parameters.said import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.annotation.region import Value
    from guidelint.annotation.submission import Submission
    from guidelint.checking.handbook.pictures.figure import Look
    from guidelint.checking.handbook.pictures.scene import Outcome
    from guidelint.language.form.guideline import Attribute, Guideline
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Check, Plan
    from guidelint.validation.rule.parameters.quantity import Amount

_BY_ANSWERS: Final = frozenset(
    {
        "answer-escalates",
        "answer-excludes",
        "answer-matches-regions",
        "answer-requires",
        "entered-matches-measured",
        "exclusive-option",
        "forbidden-attribute",
        "side-matches-position",
        "uncertain-escalates",
    }
)
"""Rules about answers that a picture with its answers tells; what follows from others is drawn as a table."""
_RANGE: Final = "attribute-in-range"
_MOST_READERS: Final = 6
_MOST_ANSWERED: Final = 60
_MOST_SERIES: Final = 5
"""So many are looked at once one departs."""
_SHARES: Final = tuple(step / 40 for step in range(45))
"""How far the last reader drew from the others, in widths of what is drawn."""
_WIDTH, _HEIGHT, _ROOM = 24, 18, 60


@dataclass(frozen=True, slots=True)
class Varied:
    """A case in one variant, and what came of it."""

    submissions: tuple[Submission, ...]
    finding: Finding | None
    labels: tuple[str, ...] = ()
    """What each submission is; none: there is one."""
    are_laid_together: bool = False
    """Whether all are shown upon each other."""
    spacing_mm: float | None = None

    @property
    def kind(self) -> str:
        """In which way it departs; empty: in none."""
        return "" if self.finding is None else self.finding.kind

    @property
    def outcome(self) -> Outcome:
        """What is decided."""
        return decided(self.finding)

    def words(self, look: Look) -> str:
        """Why it departs."""
        return "" if self.finding is None else why(self.finding, look.titles if self._has_several else {})

    @property
    def _has_several(self) -> bool:
        return not self.labels and len({one.class_name for each in self.submissions for one in each.regions}) > 1

    def scenes(self, guideline: Guideline) -> tuple[Scene, ...]:
        """Give what is shown: each submission, or all upon each other."""
        regions = tuple(region for one in self.submissions for region in one.regions)
        view = view_of(regions)
        if self.are_laid_together:
            return (Scene(regions=regions, view=view, label=" + ".join(self.labels)),)
        labels = self.labels or ("",) * len(self.submissions)
        return tuple(
            Scene(
                regions=one.regions,
                view=view,
                label=label,
                spacing_mm=self.spacing_mm,
                answers=answers_told(one, guideline),
            )
            for one, label in zip(self.submissions, labels, strict=True)
        )


@dataclass(frozen=True)
class SeveralPictures:
    """Varies the cases of rules that go by more than one drawing."""

    guideline: Guideline
    plan: Plan
    look: Look

    def of(self, check: Check) -> tuple[Varied, ...]:
        """Give one that is accepted, and one for each way to depart; none where nothing departs."""
        pairs: dict[str, tuple[Varied | None, Varied]] = {}
        for number, one in enumerate(self._series(check)):
            for kind, pair in _turning(one):
                if kind not in pairs or (pairs[kind][0] is None and pair[0] is not None):
                    pairs[kind] = pair
            if pairs and number >= _MOST_SERIES:
                break
        if not pairs:
            return ()
        if any(before for before, _ in pairs.values()):
            pairs = {kind: pair for kind, pair in pairs.items() if pair[0] is not None}
        kept = next((before for before, _ in pairs.values() if before is not None), None)
        return (*([kept] if kept is not None else []), *(behind for _, behind in pairs.values()))[:4]

    def _series(self, check: Check) -> Iterator[list[Varied]]:
        rule = check.rule
        if rule.scope.name == "task":
            yield list(self._by_count(check))
            yield from self._by_distance(check)
        elif rule.id() in _BY_ANSWERS or (rule.id() == _RANGE and any(numbers_in(said(rule)))):
            yield from self._by_answer(check)
        elif rule.scope.name in {"object", "series"}:
            yield from self._by_size(check)

    # readers

    def _by_count(self, check: Check) -> Iterator[Varied]:
        """Let one, two and more readers draw the same."""
        for count in range(1, _MOST_READERS + 1):
            readers = tuple(_reading(number, self._mark(check, 0.0)) for number in range(1, count + 1))
            yield from self._varied(check, readers, tuple(f"Reader {number}" for number in range(1, count + 1)))

    def _by_distance(self, check: Check) -> Iterator[list[Varied]]:
        """Let the second of two readers draw ever farther away."""
        labels = ("Reader 1", "Reader 2")
        moved = [
            self._varied(check, (_reading(1, self._mark(check, 0.0)), _reading(2, self._mark(check, share))), labels)
            for share in _SHARES
        ]
        yield [replace(one, are_laid_together=True) for each in moved for one in each]
        question = self.guideline.attributes.get(getattr(check.rule, "attribute", ""))
        if question is not None:
            first, *others = _values(question, check) or (None,)
            yield [
                one
                for other in (first, *others)
                if first is not None and other is not None
                for one in self._varied(check, self._answering(check, question, (first, other)), labels)
            ]

    def _answering(self, check: Check, question: Attribute, values: Iterable[Value]) -> tuple[Handed, ...]:
        name = str(getattr(check.rule, "attribute", ""))
        mark = self._mark(check, 0.0)
        if question.per_region:
            every = (replace(mark, answers={name: value}) for value in values)
            return tuple(_reading(number, one) for number, one in enumerate(every, 1))
        return tuple(replace(_reading(number, mark), answers={name: value}) for number, value in enumerate(values, 1))

    def _mark(self, check: Check, share: float) -> Drawn:
        """Draw a round mark, moved by a share of its width."""
        named = self._own(check)
        name = next((one for one in named if not ENCLOSING.isdisjoint(self.guideline.classes[one].draw)), named[0])
        left, top = 12 + round(share * _WIDTH), 12
        rows = [["."] * (_WIDTH + _ROOM) for _ in range(_HEIGHT + 2 * top)]
        rows[top][left] = rows[top + _HEIGHT - 1][left + _WIDTH - 1] = "#"
        return Drawn(text="\n".join(map("".join, rows)), as_="ellipse", class_name=name)

    # slices

    def _by_size(self, check: Check) -> Iterator[list[Varied]]:
        """Judge the slices of each case with pixels ever larger."""
        for case in type(check.rule).cases:
            handed = several(case)
            alike = len({(one.image.rows, one.image.columns) for one in handed if one.image}) <= 1
            if case.cannot or case.of_task or not alike or not (handed or case.over_slices):
                continue
            if any(is_odd(one) for one in drawings(case)):
                continue
            yield self._at_sizes(check, case)

    def _at_sizes(self, check: Check, case: Case) -> list[Varied]:
        at_mm = cache(partial(self._sized, check, case))
        sizes_mm = spacings_mm(lambda mm: (one := at_mm(mm)) and one.kind)
        return [one for one in map(at_mm, sizes_mm) if one is not None]

    def _sized(self, check: Check, case: Case, mm: float) -> Varied | None:
        """Judge the slices of a case at one distance of their pixels; None where something cannot be told."""
        spacing, handed = Spacing(mm, mm), several(case)
        labels = tuple(f"Slice {number}" for number in range(1, len(handed or drawings(case)) + 1))
        sized = replace(case, spacing=spacing)
        if handed:
            of_size = (replace(one, image=one.image and replace(one.image, spacing=spacing)) for one in handed)
            sized = replace(sized, draws=tuple(of_size))
        return next((replace(one, spacing_mm=mm) for one in self._judged(check, sized, labels)), None)

    # answers

    def _by_answer(self, check: Check) -> Iterator[list[Varied]]:
        """Answer the questions of each case in every way."""
        for case in type(check.rule).cases:
            marks = drawings(case)
            if case.cannot or case.of_task or several(case) or case.item_answers or any(map(is_odd, marks)):
                continue
            questions = self._questions(check, case)
            if questions is None:
                continue
            named = sorted({*case.answers, *(name for one in marks for name in one.answers)})
            if not named or not all(self._is_entered(questions.get(name, "")) for name in named):
                continue
            values = [_values(self.guideline.attributes[questions[name]], check) for name in named]
            ways = product(*values)
            found: list[Varied] = []
            for _, way in zip(range(_MOST_ANSWERED), ways, strict=False):
                given = dict(zip(named, way, strict=True))
                found += self._judged(check, self._answered(case, questions, given), ())
            yield found

    def _is_entered(self, name: str) -> bool:
        """Whether somebody answers a question: what follows from a drawing would contradict the drawing of a case."""
        return name in self.guideline.attributes and self.guideline.attributes[name].is_entered

    def _answered(self, case: Case, questions: Mapping[str, str], given: Mapping[str, Value]) -> Case:
        def answers(of: Mapping[str, object]) -> dict[str, Value | tuple[Value, ...]]:
            return {questions[name]: given[name] for name in of}

        marks = tuple(replace(as_ellipse(one), answers=answers(one.answers)) for one in drawings(case))
        return replace(case, draws=marks, answers=answers(case.answers))

    def _questions(self, check: Check, case: Case) -> dict[str, str] | None:
        """Name for each question of a case that of the guideline in its place; None: it cannot be told."""
        try:
            of_case = _asked(made_for(type(check.rule), case).checks[0])
        except ValidationError:
            return None
        return dict(zip(of_case, _asked(check), strict=False))

    # both

    def _varied(self, check: Check, handed: tuple[Handed, ...], labels: tuple[str, ...]) -> Iterator[Varied]:
        yield from self._judged(check, Case("varied", {}, handed), labels)

    def _judged(self, check: Check, case: Case, labels: tuple[str, ...]) -> Iterator[Varied]:
        """Judge by one check; nothing where something cannot be told, or the drawing cannot be read."""
        named = self._named(check, case)
        if named is None:
            return
        try:
            read = tuple(self._titled(one, named) for one in submissions_of(case))
        except DrawingError:
            return
        findings = found_by(replace(self.plan, checks=(replace(check, when=None),)), read)
        if all(one.outcome == "departs" for one in findings):
            yield Varied(read, next(iter(findings), None), labels)

    def _own(self, check: Check) -> list[str]:
        """List classes that a use of a rule is about."""
        own = classes_of(check.rule) or tuple(check.classes or self.guideline.classes)
        return [name for name in self.guideline.classes if name in own]

    def _named(self, check: Check, case: Case) -> dict[str, str] | None:
        """Name for each class of a case the one that is drawn in its place; None: there is none."""
        drawn = dict.fromkeys(one.class_name or "" for one in drawings(case))
        known = {name: name for name in drawn if name in self.guideline.classes}
        own = self._own(check)
        others = [name for name in drawn if name not in known]
        return known | dict(zip(others, own, strict=False)) if len(others) <= len(own) else None

    def _titled(self, submission: Submission, named: Mapping[str, str]) -> Submission:
        def titled(name: str) -> str:
            return self.look.titles[named[name]]

        regions = tuple(
            structs.replace(
                one,
                class_name=named[one.class_name or ""],
                class_title=titled(one.class_name or ""),
                labels=(named[one.class_name or ""],),
            )
            for one in submission.regions
        )
        return replace(submission, regions=regions)


def _turning(series: list[Varied]) -> Iterator[tuple[str, tuple[Varied | None, Varied]]]:
    """Yield for each way to depart the last that does not, and the first that does."""
    for before, behind in pairwise(series):
        for kept, other in ((before, behind), (behind, before)):
            if not kept.kind and other.kind:
                yield other.kind, (kept, other)
    yield from ((one.kind, (None, one)) for one in series if one.kind)


def _reading(number: int, mark: Drawn) -> Handed:
    return Handed(draws=mark, annotator=f"reader {number}", annotation=str(number))


def _asked(check: Check) -> list[str]:
    """List the questions that a rule names, in the order of its parameters."""
    every = ((str(one.value), one.of(NameOf)) for one in said(check.rule))
    return list(dict.fromkeys(name for name, of in every if of is not None and of.kind == "question"))


def _values(question: Attribute, check: Check) -> tuple[Value, ...]:
    """List answers to a question: its options, or numbers beside the limits of the rule."""
    if question.options:
        return tuple(question.options)
    if question.kind != "number":
        return ("Seen.",)
    near = {value + by for _, amount, value in numbers_in(said(check.rule)) for by in _beside(value, amount)}
    return tuple(sorted(near or {float(number) for number in range(7)}))


def _beside(value: float, amount: Amount) -> tuple[float, float, float]:
    step = float(step_of(value, amount))
    return -step, 0.0, step
