"""Every key of the language by its path, ``classes.*.border``: what it means, what it takes, where it may stand."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from guidelint.language.reference.field_forms import default, form, meaning
from guidelint.language.sketch.yaml_text import in_line, yaml_text
from guidelint.language.text.suggest import closest, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ANY: Final = "*"
"""Stands in a path for a name that the author gives, and for an item of a list."""
_OTHER_NAME: Final = "my-name"
_MOST_PLACES: Final = 6
_ITEM: Final = "\0item"
"""Marks in a path of places that what stands beneath is an item of a list."""

Field = dict[str, Any]
Path = tuple[str, ...]
_NAMES: Final[Mapping[Path, str]] = {
    ("classes",): "nodule",
    ("attributes",): "malignancy",
    ("relations",): "core-in-nodule",
    ("escalation", "routes"): "senior-reader",
    ("escalation", "when"): "mass",
}


class NoSuchKeyError(LookupError):
    """No key of that path; the message is for people."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key where it stands."""

    path: Path
    field: Field
    part: str = ""
    """Definition of the part that it is a key of; empty: the guideline itself."""
    is_required: bool = False

    @property
    def name(self) -> str:
        """Its path as people write it."""
        return _written(self.path)


@dataclass(frozen=True)
class Keys:
    """The keys of a JSON Schema of guidelines."""

    schema: Field

    @cached_property
    def every(self) -> Mapping[str, Key]:
        """Every key by its path; one that may stand in many places stands under the first of them."""
        return self._walked[0]

    @property
    def parts(self) -> Iterable[str]:
        """Name every part that has keys; the guideline itself is called nothing."""
        return self._walked[1]

    @cached_property
    def _walked(self) -> tuple[dict[str, Key], dict[str, list[Path]]]:
        """Go from part to part, each once; give the keys, and where each part may stand."""
        found: dict[str, Key] = {}
        places: dict[str, list[Path]] = {"": [()]}
        todo: deque[tuple[Field, Path, str]] = deque([(self.schema, (), "")])
        while todo:
            part, path, of = todo.popleft()
            for name, field in part.get("properties", {}).items():
                key = Key((*path, name), field, of, name in part.get("required", ()))
                found.setdefault(key.name, key)
                for below in self._beneath(field, key.path):
                    seen = places.setdefault(below[2], [])
                    seen.append(below[1])
                    todo.extend([below] if len(seen) == 1 else [])
        return found, places

    def _beneath(self, field: Field, path: Path) -> Iterator[tuple[Field, Path, str]]:
        """Yield every part with keys of its own beneath a key, also beneath names that an author gives."""
        for part, at, of in self._parts(field, path):
            if part.get("properties"):
                yield part, at, of
            if (named := _under_names(part)) is not None:
                yield from self._beneath(named, (*at, ANY))

    def _parts(self, field: Field, path: Path, of: str = "") -> Iterator[tuple[Field, Path, str]]:
        """Yield every part that may stand as a value, the path at which its keys stand, and what defines it."""
        reference = str(field.get("$ref", "")).rpartition("/")[2]
        part, of = (self.schema["definitions"][reference], reference) if reference else (field, of)
        for one in part.get("anyOf", part.get("oneOf", ())):
            yield from self._parts(one, path, of)
        if isinstance(items := part.get("items"), dict):
            yield from self._parts(items, (*path, _ITEM), of)
        if part.get("properties") or _under_names(part) is not None:
            yield part, path, of

    def explain(self, name: str) -> str:
        """Explain a key by its path, or all keys of that name. Raises NoSuchKeyError with what was meant."""
        steps = tuple(step for step in name.replace("[]", "").split(".") if step)
        found = self._found(steps)
        if not steps or not found:
            raise NoSuchKeyError(self._meant(name))
        first, *others = found
        if not others:
            return self._whole(first)
        told = [f"{key.name}: {self.said(key)}" for key in others]
        return "\n".join([self._whole(first), f"`{name}` is also a key of other parts:", "", *told]) + "\n"

    def _found(self, steps: Path) -> list[Key]:
        """Find keys by a path, or by its end; the names that an author gives need not be written."""
        if (key := self.at(steps)) is not None and (key.path[-1:] == steps[-1:] or ANY in steps):
            return [key]
        ending = [one for one in self.every.values() if _ends(one, steps)]
        return ending or ([key] if key is not None else [])

    def examples_beneath(self, key: Key) -> Mapping[str, str]:
        """Give every key of the part beneath a key its example, on one line."""
        parts = (part for part, _, _ in self._beneath(key.field, ()))
        return {name: example(field) for part in parts for name, field in part["properties"].items()}

    def at(self, steps: Sequence[str]) -> Key | None:
        """Find the key at a path, with ``*`` or an author's names in it; where it ends in a name, the key above it."""
        here: Field = self.schema
        path: Path = ()
        found: Key | None = None
        for step in steps:
            parts = list(self._parts(here, path))
            own = next((one for one in parts if step in one[0].get("properties", {})), None)
            if own is not None:
                part, at, of = own
                here, path = part["properties"][step], (*at, step)
                found = Key(path, here, of, step in part.get("required", ()))
                continue
            named = next(((inner, at) for part, at, _ in parts if (inner := _under_names(part)) is not None), None)
            if named is None:
                return None
            here, path = named[0], (*named[1], ANY)
        return found

    def places(self, key: Key) -> tuple[str, ...]:
        """Say in which parts a key may stand, by their paths."""
        return tuple(dict.fromkeys(map(_written, self._walked[1].get(key.part, [key.path[:-1]]))))

    def said(self, key: Key) -> str:
        """Say what a key means."""
        return meaning(key.field, self.schema)

    def _meant(self, asked: str) -> str:
        last = asked.rpartition(".")[2]
        names = {key.path[-1] for key in self.every.values()}
        meant = closest(asked, self.every) or closest(last, names)
        if meant is not None:
            return f"there is no key `{asked}`. Did you mean `{meant}`?"
        return f"there is no key `{asked}`. At the top stand {listed(self.schema['properties'], 40)}"

    def _whole(self, key: Key) -> str:
        lines = [key.name, "=" * len(key.name), self.said(key), "", f"Takes: {form(key.field)}{_left_out(key)}"]
        places = self.places(key)
        more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
        lines.append(f"Stands in: {', '.join(places[:_MOST_PLACES])}{more}")
        below = dict.fromkeys(name for part, _, _ in self._beneath(key.field, ()) for name in part["properties"])
        if below:
            lines.append(f"Beneath it: {listed(below, 40)}")
        shown = "".join(f"  {line}\n" for line in snippet(key).splitlines())
        return "\n".join([*lines, "", "For example:", "", shown])


