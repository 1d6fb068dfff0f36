"""Which tag may stand in which, and with which attributes: the editor's rules, which the server does not check.

Read in the editor's sources of Label Studio 1.23.2. A config that breaks them is accepted by the server (POST
/api/projects/{id}/validate answers 204) and then kills the editor with ``ConfigurationError``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET

UNTYPED: Final = " "
"""For what shall have no key: the editor shows none, and none does anything. Where a key is left out, it hands out
letters, and typing one changes an answer."""

VISIBLE: Final = frozenset({"visibleWhen", "whenTagName", "whenLabelValue", "whenChoiceValue"})
ASKED: Final = frozenset({"name", "toName", "perRegion", "required", "requiredMessage", "whenLabelValue"})
LABELS: Final = frozenset({"name", "toName", "choice", "showInline"})
OUTLINE: Final = LABELS | {"opacity", "strokeWidth", "fillColor", "strokeColor"}

DRAWING: Final = frozenset(
    {
        "PolygonLabels",
        "RectangleLabels",
        "EllipseLabels",
        "KeyPointLabels",
        "BrushLabels",
        "BitmaskLabels",
        "VectorLabels",
    }
)
QUESTIONS: Final = frozenset({"Choices", "Number", "TextArea", "Rating"})
_IN_PANEL: Final = DRAWING | QUESTIONS | {"View", "Header", "Filter", "Collapse", "Image", "Style", "Label", "Choice"}


@dataclass(frozen=True, slots=True)
class Tag:
    """What the editor takes of one tag."""

    attributes: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    """Attributes without which the editor refuses it or its answers cannot be read."""
    children: frozenset[str] = frozenset()
    values: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """Attribute → its only allowed values."""
    text: bool = False
    """Whether it holds text."""


_BOOLEAN: Final = frozenset({"true", "false"})
_LAYOUT: Final = MappingProxyType(
    {"visibleWhen": frozenset({"region-selected", "no-region-selected", "choice-selected", "choice-unselected"})}
)
_IN_LABELS: Final = frozenset({"Label", "Header", "View"})
_NAMED: Final = frozenset({"name", "toName"})


def _labels(attributes: frozenset[str]) -> Tag:
    return Tag(attributes, _NAMED, _IN_LABELS, {"choice": frozenset({"single", "multiple"}), "showInline": _BOOLEAN})


TAGS: Final[Mapping[str, Tag]] = MappingProxyType(
    {
        "View": Tag(
            VISIBLE | {"display", "className", "idAttr", "style"}, children=_IN_PANEL | {"Markdown"}, values=_LAYOUT
        ),
        "Style": Tag(text=True),
        "Header": Tag(frozenset({"value", "size", "style", "underline"}), frozenset({"value"})),
        "Markdown": Tag(VISIBLE | {"value", "className", "idAttr", "style"}, frozenset({"value"}), values=_LAYOUT),
        "Collapse": Tag(frozenset({"accordion", "bordered", "open"}), children=frozenset({"Panel"})),
        "Panel": Tag(frozenset({"value", "open"}), frozenset({"value"}), _IN_PANEL),
        "Image": Tag(
            frozenset(
                {
                    "name",
                    "value",
                    "zoom",
                    "zoomControl",
                    "brightnessControl",
                    "contrastControl",
                    "rotateControl",
                    "crosshair",
                    "width",
                    "maxWidth",
                    "maxHeight",
                    "smoothing",
                    "defaultZoom",
                    "horizontalAlignment",
                }
            ),
            frozenset({"name", "value"}),
            values={"defaultZoom": frozenset({"auto", "original", "fit"})},
        ),
        "PolygonLabels": _labels(OUTLINE | {"pointSize", "pointStyle", "snap"}),
        "RectangleLabels": _labels(OUTLINE | {"canRotate", "snap"}),
        "EllipseLabels": _labels(OUTLINE | {"canRotate"}),
        "KeyPointLabels": _labels(LABELS | {"opacity", "strokeWidth", "snap"}),
        "BrushLabels": _labels(LABELS),
        "BitmaskLabels": _labels(LABELS),
        "VectorLabels": _labels(OUTLINE | {"pointSize", "closable", "curves", "minPoints", "maxPoints", "snap"}),
        "Label": Tag(
            frozenset({"value", "alias", "hint", "hotkey", "background", "html", "selected"}),
            frozenset({"value", "alias", "hotkey", "background"}),
        ),
        # Shows what fits of a group of labels; it stores nothing, and its name is no control's.
        "Filter": Tag(
            frozenset({"name", "toName", "minlength", "hotkey", "placeholder", "casesensetive", "cleanup"}),
            _NAMED | {"hotkey"},
            values={"cleanup": _BOOLEAN, "casesensetive": _BOOLEAN},
        ),
        "Choices": Tag(
            ASKED | VISIBLE | {"choice", "layout", "showInline"},
            _NAMED,
            frozenset({"Choice", "View", "Header"}),
            {
                **_LAYOUT,
                "choice": frozenset({"single", "single-radio", "multiple"}),
                "layout": frozenset({"select", "inline", "vertical"}),
            },
        ),
        "Choice": Tag(
            frozenset({"value", "alias", "hint", "hotkey", "html", "selected", "style"}),
            frozenset({"value", "alias", "hotkey"}),
        ),
        # Number and Rating know no visibleWhen of their own: a condition on other answers stands on a View around them.
        "Number": Tag(ASKED | {"min", "max", "step", "slider", "defaultValue", "hotkey"}, _NAMED | {"hotkey"}),
        "Rating": Tag(ASKED | {"maxRating", "size", "hotkey", "defaultValue"}, _NAMED | {"hotkey"}),
        "TextArea": Tag(
            ASKED
            | VISIBLE
            | {"placeholder", "maxSubmissions", "editable", "rows", "displayMode", "showSubmitButton", "transcription"},
            _NAMED,
            values={**_LAYOUT, "displayMode": frozenset({"tag", "region-list"})},
        ),
    }
)


class ConfigError(ValueError):
    """A labeling config that the editor would refuse; says every reason."""


def verify(root: ET.Element) -> None:
    """Raise ConfigError when the editor would refuse the config or ask in the wrong place."""
    problems = tuple(problems_of(root))
    if problems:
        raise ConfigError("the labeling config would not work in the editor:\n" + "\n".join(f"- {p}" for p in problems))


def problems_of(root: ET.Element) -> Iterator[str]:
    """Every way in which the config departs from what the editor takes."""
    if root.tag != "View":
        yield f"the outermost tag is {root.tag}, not View"
    yield from _unfit(root)
    for parent in root.iter():
        for child in parent:
            yield from _misplaced(parent, child)
            yield from _unfit(child)
    yield from _dangling(root)
    yield from _colliding(root)


def _misplaced(parent: ET.Element, child: ET.Element) -> Iterator[str]:
    table = TAGS.get(parent.tag)
    if table is not None and child.tag in TAGS and child.tag not in table.children:
        yield f"{_name(child)} may not stand in {_name(parent)}"


def _unfit(element: ET.Element) -> Iterator[str]:
    table = TAGS.get(element.tag)
    if table is None:
        yield f"{_name(element)}: the editor does not know this tag"
        return
    for attribute in sorted(element.attrib.keys() - table.attributes):
        yield f"{_name(element)} takes no attribute {attribute}"
    for attribute in sorted(table.needs - element.attrib.keys()):
        yield f"{_name(element)} needs {attribute}"
    for attribute, allowed in table.values.items():
        if element.get(attribute, next(iter(allowed))) not in allowed:
            others = ", ".join(sorted(allowed))
            yield f"{_name(element)}: {attribute} is {element.get(attribute)!r}, not one of {others}"
    if element.get("hint") in _BOOLEAN:
        yield f"{_name(element)}: hint is {element.get('hint')!r}, which the editor takes for a switch and dies of"
    if (element.text or "").strip() and not table.text:
        yield f"{_name(element)} holds text, which the editor would show as its value"
    if element.tag == "Style" and set(element.text or "") & set("<>&"):
        yield "Style holds <, > or &, which the editor escapes: the rule would not apply"


def _dangling(root: ET.Element) -> Iterator[str]:
    images = {item.get("name") for item in root.iter("Image")}
    filtered = {item.get("name") for item in root.iter() if item.tag in DRAWING | {"Choices"}}
    labels = {item.get("alias") for item in root.iter("Label")}
    options = {
        choices.get("name"): {item.get("alias") for item in choices.iter("Choice")} for choices in root.iter("Choices")
    }
    for item in root.iter():
        if item.tag == "Filter" and item.get("toName") not in filtered:
            yield f"{_name(item)} points at {item.get('toName')!r}, which holds no labels and no choices"
        if item.tag != "Filter" and "toName" in item.attrib and item.get("toName") not in images:
            yield f"{_name(item)} points at {item.get('toName')!r}, which is no image"
        if not _listed(item, "whenLabelValue") <= labels:
            yield f"{_name(item)} waits for a label that does not exist: {item.get('whenLabelValue')}"
        if not _listed(item, "whenChoiceValue") <= options.get(item.get("whenTagName"), set()):
            yield f"{_name(item)} waits for an answer that does not exist: {item.get('whenChoiceValue')}"
        if item.get("required") == item.get("perRegion") == "true" and "whenLabelValue" not in item.attrib:
            yield f"{_name(item)} would be required of every region: the condition must stand on the control itself"


def _colliding(root: ET.Element) -> Iterator[str]:
    names = [item.get("name", "") for item in root.iter() if "name" in item.attrib]
    keys = [item.get("hotkey", UNTYPED).lower() for item in root.iter() if item.tag != "Filter"]
    keys += {item.get("hotkey", UNTYPED).lower() for item in root.iter("Filter")}
    keys = [key for key in keys if key != UNTYPED]
    for kind, values in (("name", names), ("hotkey", keys)):
        for value in sorted({value for value in values if values.count(value) > 1}):
            yield f"the {kind} {value!r} is used more than once"


def _listed(item: ET.Element, attribute: str) -> set[str | None]:
    return set(item.get(attribute, "").split(",")) if attribute in item.attrib else set()


def _name(element: ET.Element) -> str:
    name = element.get("name") or element.get("alias")
    return f"{element.tag} {name!r}" if name else element.tag
