"""The names that a delivery may use under a guideline."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.format_name import AT_HOME
from guidelint.annotation.tool import TOOLS
from guidelint.annotation.vocabulary import AttributeEntry, ClassEntry, Vocabulary
from guidelint.imaging.keys import ImageKeys
from guidelint.language.form.places.titles import option_titles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.language.form.guideline import Attribute, ClassDefinition, Guideline


def vocabulary_of(guideline: Guideline) -> Vocabulary:
    """Every label, control and option with all its names."""
    codes = _codes(guideline)
    return Vocabulary(
        classes={name: _class(name, part, codes.get(name, ())) for name, part in guideline.classes.items()},
        attributes={name: _attribute(name, part) for name, part in guideline.attributes.items() if not part.over},
        geometry_controls=_controls(guideline),
        image=ImageKeys(**guideline.images.keys),
        priority=guideline.priority or (),
    )


def names_of(key: str, title: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Every way to name one thing, each once."""
    return tuple(dict.fromkeys((key, title, *aliases)))


def _codes(guideline: Guideline) -> dict[str, tuple[str, ...]]:
    """Values of codes that mean one class alone, where work comes in formats of tools that write codes as labels."""
    if set(guideline.formats) <= {AT_HOME}:
        return {}
    names = Counter(name for key, part in guideline.classes.items() for name in (key, part.title, *part.aliases))
    values = {key: tuple(dict.fromkeys(code.value for code in part.codes)) for key, part in guideline.classes.items()}
    names.update(value for of_class in values.values() for value in of_class)
    return {key: tuple(value for value in of_class if names[value] == 1) for key, of_class in values.items()}


def _class(name: str, part: ClassDefinition, codes: Iterable[str]) -> ClassEntry:
    return ClassEntry(
        title=part.title,
        tools=part.draw,
        labels=names_of(name, part.title, (*part.aliases, *codes)),
        border=part.border,
        excluded_from=part.excluded_from,
        together_with=part.together_with or (),
    )


def _attribute(name: str, part: Attribute) -> AttributeEntry:
    return AttributeEntry(
        title=part.title,
        kind=part.kind,
        per="region" if part.per_region else "image",
        controls=tuple(dict.fromkeys((name, *part.aliases))),
        options={key: names_of(key, option.title, option.aliases) for key, option in part.options.items()},
        option_titles=option_titles(part),
        unit=part.number.unit if part.number else "",
    )


def _controls(guideline: Guideline) -> dict[str, tuple[str, ...]]:
    used = {tool for part in guideline.classes.values() for tool in part.draw}
    aliases = guideline.control_aliases
    return {
        tool: (tool, *(alias for alias, meant in aliases.items() if meant == tool)) for tool in TOOLS if tool in used
    }
