"""A catalogue whose rules are loaded when they are asked for: one that nobody names costs no more than its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from guidelint.validation.rule.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from guidelint.validation.rule.rule import Catalogue


class Place(NamedTuple):
    """Where a rule is, before it is loaded."""

    name: str
    """Id of the rule."""
    of_whom: str
    """What to call the place."""
    is_unasked: bool
    """Whether a guideline may ask for the rule without naming it."""
    load: Callable[[], type[Rule]]


class OnDemand(Mapping[str, type[Rule]]):
    """Rules by their ids, in the order of these."""

    def __init__(self, places: Iterable[Place]) -> None:
        """Take the places of all rules. Raises TypeError when two rules share an id."""
        self._places: dict[str, Place] = {}
        self._loaded: dict[str, type[Rule]] = {}
        for place in sorted(places, key=lambda one: one.name):
            if (other := self._places.get(place.name)) is not None:
                raise TypeError(f"two rules are called {place.name}: {other.of_whom} and {place.of_whom}")
            self._places[place.name] = place

    def __getitem__(self, name: str) -> type[Rule]:
        """Give a rule, loaded. Raises TypeError where it is not what its place says."""
        if name not in self._loaded:
            self._loaded[name] = _loaded(self._places[name])
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a rule, without loading it."""
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        """List the ids."""
        return iter(self._places)

    def __len__(self) -> int:
        """Count the rules."""
        return len(self._places)

    def unasked(self) -> list[type[Rule]]:
        """Load the rules that a guideline may ask for without naming them."""
        return [self[name] for name, place in self._places.items() if place.is_unasked]


def unasked(catalogue: Catalogue) -> Iterator[type[Rule]]:
    """Give the rules that a guideline may ask for without naming them; of a catalogue on demand, no other is loaded."""
    rules = catalogue.unasked() if isinstance(catalogue, OnDemand) else catalogue.values()
    return filter(_is_unasked, rules)


def _loaded(place: Place) -> type[Rule]:
    rule = place.load()
    if rule.id() != place.name:
        raise TypeError(f"{place.of_whom} is the place of the rule {place.name}, and {rule.id()} is there")
    if _is_unasked(rule) and not place.is_unasked:
        raise TypeError(
            f"the rule {place.name} is judged without being named, which {place.of_whom} does not say: set `always` or"
            " `follows` in the body of its own class"
        )
    return rule


def _is_unasked(rule: type[Rule]) -> bool:
    return rule.always or bool(rule.follows)
