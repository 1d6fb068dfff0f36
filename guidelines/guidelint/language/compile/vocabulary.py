"""The names that a delivery may use under a guideline."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.format_name import AT_HOME
from guidelint.annotation.tool import TOOLS
from guidelint.annotation.vocabulary import AttributeEntry, ClassEntry, Vocabulary
from guidelint.imaging.keys import ImageKeys, NamedImage
from guidelint.language.form.places.titles import option_titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.language.form.guideline import Attribute, ClassDefinition, Guideline


def vocabulary_of(guideline: Guideline) -> Vocabulary:
    """Every label, control and option with all its names."""
    codes = _codes(guideline)
    return Vocabulary(
        classes={name: _class(name, part, codes.get(name, ())) for name, part in guideline.classes.items()},
        attributes={
            name: _attribute(name, part, guideline) for name, part in guideline.attributes.items() if not part.over
        },
        geometry_controls=_controls(guideline),
        image=ImageKeys(**guideline.images.keys, of_task=tuple(named_images(guideline))),
        asked_of={name: part.on for name, part in guideline.attributes.items() if part.on},
        one_grid=guideline.images.one_grid,
        priority=guideline.priority or (),
    )


def named_images(guideline: Guideline) -> Iterator[NamedImage]:
    """Yield the images of a task, with what the guideline says of each."""
    for name, part in guideline.images.of_task.items():
        stated = (("view", part.view), ("side", part.side), ("time_point", part.time_point))
        yield NamedImage(
            name=name,
            title=part.title,
            key=part.key or name.replace("-", "_"),
            aliases=part.aliases,
            keys=tuple(part.keys.items()),
            stated=tuple((fact, value) for fact, value in stated if value),
        )


def control_on(name: str, image: str) -> str:
    """Name the control of a tool or a question on one of the named images; no name of a guideline has an underscore."""
    return f"{name}_{image}"


def _of_images(name: str, on: Iterable[str], guideline: Guideline) -> tuple[str, ...]:
    return tuple(control_on(name, image) for image in on or guideline.images.of_task)


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
        on=part.on,
    )


def _attribute(name: str, part: Attribute, guideline: Guideline) -> AttributeEntry:
    return AttributeEntry(
        title=part.title,
        kind=part.kind,
        per="region" if part.per_region else "image",
        controls=tuple(dict.fromkeys((name, *_of_images(name, part.on, guideline), *part.aliases))),
        options={key: names_of(key, option.title, option.aliases) for key, option in part.options.items()},
        option_titles=option_titles(part),
        unit=part.number.unit if part.number else "",
    )


def _controls(guideline: Guideline) -> dict[str, tuple[str, ...]]:
    used = {tool for part in guideline.classes.values() for tool in part.draw}
    aliases = guideline.control_aliases
    return {
        tool: (tool, *_of_images(tool, (), guideline), *(alias for alias, meant in aliases.items() if meant == tool))
        for tool in TOOLS
        if tool in used
    }
