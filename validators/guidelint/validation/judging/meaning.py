"""What a plan means, apart from how it is worded and in which order it is written; and a seal over all of it."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import msgspec

Content = dict[str, Any]
"""A plan as its JSON holds it: read as it was written, for an engine adds keys that an earlier one did not write."""
_BESIDE: Final = frozenset({"format", "guideline", "text_digest", "digest", "seal"})
"""What stands beside the meaning: what it is called, and what tells that it was not changed."""
_WORDING: Final = frozenset({"words", "note", "heading", "when_titles"})
"""What people read with a finding of a check."""
_SAID: Final = frozenset({"message"})
"""What annotators read of a route."""


def digest_of(content: Content) -> str:
    """SHA-256 of rules, parameters, revisions, classes, levels, routes and names; not of titles, notes or order."""
    meant = {name: part for name, part in content.items() if name not in _BESIDE}
    meant["checks"] = sorted(map(_check, content["checks"]))
    meant["routes"] = {name: _without(route, _SAID) for name, route in content["routes"].items()}
    meant["vocabulary"] = _vocabulary(content["vocabulary"])
    return _sha256(meant)


def seal_of(content: Content) -> str:
    """SHA-256 of everything: nobody changes a title in a plan unnoticed either."""
    return _sha256({**content, "seal": ""})


def digest_of_format_1(content: Content) -> str:
    """SHA-256 of everything, as plans of format 1 carry it."""
    return _sha256({**content, "digest": ""})


def _sha256(content: Content) -> str:
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def _check(check: Content) -> bytes:
    return msgspec.json.encode(_without(check, _WORDING), order="sorted")


def _vocabulary(names: Content) -> Content:
    controls: Content = names["geometry_controls"]
    return {
        **names,
        "classes": {key: _class(entry) for key, entry in names["classes"].items()},
        "attributes": {key: _attribute(entry) for key, entry in names["attributes"].items()},
        **({"image": _image(names["image"])} if "of_task" in names["image"] else {}),
        "geometry_controls": {tool: sorted(known) for tool, known in controls.items()},
    }


def _image(keys: Content) -> Content:
    return {**keys, "of_task": [_without(image, frozenset({"title"})) for image in keys["of_task"]]}


def _class(entry: Content) -> Content:
    labels = sorted({*entry["labels"]} - {entry["title"]})
    return {**_without(entry, frozenset({"title"})), "labels": labels}


def _attribute(entry: Content) -> Content:
    titles: Content = entry["option_titles"]
    options = {key: sorted({*names} - {titles.get(key)}) for key, names in entry["options"].items()}
    named = {"options": options, "controls": sorted(entry["controls"])}
    return {**_without(entry, frozenset({"title", "option_titles"})), **named}


def _without(part: Content, names: frozenset[str]) -> Content:
    return {name: value for name, value in part.items() if name not in names}
