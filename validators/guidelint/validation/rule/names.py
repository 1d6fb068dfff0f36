"""What annotators call the classes, questions and answers that a rule knows by their keys."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from guidelint.validation.rule.wording import both, either, measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_BEGIN, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def titled(title: str) -> str:
    """Mark a title off from the sentence around it, whichever way its script runs."""
    return f"{_BEGIN}{title.replace(_BEGIN, '').replace(_END, '')}{_END}"


def pieces(sentence: str) -> Iterator[tuple[str, bool]]:
    """Split a sentence into its pieces, and whether each is a title."""
    for piece in sentence.split(_BEGIN):
        title, ended, rest = piece.partition(_END)
        if ended:
            yield title, True
        if words := rest if ended else piece:
            yield words, False


def plain(sentence: str) -> str:
    """Write a sentence without the marks around its titles."""
    return "".join(piece for piece, _ in pieces(sentence))


@dataclass(frozen=True, slots=True)
class QuestionNames:
    """What annotators call a question and its answers."""

    title: str
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    """Key → title, in the order of the guideline; none: it is answered freely."""
    unit: str = ""
    """Unit of a number."""


@dataclass(frozen=True, slots=True)
class Names:
    """The titles of one guideline, and which classes the use of a rule concerns.

    Every method gives words for a sentence, titles marked off. A key without a title, as in the cases of a rule, is
    spelled with a capital.
    """

    classes: Mapping[str, str] = field(default_factory=dict[str, str])
    questions: Mapping[str, QuestionNames] = field(default_factory=dict[str, QuestionNames])
    images: Mapping[str, str] = field(default_factory=dict[str, str])
    """Named images of a task: key → title."""
    concerned: tuple[str, ...] = ()
    """Classes whose regions the rule is used on; none: all."""

    def of(self, classes: Iterable[str]) -> Names:
        """Name the same things for a rule that is used on these classes."""
        return replace(self, concerned=tuple(classes))

    @property
    def kind(self) -> str:
        """What the rule is used on, after "every" or "any"."""
        return self.kinds(self.concerned)

    def kinds(self, classes: Iterable[str]) -> str:
        """Alternatives after "every", "any" or "no"; with no class, any region."""
        return either(self.class_(name) for name in classes) or "region"

    def every(self, classes: Sequence[str]) -> str:
        """Name classes of this guideline in the shorter way: those that they are, or those that they are not."""
        others = [name for name in self.classes if name not in classes]
        if len(others) >= len(classes):
            return f"every {self.kinds(classes)}"
        return f"every region but {both(self.class_(name) for name in others)}" if others else "every region"

    def class_(self, key: str) -> str:
        """Title of a class."""
        return titled(self.classes.get(key, _spelled(key)))

    def image(self, key: str) -> str:
        """Title of one of the images of a task."""
        return titled(self.images.get(key, _spelled(key)))

    def pair(self, first: str, second: str) -> str:
        """Two classes, or two regions of one class."""
        return f"two {self.class_(first)}" if first == second else both((self.class_(first), self.class_(second)))

    def question(self, key: str, title: str = "") -> str:
        """Title of a question, or the one that the rule itself gives it."""
        return titled(title or self._question(key).title)

    def answers(self, question: str, options: Iterable[str]) -> str:
        """Alternative answers to a question."""
        known = self._question(question).options
        return either(titled(known.get(option, _spelled(option))) for option in options)

    def up_to(self, question: str, limit: float) -> str:
        """Say which answers go up to a number: steps of a scale by their titles, other numbers as they are."""
        known = self._question(question)
        steps = [option for option in known.options if option.lstrip("-").isdecimal() and int(option) <= limit]
        return self.answers(question, steps) if steps else f"at most {measure(limit, known.unit)}"

    def unit(self, question: str) -> str:
        """Give the unit of the answers to a question."""
        return self._question(question).unit

    def conditions(self, when: Mapping[str, Iterable[str]]) -> str:
        """Answers that hold together, each in one of several ways."""
        return both(f"{self.question(name)} is {self.answers(name, options)}" for name, options in when.items())

    def _question(self, key: str) -> QuestionNames:
        return self.questions.get(key, QuestionNames(_spelled(key)))


def _spelled(key: str) -> str:
    words = key.replace("-", " ")
    return words[:1].upper() + words[1:]
