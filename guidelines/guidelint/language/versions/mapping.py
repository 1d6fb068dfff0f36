"""Under which names stored work goes on: keys of classes, questions and options of one version in another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from guidelint.language.versions.successors import successors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.form.guideline import Attribute, Guideline

Keys = dict[str, str | None]
"""Key → its key in the other version; None: it has none there."""


@dataclass(frozen=True, slots=True)
class Names:
    """What keys of one version are called in another, and what there is to choose from where one has no successor."""

    classes: Keys
    questions: Keys
    options: dict[str, Keys]
    """Question → its options."""
    new_classes: tuple[str, ...] = ()
    """Classes that follow from none: one that is gone may have been split into them."""
    new_options: dict[str, tuple[str, ...]] | None = None
    """The same by question."""
    merged: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """On the way back: class that several became → those."""

    def classes_for(self, key: str) -> tuple[str, ...]:
        """Give the classes to choose from for a mark of one that has no successor."""
        return self.merged.get(key) or self.new_classes

    def back(self, old: Guideline) -> Names:
        """Give the way back; two that became one have none."""
        questions = _inverse(self.questions)
        was = {new: name for new, name in questions.items() if name is not None}
        forth = {new: self.options.get(name, {}) for new, name in was.items()}
        options = {question: _inverse(keys) for question, keys in forth.items()}
        merged_options = {question: tuple(chain(*_merged(keys).values())) for question, keys in forth.items()}
        return Names(
            _inverse(self.classes), questions, options, tuple(old.classes), merged_options, _merged(self.classes)
        )


def names(old: Guideline, new: Guideline) -> Names:
    """Map the keys of a version to those of a later one, by what that says in `aliases`."""
    classes, questions = _keys(old.classes, new.classes), _keys(old.attributes, new.attributes)
    options, new_options = dict[str, Keys](), dict[str, tuple[str, ...]]()
    for name, part in old.attributes.items():
        follower = new.attributes.get(questions[name] or "")
        if follower is None or not is_same_kind(part, follower):
            questions[name] = None
            continue
        options[name] = _keys(part.options, follower.options)
        new_options[name] = _without(follower.options, options[name])
    return Names(classes, questions, options, _without(new.classes, classes), new_options)


def is_same_kind(old: Attribute, new: Attribute) -> bool:
    """Whether answers to one question are answers to the other: one choice may become several, and no unit another."""
    units = [part.number.unit if part.number else "" for part in (old, new)]
    widened = (old.kind, new.kind) == ("choice", "multi-choice")
    return units[0] == units[1] and (old.kind == new.kind or widened) and old.per_region == new.per_region


def _keys(old: Mapping[str, object], new: Mapping[str, object]) -> Keys:
    followers = successors(old, new)
    return {key: key if key in new else followers.get(key) for key in old}


def _without(new: Mapping[str, object], mapped: Keys) -> tuple[str, ...]:
    return tuple(key for key in new if key not in mapped.values())


def _merged(keys: Keys) -> dict[str, tuple[str, ...]]:
    """Lead from each key that several became to those."""
    became = defaultdict[str, list[str]](list)
    for old, new in keys.items():
        if new is not None:
            became[new].append(old)
    return {new: tuple(several) for new, several in became.items() if len(several) > 1}


def _inverse(keys: Keys) -> Keys:
    found: Keys = {}
    for old, new in keys.items():
        if new is not None:
            found[new] = None if new in found else old
    return found
