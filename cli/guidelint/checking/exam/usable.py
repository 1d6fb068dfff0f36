"""Which examples can be items of an exam, and why the others cannot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.checking.exam.agreement import compared
from guidelint.checking.exam.item import Item, item_id
from guidelint.checking.input.in_memory import InMemory
from guidelint.checking.input.submissions import submissions
from guidelint.language.compile.vocabulary import vocabulary_of
from guidelint.language.examples.folder import ExamplesError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from guidelint.checking.examples.run import Runner
    from guidelint.language.examples.form import Picture
    from guidelint.language.examples.read import Found
    from guidelint.language.form.sections.staff import Role
    from guidelint.validation.judging.plan import Plan


@dataclass(frozen=True, slots=True)
class Unusable:
    """An example that is kept for exams and cannot be an item of one."""

    name: str
    reason: str


class _NoItemError(ValueError):
    """The message is the reason."""


@dataclass(frozen=True)
class Examined:
    """The examples of one guideline, as a role is examined with them."""

    runner: Runner
    examples: Sequence[Found]
    role: Role
    comparing: Plan
    """By which what is handed in is held against what is expected."""

    def items(self) -> Iterator[Item | Unusable]:
        """Tell of each example that is kept for exams of this role what it is."""
        for found in self.examples:
            classes = self._classes(found)
            if found.example.use == "exam" and self._may_mark(classes):
                try:
                    yield self._item(found, classes)
                except (_NoItemError, ExamplesError) as error:
                    yield Unusable(found.name, str(error).partition(". ")[0])
                except OSError as error:
                    yield Unusable(found.name, f"a file of it cannot be read: {error.strerror or error}")

    def _may_mark(self, classes: Sequence[str]) -> bool:
        return not self.role.of or (bool(classes) and {*classes} <= {*self.role.of})

    @staticmethod
    def _classes(found: Found) -> tuple[str, ...]:
        """Name the classes that it examines in: that which it shows, else those that it has."""
        if found.example.shows:
            return (found.example.shows,)
        return tuple(dict.fromkeys(one.of for one in found.example.drawn))

    def _item(self, found: Found, classes: tuple[str, ...]) -> Item:
        example = found.example
        if example.slices or example.readings or example.visits:
            raise _NoItemError("it is of several slices, visits or readers, and an item is one task")
        if example.verdict == "unverified":
            raise _NoItemError("it is expected that nobody can tell its verdict")
        pictures = self._pictures(found)
        if example_shown := next(filter(None, map(self._taught, pictures.values())), ""):
            raise _NoItemError(f"its picture is shown to annotators in the example {example_shown}")
        if problems := self.runner.ran(found).problems:
            raise _NoItemError(problems[0].message.removeprefix(f"{found.name}: "))
        if otherwise := self._from_itself(found):
            raise _NoItemError(f"what it expects does not agree with itself: {otherwise}")
        result = None if example.result is None else self.runner.folder.file(example.result)
        return Item(item_id(found, pictures, result), found, classes, pictures)

    def _from_itself(self, found: Found) -> str:
        """Say how what is expected differs from itself, as where a region is too small to hold a pixel."""
        runner = self.runner
        source = InMemory(found.name, content=(runner.written(found),))
        read = next(iter(submissions((source,), runner.plan.vocabulary, runner.given_of(found))), None)
        if found.example.verdict == "returned" or read is None or isinstance(read, PayloadError):
            return ""
        told = compared(self.comparing, read, read)
        return next(iter((*told.differs, *told.untold)), "")

    def _pictures(self, found: Found) -> Mapping[str, Path]:
        keys = vocabulary_of(self.runner.guideline).image
        wanted = {one.key: found.images.get(one.name, found.image) for one in keys.of_task}
        return {key: self._file(picture) for key, picture in (wanted or {keys.image: found.image}).items()}

    def _file(self, picture: Picture) -> Path:
        if picture.file is None:
            raise _NoItemError("it has no picture that could be looked at, but a blank canvas")
        return self.runner.folder.file(picture.file)

    @cached_property
    def _shown(self) -> Mapping[bytes, str]:
        """Digest of each picture that annotators are shown → the example that shows it."""
        shown: dict[bytes, str] = {}
        for found in self.examples:
            for picture in found.pictures:
                if found.example.use == "teach" and picture.file is not None:
                    try:
                        path = self.runner.folder.file(picture.file)
                        shown.setdefault(sha256(path.read_bytes()).digest(), found.name)
                    except (ExamplesError, OSError):  # whoever tests the examples tells it
                        continue
        return shown

    def _taught(self, picture: Path) -> str:
        return self._shown.get(sha256(picture.read_bytes()).digest(), "")
