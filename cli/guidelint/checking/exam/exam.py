"""The exam that a guideline asks of a role: its items, and the draw of those that somebody gets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from guidelint.checking.exam.agreement import comparing
from guidelint.checking.exam.error import ExamError
from guidelint.checking.exam.item import Item, draw_of, exam_id, picture_of
from guidelint.checking.exam.known_item import KnownItem
from guidelint.checking.exam.usable import Examined, Unusable
from guidelint.checking.examples.run import Runner
from guidelint.language.compile.plan import compile_plan
from guidelint.language.examples.read import examples_in
from guidelint.rules.catalogue import catalogue
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from guidelint.language.examples.folder import Folder
    from guidelint.language.examples.read import Examples
    from guidelint.language.form.guideline import Guideline
    from guidelint.language.form.sections.staff import Exam as Asked
    from guidelint.language.form.sections.staff import Role
    from guidelint.language.loaded import Loaded
    from guidelint.validation.judging.plan import Plan

_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Drawn:
    """The items of one exam, in the order in which they are shown."""

    id: str
    items: tuple[Item, ...]
    seen_before: int
    """Those whose pictures an earlier exam had."""


@dataclass(frozen=True)
class Exam:
    """The exam of one role."""

    role_name: str
    role: Role
    asked: Asked
    runner: Runner
    examples: Examples

    @property
    def guideline(self) -> str:
        """Name and version."""
        return str(self.runner.plan.guideline)

    @cached_property
    def _all(self) -> tuple[Item | Unusable, ...]:
        return tuple(Examined(self.runner, self.examples.found, self.role, self.comparing).items())

    @property
    def items(self) -> Sequence[Item]:
        """Examples that can be items."""
        return [one for one in self._all if isinstance(one, Item)]

    @property
    def unusable(self) -> Sequence[Unusable]:
        """Examples that are kept for exams and cannot be items."""
        return [one for one in self._all if isinstance(one, Unusable)]

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """Items by what the data of their tasks say."""
        return {one.id: one for one in self.items}

    @property
    def pictures(self) -> frozenset[str]:
        """The pictures of its items: of each at most one item is drawn."""
        return frozenset(item.picture for item in self.items)

    @property
    def plan(self) -> Plan:
        """By which what is handed in is judged."""
        return self.runner.plan

    @property
    def comparing(self) -> Plan:
        """By which it is held against what is expected."""
        return self._comparing

    @cached_property
    def _comparing(self) -> Plan:
        return comparing(self.runner.guideline, self.plan)

    def known(self, item: str) -> KnownItem | None:
        """Give what is known of an item; None: no example is it."""
        one = self.by_id.get(item)
        if one is None:
            return None
        task = json.loads(self.runner.written(one.found))
        return KnownItem(one.classes, one.found.example.verdict, task, self.runner.given_of(one.found))

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes that whoever passes may mark."""
        return self.role.of or tuple(self.runner.guideline.classes)

    def drawn(self, seed: str, seen: Collection[str] = ()) -> Drawn:
        """Draw the items of an exam: class by class in turn, each picture once, first those that no exam had.

        The same seed draws the same. ``seen``: ids of the items of earlier exams, of whatever version. Raises ExamError
        where there are too few.
        """
        pictures = frozenset(map(picture_of, seen))
        chosen = tuple(self._in_turn(seed, pictures))[: self.asked.tasks]
        if lacking := self.asked.tasks - len(chosen):
            raise ExamError(self._too_few(len(chosen), lacking))
        shown = sorted(chosen, key=lambda item: _lot(f"{seed} order", item))
        named = exam_id(self.guideline, self.role_name, (item.id for item in shown), draw_of(seed))
        return Drawn(named, tuple(shown), sum(item.picture in pictures for item in shown))

    def _in_turn(self, seed: str, seen: frozenset[str]) -> Iterator[Item]:
        left = sorted(self.items, key=lambda item: (item.picture in seen, _lot(seed, item)))
        groups = (*self.classes, "")
        while left:
            for group in groups:
                item = next((one for one in left if group in (one.classes or ("",))), None)
                if item is not None:
                    yield item
                    left = [one for one in left if one.picture != item.picture]

    def _too_few(self, found: int, lacking: int) -> str:
        said = (
            f"the exam of {self.role_name} asks for {self.asked.tasks} items, and {found} can be drawn: {lacking} lack"
        )
        others = [f"{one.name} ({one.reason})" for one in self.unusable[:_MOST_TOLD]]
        left = len(self.unusable) - len(others)
        others += [f"{left} more"] if left else []
        told = f". Not taken: {both(others)}" if others else ""
        return f"{said}{told}. Keep more examples with `use: exam` and a picture, each of another picture"


def exam_of_text(read: Loaded, folder: Folder | None, role: str = "") -> Exam:
    """Give the exam of a role of a guideline that was read, or the only one.

    Raises ExamError, ExamplesError, and GuidelineProblems where a file of the examples is not what it should be.
    """
    if folder is None:
        raise ExamError("the examples lie in a packed package, where none is found. Unpack it")
    rules = catalogue()
    plan = compile_plan(read.guideline, rules)
    examples = examples_in(folder, read.guideline, plan, rules)
    if examples.wrong:
        raise examples.wrong[0]
    return exam_of(read.guideline, plan, folder, examples, role)


def exams_of(guideline: Guideline, plan: Plan, folder: Folder, examples: Examples) -> Mapping[str, Exam]:
    """Give the exams that a guideline asks for: role → exam."""
    runner = Runner(guideline, plan.of_work.of_one_visit, folder)
    return {
        name: Exam(name, role, role.exam, runner, examples)
        for name, role in guideline.annotators.roles.items()
        if role.exam is not None
    }


def exam_of(guideline: Guideline, plan: Plan, folder: Folder, examples: Examples, role: str = "") -> Exam:
    """Give the exam of a role, or the only one. Raises ExamError."""
    exams = exams_of(guideline, plan, folder, examples)
    if not exams:
        raise ExamError(
            f"{plan.guideline} asks for no exam. Its author writes "
            "`annotators: {roles: {reader: {title: Reader, exam: {tasks: 20, min_share: 0.9}}}}`"
        )
    if role and role not in exams:
        raise ExamError(f"{plan.guideline} asks for no exam of {role}. Name one of these: {', '.join(exams)}")
    if not role and len(exams) > 1:
        raise ExamError(f"{plan.guideline} asks for several exams. Name the role of one: {', '.join(exams)}")
    return exams[role] if role else next(iter(exams.values()))


def _lot(seed: str, item: Item) -> bytes:
    """Draw the lot of an item: by its pictures, so that correcting what is expected draws no other."""
    return sha256(f"{seed}\n{item.picture}".encode()).digest()
