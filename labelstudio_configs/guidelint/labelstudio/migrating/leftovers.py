"""Controls of the version before that stored work uses still: Label Studio takes no config without them.

While the work is moved they stay in the labeling config, where nobody sees them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_END: Final = "</View>"
_OUT_OF_SIGHT: Final = "display:none"
_NOT_KEPT: Final = ("required", "requiredMessage", "hotkey", "whenTagName", "whenLabelValue", "visibleWhen")
"""What would ask annotators for something, or take a key from a control that they see."""


def controls_in(config: str) -> frozenset[str]:
    """Name the controls of a labeling config, and what they are on."""
    return frozenset(_named(config))


def with_leftovers(config: str, before: str, wanted: Collection[str]) -> str:
    """Add controls of the config before, out of sight."""
    named = _named(before)
    kept = "".join(_text(named[name]) for name in sorted(wanted) if name in named)
    if not kept:
        return config
    body = config.rstrip().removesuffix(_END)
    return f'{body}<View style="{_OUT_OF_SIGHT}">{kept}</View>{_END}\n'


def _named(config: str) -> Mapping[str, ET.Element]:
    return {name: one for one in ET.fromstring(config).iter() if (name := one.get("name"))}  # noqa: S314 - compiled by ourselves


def _text(control: ET.Element) -> str:
    for one in control.iter():
        for key in _NOT_KEPT:
            one.attrib.pop(key, None)
        one.tail = None
    return ET.tostring(control, encoding="unicode")
