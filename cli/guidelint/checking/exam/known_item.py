"""What grading must know of an item, and of the exam that it is of: read from examples, or from a sealed sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.imaging.given import Given
    from guidelint.language.form.sections.staff import Exam as Asked
    from guidelint.language.form.sections.staff import Role
    from guidelint.validation.judging.plan import Plan


@dataclass(frozen=True, slots=True)
class KnownItem:
    """One item."""

    classes: tuple[str, ...]
    """Classes that it examines in."""
    verdict: str
    """What the annotation that is kept of it gets."""
    task: Mapping[str, Any]
    """Its task, with that annotation."""
    given: Given
    """What its pictures say by themselves."""


class Paper(Protocol):
    """All that an exam is graded by."""

    @property
    def guideline(self) -> str:
        """Name and version."""
        ...

    @property
    def plan(self) -> Plan:
        """By which what is handed in is judged."""
        ...

    @property
    def comparing(self) -> Plan:
        """By which it is held against what is expected."""
        ...

    @property
    def role_name(self) -> str:
        """Key of the role."""
        ...

    @property
    def role(self) -> Role:
        """The role."""
        ...

    @property
    def asked(self) -> Asked:
        """What is asked of those who take it."""
        ...

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes that whoever passes may mark."""
        ...

    def known(self, item: str) -> KnownItem | None:
        """Give what is known of an item; None: it is none of this exam."""
        ...
