"""What an author need not repeat: titles and classes that a rule's other parameters already imply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.titles import class_titles, option_titles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.rule.rule import Rule


def completed(rule: Rule, guideline: Guideline, classes: tuple[str, ...] = ()) -> Rule:
    """Fill in the classes and the title of a rule where the author left them out."""
    filled: dict[str, object] = {}
    if "classes" in _left_out(rule) and (meant := classes or _asked_of(rule, guideline)):
        filled["classes"] = meant
    if "title" in _left_out(rule) and (title := _title({**dict(rule), **filled}, guideline)):
        filled["title"] = title
    if "titles" in _left_out(rule) and (titles := _titles(rule, guideline)):
        filled["titles"] = titles
    return type(rule).model_validate({**_written(rule), **filled}) if filled else rule


def _titles(rule: Rule, guideline: Guideline) -> Mapping[str, str]:
    """Give a rule the titles of the options of its question, else of the classes."""
    attribute = guideline.attributes.get(str(getattr(rule, "attribute", "")))
    return option_titles(attribute) if attribute else class_titles(guideline)


def _left_out(rule: Rule) -> set[str]:
    return set(type(rule).model_fields) - rule.model_fields_set


def _written(rule: Rule) -> dict[str, object]:
    return {name: getattr(rule, name) for name in rule.model_fields_set}


def _asked_of(rule: Rule, guideline: Guideline) -> tuple[str, ...]:
    attribute = guideline.attributes.get(str(getattr(rule, "attribute", "")))
    return attribute.of if attribute else ()


def _title(parameters: Mapping[str, object], guideline: Guideline) -> str:
    attribute = guideline.attributes.get(str(parameters.get("attribute", "")))
    if attribute:
        return attribute.title
    classes = parameters.get("classes", ())
    names = classes if isinstance(classes, tuple) else ()
    return " or ".join(guideline.classes[name].title for name in names if name in guideline.classes)