def snippet(key: Key) -> str:
    """Show a key with its example, in the parts around it."""
    value: Any = key.field.get("examples", [None])[0]
    for at in range(len(key.path) - 1, -1, -1):
        step, before = key.path[at], tuple(one for one in key.path[:at] if one != _ITEM)
        name = _NAMES.get(before, "1" if before[-1:] == ("scale",) else _OTHER_NAME) if step == ANY else step
        value = [value] if step == _ITEM else {name: value}
    return yaml_text(value)


def example(field: Field) -> str:
    """Show what may stand behind a key, on one line; nothing where no example is known."""
    return "".join(in_line(value) for value in field.get("examples", ())[:1])


def _left_out(key: Key) -> str:
    if key.is_required:
        return "; it must not be left out"
    return f"; left out: {default(key.field)}" if default(key.field) else ""


def _written(place: Path) -> str:
    return ".".join(step for step in place if step != _ITEM) or "the guideline itself"


def _under_names(part: Field) -> Field | None:
    """Give what stands in a part under names that an author gives."""
    named = [*part.get("patternProperties", {}).values(), part.get("additionalProperties")]
    return next((one for one in named if isinstance(one, dict)), None)


def _ends(key: Key, steps: Path) -> bool:
    """Whether a key's path ends in these steps, with the names that an author gives or without."""
    paths = (tuple(step for step in key.path if step not in left_out) for left_out in ({_ITEM}, {_ITEM, ANY}))
    return any(path[-len(steps) :] == steps for path in paths)
