"""Labels, controls and answers of Label Studio, each renamed where the other version calls it something else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from guidelint.language.compile.vocabulary import vocabulary_of
from guidelint.language.versions.mapping import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.language.form.guideline import Guideline
    from guidelint.language.versions.mapping import Keys, Names


@dataclass(frozen=True)
class Renaming:
    """Two versions of a guideline, as their names stand in stored work."""

    old: Guideline
    new: Guideline
    names: Names

    @staticmethod
    def between(old: Guideline, new: Guideline, *, back: bool = False) -> Renaming:
        """Give the way from a version to a later one; ``back``: from that to the earlier."""
        forth = names(old, new)
        return Renaming(new, old, forth.back(old)) if back else Renaming(old, new, forth)

    @cached_property
    def _before(self) -> Vocabulary:
        return vocabulary_of(self.old)

    @cached_property
    def _after(self) -> Vocabulary:
        return vocabulary_of(self.new)

    @cached_property
    def _classes(self) -> Mapping[str, str | None]:
        """Every label of before → the one that is written; None: there is none."""
        before = {key: entry.labels for key, entry in self._before.classes.items()}
        after = {key: entry.labels for key, entry in self._after.classes.items()}
        return dict(_written(self.names.classes, before, after))

    @cached_property
    def _questions(self) -> Mapping[str, tuple[str, str | None]]:
        """Every control of a question of before → the question, and the control that is written."""
        found: dict[str, tuple[str, str | None]] = {}
        for key, entry in self._before.attributes.items():
            follower = self.names.questions.get(key)
            known = self._after.attributes[follower].controls if follower in self._after.attributes else ()
            for control in entry.controls:
                is_known = key == follower and control in known
                found[control] = key, control if is_known else _control(control, key, follower)
        return found

    @cached_property
    def _options(self) -> Mapping[str, Mapping[str, str | None]]:
        """Question of before → every value → the one that is written."""
        found: dict[str, Mapping[str, str | None]] = {}
        for key, entry in self._before.attributes.items():
            follower = self.names.questions.get(key)
            if follower is not None and follower in self._after.attributes:
                after = self._after.attributes[follower].options
                found[key] = dict(_written(self.names.options.get(key, {}), entry.options, after))
        return found

    def label(self, label: str) -> str | None:
        """Rename a label; one that no version knows stays. None: its class is gone."""
        return self._classes.get(label, label)

    def choices(self, label: str) -> tuple[str, ...]:
        """Give the classes to choose from for a label whose class has no successor."""
        keys = (key for key, entry in self._before.classes.items() if label in entry.labels)
        return self.names.classes_for(next(keys, ""))

    def control(self, control: str) -> tuple[str, str | None] | None:
        """Name the question of a control and its new control; None: it belongs to no question."""
        return self._questions.get(control)

    def value(self, question: str, value: str) -> str | None:
        """Rename an answer; None: the option is gone."""
        return self._options.get(question, {}).get(value, value)

    def means_another_class(self, label: str) -> bool:
        """Whether the other version takes a label that it has no successor for as one of its own."""
        return any(label in entry.labels for entry in self._after.classes.values())

    def means_another_answer(self, question: str, value: str) -> bool:
        """Whether the other version takes an answer that it has no successor for as one of its own."""
        entry = self._after.attributes.get(self.names.questions.get(question) or "")
        return entry is not None and any(value in names for names in entry.options.values())


def _written(
    keys: Keys, before: Mapping[str, Iterable[str]], after: Mapping[str, Iterable[str]]
) -> Iterable[tuple[str, str | None]]:
    """Give each name of before with the one that is written: itself where nothing is called otherwise."""
    for key, called in before.items():
        follower = keys.get(key)
        for name in called:
            is_known = key == follower and name in after[key]
            yield name, name if is_known else follower


def _control(control: str, key: str, follower: str | None) -> str | None:
    """Rename a control; one for a single image ends in the name of that, behind a sign that no key has."""
    of_image = control.removeprefix(key) if control.startswith(f"{key}_") else ""
    return None if follower is None else f"{follower}{of_image}"
