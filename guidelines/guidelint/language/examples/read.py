"""Examples read from their files: each with its place, or what is wrong with the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.examples.folder import MOST_BYTES, ExamplesError
from guidelint.language.examples.form import ExampleFile, Picture
from guidelint.language.examples.names import wrong_names
from guidelint.language.mistakes.words import problems_of
from guidelint.language.reading import reading
from guidelint.language.text.decode import decode
from guidelint.language.text.parse import parse
from guidelint.language.text.problem import GuidelineProblems, Problem
from guidelint.language.text.tree import key_span, value_span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from guidelint.language.examples.folder import Folder
    from guidelint.language.examples.form import Common, Example
    from guidelint.language.form.guideline import Guideline
    from guidelint.language.text.span import Span
    from guidelint.language.text.tree import Node
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.rule.rule import Catalogue

MOST_EXAMPLES = 2000
"""Examples of one guideline."""


@dataclass(frozen=True, slots=True)
class Found:
    """One example, and where it stands."""

    name: str
    example: Example
    common: Common
    source: Text

    @property
    def image(self) -> Picture:
        """Its image: its own, or that of the file."""
        return self.example.image or self.common.image or Picture()

    @property
    def images(self) -> dict[str, Picture]:
        """Images of its task by their names: its own, and those of the file."""
        return {**self.common.images, **self.example.images}

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All of its images, those of its visits among them."""
        visits = (one.image for one in self.example.visits if one.image is not None)
        return (self.image, *self.images.values(), *visits)

    def span(self, *keys: str | int) -> Span:
        """Place of a key of it, or of its name."""
        path = ("examples", self.name, *keys)
        return value_span(self.source.root, path) if keys else key_span(self.source.root, path)


@dataclass(frozen=True, slots=True)
class Text:
    """A file that could be read."""

    filename: str
    text: str
    root: Node


@dataclass(frozen=True, slots=True)
class Examples:
    """All examples of a guideline, and the files that could not be read."""

    found: tuple[Found, ...] = ()
    wrong: tuple[GuidelineProblems, ...] = ()
    """What is wrong with files; none of their examples is among those that were found."""

    @property
    def to_teach(self) -> tuple[Found, ...]:
        """Those that may be shown; the others nobody sees before an exam."""
        return tuple(one for one in self.found if one.example.use == "teach")


def examples_in(folder: Folder, guideline: Guideline, plan: Plan, rules: Catalogue) -> Examples:
    """Read all examples of a guideline. Raises ExamplesError where there are too many."""
    found: list[Found] = []
    wrong: list[GuidelineProblems] = []
    for path in folder.texts:
        try:
            found += _of_file(path, guideline, plan, rules)
        except GuidelineProblems as problems:
            wrong.append(problems)
        if len(found) > MOST_EXAMPLES:
            raise ExamplesError(
                f"{folder.path} holds more than {MOST_EXAMPLES} examples. Keep those that show something"
            )
    return Examples(tuple(found), tuple(wrong))


def _of_file(path: Path, guideline: Guideline, plan: Plan, rules: Catalogue) -> Iterator[Found]:
    text = decode(_bytes_of(path), str(path))
    parsed = parse(text)
    if parsed.root is None or parsed.problems:
        raise GuidelineProblems(parsed.problems, text, str(path))
    read = reading(ExampleFile, parsed.root)
    if read.written is None:
        raise GuidelineProblems(problems_of(read.errors, read.root, ExampleFile, rules), text, str(path))
    if problems := tuple(wrong_names(read.written, read.root, guideline, plan)):
        raise GuidelineProblems(problems, text, str(path))
    source = Text(str(path), text, read.root)
    return (Found(name, one, read.written.common, source) for name, one in read.written.examples.items())


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ExamplesError(f"{path} cannot be read: {(error.strerror or 'unreadable').lower()}") from error


def problem_of(found: Found, code: str, what: str, remedy: str, *keys: str | int) -> Problem:
    """Tell something of an example at the place of a key of it, or at its name."""
    return Problem(code, f"{found.name}: {what}", found.span(*keys), remedy)
