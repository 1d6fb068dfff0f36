"""The names of a delivery in those of the guideline: labels are classes, controls are questions, values are options."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from guidelint.annotation.region import Answer, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidelint.annotation.vocabulary import AttributeEntry, ClassEntry, Vocabulary


class ClassNames:
    """The classes of a guideline, by every label that means them: key, title, aliases."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._classes = vocabulary.classes
        self._class_of = {
            label: key for key, entry in vocabulary.classes.items() for label in (key, entry.title, *entry.labels)
        }

    def among(self, labels: Iterable[str]) -> tuple[str | None, ClassEntry | None]:
        """Find the class that the first known of these labels means; nothing where none is known."""
        for label in labels:
            if (name := self._class_of.get(label)) is not None:
                return name, self._classes[name]
        return None, None

    def together(self, labels: Iterable[str]) -> Mapping[str, ClassEntry]:
        """Find all classes that these labels mean, where a region may be of all of them; else nothing."""
        meant = dict.fromkeys(self._class_of[label] for label in labels if label in self._class_of)
        fit = all(self._fit(one, other) for one, other in combinations(meant, 2))
        return {name: self._classes[name] for name in meant} if fit else {}

    def _fit(self, one: str, other: str) -> bool:
        return other in self._classes[one].together_with or one in self._classes[other].together_with


class QuestionNames:
    """The questions of a guideline, by every control that asks them, and their options by every spelling."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._by_control = {
            control: (key, _option_of(entry))
            for key, entry in vocabulary.attributes.items()
            for control in (key, *entry.controls)
        }

    def __contains__(self, control: object) -> bool:
        return control in self._by_control

    def answer(
        self, control: str, values: Iterable[Value], delivered_type: str = "", item: int | None = None
    ) -> Answer:
        """Say what is answered under a known control; an option that the guideline does not know stays as it is."""
        attribute, options = self._by_control[control]
        told = tuple(options.get(_spelling(value), value) for value in values)
        return Answer(attribute, told, control, delivered_type, item)


def _option_of(entry: AttributeEntry) -> Mapping[str, Value]:
    """Delivered spelling → option key."""
    return {spelling: key for key, spellings in entry.options.items() for spelling in (key, *spellings)}


def _spelling(value: Value) -> str:
    """How an option would be written: a rating of 3 means the option ``3``."""
    return value if isinstance(value, str) else f"{value:g}"
