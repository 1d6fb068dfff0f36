"""The sheet of an exam: all that it is graded by, sealed when it is made, so that it needs no guideline beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import msgspec

from guidelint.checking.exam.item_data import item_data
from guidelint.checking.exam.known_item import KnownItem
from guidelint.imaging.given import NOTHING_GIVEN, Given
from guidelint.language.form.sections.staff import Role
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.checking.exam.exam import Drawn, Exam
    from guidelint.language.form.sections.staff import Exam as Asked


class _Item(msgspec.Struct, frozen=True):
    """One item, with what is expected of it as the annotation of its task."""

    classes: tuple[str, ...]
    verdict: str
    pictures: tuple[str, ...]
    task: dict[str, Any]


class _SheetJson(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    role_name: str
    role: dict[str, Any]
    """But for its classes."""
    of: tuple[str, ...]
    titles: dict[str, str]
    plan: str
    comparing: str
    items: dict[str, _Item]


@dataclass(frozen=True)
class Sheet:
    """One exam as it was drawn."""

    written: _SheetJson
    data: Mapping[str, Mapping[str, object]]
    """Item → data of the task that shows it; of these only the addresses of its pictures are taken."""
    given: Given = NOTHING_GIVEN
    """Where those pictures are."""

    @classmethod
    def of(cls, exam: Exam, drawn: Drawn) -> Self:
        """Seal an exam that was drawn. Raises ExamplesError."""
        items: dict[str, _Item] = {}
        for item in drawn.items:
            known = exam.known(item.id)
            assert known is not None  # noqa: S101 - it was drawn from them
            task = {**known.task, "id": item.id, "data": item_data(exam, item)}
            items[item.id] = _Item(known.classes, known.verdict, tuple(item.pictures), task)
        titles = {name: one.title for name, one in exam.runner.guideline.classes.items()}
        return cls(
            _SheetJson(
                id=drawn.id,
                role_name=exam.role_name,
                role=exam.role.model_dump(mode="json", exclude={"of"}),
                of=exam.role.of,
                titles=titles,
                plan=exam.plan.to_json(),
                comparing=exam.comparing.sealed().to_json(),
                items=items,
            ),
            {},
        )

    def to_json(self) -> bytes:
        """Write it."""
        return msgspec.json.encode(self.written, order="sorted")

    @classmethod
    def from_json(
        cls, text: bytes, data: Mapping[str, Mapping[str, object]] | None = None, given: Given = NOTHING_GIVEN
    ) -> Self:
        """Read it. Raises PlanError when this engine cannot judge by it."""
        return cls(msgspec.json.decode(text, type=_SheetJson), data or {}, given)

    @property
    def id(self) -> str:
        """Which exam it is."""
        return self.written.id

    @property
    def items(self) -> tuple[str, ...]:
        """Its items."""
        return tuple(self.written.items)

    @property
    def titles(self) -> Mapping[str, str]:
        """Class → what annotators call it."""
        return self.written.titles

    @property
    def role_name(self) -> str:
        """Key of the role."""
        return self.written.role_name

    @property
    def role(self) -> Role:
        """The role."""
        return self._role

    @cached_property
    def _role(self) -> Role:
        return Role.model_validate_json(msgspec.json.encode(self.written.role)).model_copy(
            update={"of": self.written.of}
        )

    @property
    def asked(self) -> Asked:
        """What is asked of those who take it."""
        assert self.role.exam is not None  # noqa: S101 - it was drawn for it
        return self.role.exam

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes that whoever passes may mark."""
        return self.role.of or tuple(self.titles)

    @property
    def plan(self) -> Plan:
        """By which what is handed in is judged."""
        return self._plan

    @cached_property
    def _plan(self) -> Plan:
        return Plan.from_json(self.written.plan, catalogue())

    @property
    def comparing(self) -> Plan:
        """By which it is held against what is expected."""
        return self._comparing

    @cached_property
    def _comparing(self) -> Plan:
        return Plan.from_json(self.written.comparing, catalogue())

    @property
    def guideline(self) -> str:
        """Name and version."""
        return str(self.plan.guideline)

    def known(self, item: str) -> KnownItem | None:
        """Give what is known of an item; None: it is none of this exam."""
        one = self.written.items.get(item)
        if one is None:
            return None
        shown = {key: value for key, value in self.data.get(item, {}).items() if key in one.pictures}
        task = {**one.task, "data": {**one.task["data"], **shown}}
        return KnownItem(one.classes, one.verdict, task, self.given)
