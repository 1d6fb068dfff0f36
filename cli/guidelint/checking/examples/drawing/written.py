"""Drawings written as a file of examples."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from guidelint.checking.examples.drawing.chosen import Chosen
    from guidelint.checking.examples.outcome import Outcome
    from guidelint.language.form.guideline import Guideline

_LONGEST_TITLE, _LONGEST_NAME = 120, 56
_BARE: Final = re.compile(r"[A-Za-z][\w./-]*( [\w./-]+)*")
_NOT_BARE: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_LEFT_OUT: Final = frozenset({"classes", "attributes", "relations", "escalation", "when", "rules", "readers"})
JUST_ACCEPTED: Final = "Just accepted: a little otherwise, and it departs from "
"""Begins the title of what lies beside a limit; the place of its rule follows."""
ACCEPTED_BY: Final = "Accepted by "
"""Begins the title of what a rule accepts that it is drawn for."""
Regions = list[dict[str, Any]]


def written(drawings: Sequence[Chosen], guideline: Guideline, taken: AbstractSet[str] = frozenset()) -> str:
    """Write them; ``taken``: names of examples that there are already."""
    entries = [_Entry(one, dict(one.drawing.scene.marked)) for one in drawings]
    common = _common(entries)
    names = _names(drawings, taken)
    lines = ["common:", *_lines(common, "  "), "", "examples:"] if common else ["examples:"]
    for name, entry in zip(names, entries, strict=True):
        lines += [f"  {name}:", *_lines(entry.keys(guideline, common), "    "), ""]
    return "\n".join(lines).rstrip() + "\n"


def written_keys(name: str, keys: Mapping[str, Any], outcome: Outcome) -> str:
    """Write one example that gets a verdict."""
    said = {**keys, **outcome.keys}
    return "\n".join(["examples:", f"  {name}:", *_lines(said, "    ")]) + "\n"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One example as it is written."""

    chosen: Chosen
    marked: dict[str, Any]

    @property
    def regions(self) -> Iterator[dict[str, Any]]:
        """Everything that is drawn."""
        yield from self.marked.get("drawn", ())
        for reading in self.marked.get("readings", ()):
            yield from reading.get("drawn", ())

    def keys(self, guideline: Guideline, common: dict[str, Any]) -> dict[str, Any]:
        """Give all that is written of it, in order."""
        one = self.chosen
        image = one.drawing.scene.image
        said = {
            "title": _title(one, guideline),
            "shows": one.shows,
            "is": one.kind,
            "use": one.use if one.use == "exam" else None,
            "image": image if image != common.get("image") else None,
            **self._without(common),
            **one.drawing.prepared.outcome.keys,
        }
        return {key: value for key, value in said.items() if value}

    def _without(self, common: dict[str, Any]) -> dict[str, Any]:
        """Leave out of what is marked the answers that all have in common."""
        usual = cast("dict[str, dict[str, Any]]", common.get("regions", {}))
        marked = dict(self.marked)
        if "drawn" in marked:
            marked["drawn"] = [_but(one, usual.get(one["class"], {})) for one in marked["drawn"]]
        if "readings" in marked:
            readings = cast("list[dict[str, Any]]", marked["readings"])
            marked["readings"] = [
                one | {"drawn": [_but(each, usual.get(each["class"], {})) for each in one.get("drawn", [])]}
                for one in readings
            ]
        return marked


def _but(region: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any]:
    answers = cast("dict[str, Any]", region.get("answers", {}))
    own = {name: value for name, value in answers.items() if usual.get(name) != value}
    still_open = [name for name in usual if name not in answers]
    others = {key: value for key, value in region.items() if key != "answers"}
    return others | ({"answers": own} if own else {}) | ({"unanswered": still_open} if still_open else {})


def _common(entries: Iterable[_Entry]) -> dict[str, Any]:
    """Gather the image and the answers that most have."""
    images: Counter[str] = Counter()
    given: dict[str, dict[str, Counter[str]]] = {}
    of_class: Counter[str] = Counter()
    for entry in entries:
        images[json.dumps(entry.chosen.drawing.scene.image)] += 1
        for region in entry.regions:
            of_class[region["class"]] += 1
            for name, value in region.get("answers", {}).items():
                given.setdefault(region["class"], {}).setdefault(name, Counter())[json.dumps(value)] += 1
    regions = {of: dict(_usual(asked, of_class[of])) for of, asked in given.items()}
    found = {"image": json.loads(images.most_common(1)[0][0])} if images else {}
    usual = {of: answers for of, answers in regions.items() if answers}
    return found | ({"regions": usual} if usual else {})


def _usual(asked: dict[str, Counter[str]], regions: int) -> Iterator[tuple[str, Any]]:
    for name, values in asked.items():
        value, times = values.most_common(1)[0]
        if 2 * times > regions:
            yield name, json.loads(value)


def _title(one: Chosen, guideline: Guideline) -> str:
    """Say what it shows: what was found, or of what it is."""
    found = one.drawing.prepared.outcome.findings
    if found:
        said = found[0].message
    elif one.drawing.border:
        said = f"{JUST_ACCEPTED}{one.drawing.border}"
    elif one.about is not None:
        said = f"{ACCEPTED_BY}{one.about.clause}"
    else:
        said = f"{guideline.classes[one.shows].title}, as it should be" if one.shows else "nothing is marked"
    return shorten(said[:1].upper() + said[1:], _LONGEST_TITLE, placeholder=" …")


def _names(drawings: Iterable[Chosen], taken: AbstractSet[str]) -> list[str]:
    """Name each by what it departs from, or by its class."""
    names: list[str] = []
    for one in drawings:
        clauses = sorted(one.drawing.clauses)
        of_itself = clauses[0] if clauses else one.drawing.border or one.shows or "nothing-marked"
        clause = of_itself if one.about is None else one.about.clause
        steps = [step for step in clause.split(".") if step not in _LEFT_OUT]
        words = [*steps, one.drawing.prepared.outcome.decision, *(["exam"] if one.use == "exam" else [])]
        base = re.sub(r"[^a-z0-9]+", "-", "-".join(words).lower()).strip("-")[:_LONGEST_NAME].strip("-")
        base = base if base[:1].isalpha() else f"e-{base}"
        name = next(
            each for at in range(1, 10_000) if (each := base if at == 1 else f"{base}-{at}") not in {*names, *taken}
        )
        names.append(name)
    return names


def _lines(keys: dict[str, Any], indent: str) -> Iterator[str]:
    """Write keys one on a line, lists of mappings item by item."""
    for key, value in keys.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{indent}{key}:"
            yield from (f"{indent}  - {_flow(item)}" for item in value)
        elif isinstance(value, dict) and any(isinstance(one, dict) for one in cast("dict[str, Any]", value).values()):
            yield f"{indent}{key}:"
            yield from (f"{indent}  {name}: {_flow(one)}" for name, one in cast("dict[str, Any]", value).items())
        else:
            yield f"{indent}{key}: {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        inner = (f"{_flow(key)}: {_flow(one)}" for key, one in cast("dict[str, Any]", value).items())
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str):
        return (
            value
            if _BARE.fullmatch(value) and value.lower() not in _NOT_BARE
            else json.dumps(value, ensure_ascii=False)
        )
    return json.dumps(value)
