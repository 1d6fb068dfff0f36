"""A guideline with single values moved, to see what would change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from guidelint.language.load import loaded
from guidelint.language.text.parse import parse
from guidelint.language.text.problem import GuidelineProblems
from guidelint.language.text.tree import as_json, node_at
from guidelint.language.texts import NoSuchGuidelineError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.loaded import Loaded

_PUT_IN_PLACE: Final = ("extends", "without")
"""What a whole guideline says no more: its base is in it, and may be loosened to see what comes of it."""


def moved(read: Loaded, values: Mapping[str, str]) -> Loaded:
    """Put other values at paths such as ``classes.nodule.rules.diameter-limits.longest_min_mm``.

    A value is written as in YAML. Raises GuidelineProblems, or NoSuchGuidelineError for a path that leads nowhere.
    """
    content = as_json(read.root)
    for key in _PUT_IN_PLACE:
        content.pop(key, None)
    for path, text in values.items():
        _put(content, path, _value(path, text))
    try:
        text = json.dumps(content, ensure_ascii=False, indent=1)
        return loaded(text, f"{read.guideline.name}, moved", folder=read.folder)
    except GuidelineProblems as found:
        first = next(one for one in found.problems if one.level == "error")
        named = ", ".join(f"{path}={text}" for path, text in values.items())
        raise NoSuchGuidelineError(f"with {named} it is no guideline: {first.message}. {first.help}") from found


def _value(path: str, text: str) -> Any:
    root = parse(f"value: {text}\n").root
    node = None if root is None else node_at(root, ("value",))
    if node is None:
        raise NoSuchGuidelineError(f"`{path}={text}` gives no value; write it as in YAML: {path}=4")
    return as_json(node)


def _put(content: Any, path: str, value: Any) -> None:
    *above, last = path.split(".")
    here = content
    for number, step in enumerate(above):
        if not isinstance(here, dict) or step not in here:
            known = f"; there is: {', '.join(here)}" if isinstance(here, dict) else ""
            raise NoSuchGuidelineError(f"`{'.'.join(above[: number + 1])}` is not in the guideline{known}")
        here = here[step]
    if not isinstance(here, dict):
        whole = ".".join(above)
        raise NoSuchGuidelineError(
            f"`{whole}` has no keys beneath it; give it whole: {whole}={{{last}: {json.dumps(value)}}}"
        )
    here[last] = value
