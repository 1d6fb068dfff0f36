"""Questions about the image and about regions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from guidelint.labelstudio.config.escaping import markup, shown, title_of
from guidelint.labelstudio.config.scale import ends_of, steps
from guidelint.labelstudio.config.shown_images import asked_on, question_control
from guidelint.labelstudio.config.tags import UNTYPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.labelstudio.config.shown_images import ShownImage
    from guidelint.language.form.guideline import Attribute, Guideline


def asked_of_regions(guideline: Guideline) -> Iterator[ET.Element]:
    """Questions about the selected region, each asked only of the classes it concerns; none: nothing at all."""
    asked = {name: item for name, item in guideline.attributes.items() if item.per_region and item.is_entered}
    if not asked:
        return
    concerned = dict.fromkeys(of for item in asked.values() for of in item.of)
    dock = ET.Element("View", {"className": "gl-ask", **_of_selected(concerned)})
    questions = ET.SubElement(dock, "View", {"className": "gl-questions"})
    for name, item in asked.items():
        question = ET.SubElement(questions, "View", {"className": "gl-asked", **_of_selected(item.of)})
        question.extend(_question(name, item, guideline, image) for image in asked_on(item, guideline))
    yield dock


def asked_of_the_image(guideline: Guideline, image: ShownImage, *, alone: bool = False) -> Iterator[ET.Element]:
    """Questions about the whole task, or ``alone`` what one image of it is asked by itself; none: nothing at all."""
    asked = {
        name: item
        for name, item in guideline.attributes.items()
        if not item.per_region and item.is_entered and bool(item.on) is alone and image.is_among(item.on)
    }
    if not asked:
        return
    view = ET.Element("View", {"className": "gl-of-image" if alone else "gl-image-ask"})
    questions = ET.SubElement(view, "View", {"className": "gl-questions"})
    questions.extend(_question(name, item, guideline, image) for name, item in asked.items())
    yield view


def insists(item: Attribute, guideline: Guideline) -> bool:
    """Whether the editor itself insists on an answer.

    It does not where a question about regions waits for another answer, or any question for a number, for the image,
    for what is marked or for an answer that nobody enters: the editor would insist whatever was answered. The rule
    required-attribute still judges it.
    """
    required = item.required
    if required is None or required.when_number or required.where or (item.per_region and required.when):
        return False
    return all(guideline.attributes[name].is_entered for name in required.when)


def _as_shown(item: Attribute, guideline: Guideline, image: ShownImage) -> Attribute:
    """Leave out conditions on what nobody answers there: the editor knows no such answer, and asks in any case."""
    required = item.required
    if required is None:
        return item
    when = {name: options for name, options in required.when.items() if _is_answered(name, guideline, image)}
    if len(when) == len(required.when):
        return item
    shown = required.model_copy(update={"when": when}) if when or required.where else None
    return item.model_copy(update={"required": shown})


def _is_answered(name: str, guideline: Guideline, image: ShownImage) -> bool:
    return guideline.attributes[name].is_entered and bool(question_control(name, image, guideline))


def _of_selected(classes: Iterable[str]) -> dict[str, str]:
    return {"visibleWhen": "region-selected", "whenLabelValue": ",".join(classes)}


def _question(name: str, asked: Attribute, guideline: Guideline, image: ShownImage) -> ET.Element:
    item = _as_shown(asked, guideline, image)
    lines = ends_of(item.options).style_classes() if item.kind == "scale" else ()
    outer = ET.Element("View", {"className": " ".join(("gl-question", f"gl-{item.kind}", *lines))})
    inner = outer
    conditions = {question_control(other, image, guideline): keys for other, keys in _conditions(item).items()}
    for other, options in conditions.items():
        inner.set("visibleWhen", "choice-selected")
        inner.set("whenTagName", other)
        inner.set("whenChoiceValue", ",".join(options))
        inner = ET.SubElement(inner, "View", {"className": "gl-waits"})
    ET.SubElement(inner, "Markdown", {"className": "gl-title", "value": _heading(item)})
    required = _required(asked) if insists(asked, guideline) else {}
    control = {"name": question_control(name, image, guideline), "toName": image.name}
    inner.append(_control(item, {**control, **_asked_of(item), **required}, conditions))
    return outer


def _conditions(item: Attribute) -> dict[str, tuple[str, ...]]:
    return item.required.when if item.required else {}


def _heading(item: Attribute) -> str:
    star = ' <span class="gl-required" title="must be answered">*</span>' if item.required else ""
    many = ' <span class="gl-note">one or more</span>' if item.kind == "multi-choice" else ""
    direction = f"A higher number means: {item.higher_means}." if item.higher_means else ""
    explained = markup(f"{item.definition} {direction}")
    return f'<div title="{explained}"><b>{markup(title_of(item))}</b>{star}{many}</div>'


def _control(item: Attribute, common: dict[str, str], conditions: Mapping[str, tuple[str, ...]]) -> ET.Element:
    match item.kind:
        case "choice" | "multi-choice" | "scale":
            return _choices(common | _waiting(conditions), item)
        case "number":
            return ET.Element("Number", common | _range(item) | {"hotkey": UNTYPED})
        case "text":
            attributes = {"maxSubmissions": "1", "editable": "true", "rows": "2", "showSubmitButton": "false"}
            return ET.Element("TextArea", common | _waiting(conditions) | attributes)


def _asked_of(item: Attribute) -> dict[str, str]:
    return {"perRegion": "true", "whenLabelValue": ",".join(item.of)} if item.per_region else {}


def _waiting(conditions: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Put the condition on another answer on the control itself: then hidden answers are not submitted."""
    for other, options in conditions.items():
        return {"visibleWhen": "choice-selected", "whenTagName": other, "whenChoiceValue": ",".join(options)}
    return {}


def _required(item: Attribute) -> dict[str, str]:
    return {"required": "true", "requiredMessage": shown(f"Please answer: {item.title}.")}


def _range(item: Attribute) -> dict[str, str]:
    if item.number is None:
        return {}
    limits = {"min": item.number.min, "max": item.number.max, "step": item.number.step}
    return {name: f"{value:g}" for name, value in limits.items() if value is not None}


def _choices(common: dict[str, str], item: Attribute) -> ET.Element:
    choice = "multiple" if item.kind == "multi-choice" else "single"
    group = ET.Element("Choices", common | {"choice": choice, "layout": "inline"})
    html = steps(item.options) if item.kind == "scale" else {}
    for key, option in item.options.items():
        attributes = {"value": shown(option.title), "alias": key, "hotkey": UNTYPED}
        if item.kind == "scale":
            attributes["hint"] = shown(f"{key}: {option.title}. {option.definition}")
            attributes["html"] = html[key]
        elif option.definition:
            attributes["hint"] = shown(option.definition)
        ET.SubElement(group, "Choice", attributes)
    return group
