"""A multiple of an image fact that was written as people say it: ``2 × slice thickness``."""

from __future__ import annotations

import re
from typing import Any, get_args

from guidelint.language.form.allowed_keys import multiple_in_place, written_fields

_SAID = re.compile(
    r"(?:(?P<times>\d+(?:\.\d+)?)|(?P<twice>twice)|once)?\s*(?:[x×*·]|times)?\s*(?:the\s+)?(?P<fact>[a-z][a-z _-]*)",
    re.IGNORECASE,
)


def meant_multiple(text: str, wanted: Any) -> str:
    """Write the multiple that is meant, where the type takes one of that fact; empty: none is."""
    said, form = _SAID.fullmatch(text.strip()), multiple_in_place(wanted)
    if said is None or form is None:
        return ""
    fact = re.sub(r"[ -]+", "_", said["fact"].strip().lower())
    times = said["times"] or ("2" if said["twice"] else "1")
    return f"{{times: {times}, of: {fact}}}" if fact in get_args(written_fields(form)["of"].annotation) else ""
