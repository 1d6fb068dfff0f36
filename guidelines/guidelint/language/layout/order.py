"""In which order the keys of a part stand; names that an author gives stay where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.language.text.tree import KeyPath


class Order(NamedTuple):
    """Keys that stand first and last; others stand between, as their author has them."""

    first: tuple[str, ...]
    last: tuple[str, ...] = ()

    def sorted(self, keys: Iterable[str]) -> list[str]:
        """Sort keys; those that are not known stay in the order given."""
        places = {key: place for place, key in enumerate((*self.first, "", *self.last))}
        return sorted(keys, key=lambda key: places.get(key, places[""]))


_GUIDELINE = Order(
    (
        *("guidelint", "guideline", "version", "title", "status", "effective", "supersedes", "summary", "changes"),
        *("authors", "approvals", "licence", "sources", "images"),
        *("classes", "not_annotated", "attributes", "rules", "relations", "empty_reading", "escalation"),
    ),
    (
        *("procedure", "edge_cases", "ai_assistance", "readers", "annotators", "review", "calibration", "balance"),
        *("delivery", "regulation", "returned_work", "picture_hosts", "instructions", "control_aliases"),
    ),
)
_CLASS = Order(
    (
        *("title", "definition", "includes", "excludes", "draw", "border", "color", "hotkey", "group", "codes"),
        *("laterality", "count", "excluded_from"),
    ),
    ("rules", "aliases"),
)
_QUESTION = Order(
    ("title", "definition", "of", "choose_one", "choose_many", "scale", "number", "text", "higher_means"),
    ("required", "aliases"),
)


def order_at(path: KeyPath) -> Order | None:
    """Give the order of the keys at a path; None: they stay as they stand."""
    match path:
        case ():
            return _GUIDELINE
        case ("classes", _):
            return _CLASS
        case ("attributes", _):
            return _QUESTION
        case _:
            return None
