"""Whether a guideline asks for at least what its base asks for: every part that both have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.form.guideline import may_stay_open
from guidelint.language.form.sections.sections import Sections
from guidelint.language.reuse.narrowing.loosening import Loosening, unlike
from guidelint.language.reuse.narrowing.uses import of_criterion, of_route, of_uses
from guidelint.language.reuse.narrowing.values import not_more, of_models, of_names, of_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.form.guideline import (
        Attribute,
        ClassDefinition,
        EmptyReading,
        Escalation,
        Guideline,
        Images,
        Option,
        Required,
    )
    from guidelint.language.form.task_images import TaskImage
    from guidelint.language.text.tree import KeyPath

_READ: Final = frozenset({"title", "definition", "includes", "excludes", "color", "hotkey", "group", "higher_means"})
"""What people read, and how it looks."""
_FOLLOWS: Final = (
    "derivation",
    "of_object",
    "ranked",
    "gathered",
    "change",
    "change_of_object",
    "course_of_object",
    "at_time_points",
    "from_time_points",
    "sources",
)
"""How the answer to a question follows."""
_BESIDE: Final = (*Sections.model_fields, "readers", "annotators", "delivery")
"""Parts beside classes, questions and rules."""


def loosenings(base: Guideline, own: Guideline) -> Iterator[Loosening]:
    """Yield every place where less is asked for than in the base, or where that cannot be told."""
    yield from not_more(("classes",), base.classes, own.classes)
    yield from of_names(("classes",), base.classes, own.classes)
    for name in (name for name in base.classes if name in own.classes):
        path = ("classes", name)
        yield from not_more((*path, "together_with"), base.stands_with(name), own.classes[name].together_with or ())
        yield from _of_class(path, base.classes[name], own.classes[name])
        yield from of_uses((*path, "rules"), base.classes[name].rules, own.classes[name].rules, base.rules)
    yield from of_names(("attributes",), base.attributes, own.attributes)
    for name in (name for name in base.attributes if name in own.attributes):
        yield from _of_question(("attributes", name), base.attributes[name], own.attributes[name])
    yield from of_uses(("rules",), base.rules, own.rules)
    for name, uses in own.sections.items():
        yield from of_uses((name, "rules"), base.sections.get(name, {}), uses)
    yield from of_uses(("relations",), base.relations, own.relations)
    yield from _of_escalation(base.escalation, own.escalation)
    yield from _of_images(base.images, own.images)
    yield from _of_empty(base.empty_reading, own.empty_reading)
    yield from not_more(("delivery", "formats"), base.formats, own.formats)
    if base.priority != own.priority:
        said = "which class a pixel belongs to is told in another way there"
        yield Loosening(("priority",), said, is_plain=False)
    yield from not_more(("control_aliases",), base.control_aliases, own.control_aliases)
    yield from not_more(("picture_hosts",), base.picture_hosts, own.picture_hosts)
    for name in own.not_annotated.keys() - base.not_annotated.keys():
        said = f"`{name}` is left unmarked here, of which the base says nothing"
        yield Loosening(("not_annotated", name), said, is_plain=False)
    for part in _BESIDE:
        yield from of_values((part,), getattr(base, part), getattr(own, part))


def _of_class(path: KeyPath, base: ClassDefinition, own: ClassDefinition) -> Iterator[Loosening]:
    yield from not_more((*path, "draw"), base.draw, own.draw)
    yield from _of_allowed((*path, "on"), base.on, own.on, "every image")
    yield from not_more((*path, "aliases"), base.aliases, own.aliases)
    codes = [tuple(term.value for term in part.codes) for part in (base, own)]
    yield from not_more((*path, "codes"), *codes)
    yield from of_models(path, base, own, {*_READ, "draw", "on", "aliases", "codes", "together_with", "rules"})


def _of_allowed(path: KeyPath, base: tuple[str, ...], own: tuple[str, ...], everything: str) -> Iterator[Loosening]:
    """Compare lists of what is allowed; of an empty one, everything is."""
    if base and not own:
        yield unlike(path, base, everything)
    elif base:
        yield from not_more(path, base, own)


def _of_question(path: KeyPath, base: Attribute, own: Attribute) -> Iterator[Loosening]:
    if (base.per_region, base.over) != (own.per_region, own.over) or not {*base.of} <= {*own.of}:
        asked = [part.of or part.over or "image" for part in (base, own)]
        yield unlike((*path, "of"), *asked, is_plain=False)
    if base.on != own.on and not (base.on and {*base.on} <= {*own.on}):
        yield unlike((*path, "on"), base.on or "all", own.on or "all", is_plain=False)
    if base.kind != own.kind:
        yield unlike((*path, base.kind), base.kind, own.kind, is_plain=False)
        return
    options = (*path, {"choice": "choose_one", "multi-choice": "choose_many"}.get(base.kind, base.kind))
    yield from not_more(options, base.options, own.options)
    for key in (key for key in base.options if key in own.options):
        yield from _of_option((*options, key), base.options[key], own.options[key])
    if base.number is not None and own.number is not None:
        yield from of_models((*path, "number"), base.number, own.number, has_prose=False)
    if own.max_length > base.max_length:
        yield unlike((*path, "text", "max_length"), base.max_length, own.max_length)
    yield from _of_required((*path, "required"), base.required, own.required)
    if base.forbidden is not None and base.forbidden != own.forbidden:
        said = "it must stay open there, and not with the same answers here"
        yield Loosening((*path, "forbidden"), said, is_plain=False)
    follows = [tuple(getattr(part, key) for key in _FOLLOWS) for part in (base, own)]
    if any(follows[0]) and follows[0] != follows[1]:
        yield Loosening((*path, "derive"), "its answer follows in another way there", is_plain=False)
    yield from not_more((*path, "aliases"), base.aliases, own.aliases)
    compared = {*_READ, "of", "on", "kind", "options", "number", "max_length", "required", "aliases"}
    apart = {"forbidden", "over", "class_titles", "says_left", "says_right", *_FOLLOWS}
    yield from of_models(path, base, own, {*compared, *apart})


def _of_option(path: KeyPath, base: Option, own: Option) -> Iterator[Loosening]:
    yield from not_more((*path, "aliases"), base.aliases, own.aliases)
    yield from of_models(path, base, own, {*_READ, "aliases"})


def _of_required(path: KeyPath, base: Required | None, own: Required | None) -> Iterator[Loosening]:
    """Compare when an answer is asked for: it may be more often than there, not less."""
    if base is None or not may_stay_open(own):
        return
    if own is None or not may_stay_open(base):
        yield Loosening(path, "an answer is asked for there that may be left out here")
    elif base != own:
        yield Loosening(path, "an answer is asked for under another condition there", is_plain=False)


def _of_escalation(base: Escalation, own: Escalation) -> Iterator[Loosening]:
    yield from of_names(("escalation", "routes"), base.routes, own.routes)
    yield from of_names(("escalation", "when"), base.when, own.when)
    for name in (name for name in base.routes if name in own.routes):
        yield from of_route(("escalation", "routes", name), base.routes[name], own.routes[name])
    for name in (name for name in base.when if name in own.when):
        yield from of_criterion(("escalation", "when", name), base.when[name], own.when[name])


_ALLOWED: Final = ("modality", "time_points", "body_part", "views", "transfer_syntaxes")
"""Of images: lists of what is allowed."""


def _of_images(base: Images, own: Images) -> Iterator[Loosening]:
    for key in _ALLOWED:
        yield from _of_allowed(("images", key), getattr(base, key), getattr(own, key), "any")
    yield from of_models(("images",), base, own, {*_ALLOWED, "keys", "asks", "of_task"})
    yield from _of_task(base.of_task, own.of_task)


def _of_task(base: Mapping[str, TaskImage], own: Mapping[str, TaskImage]) -> Iterator[Loosening]:
    """Compare the images of a task: they are the same ones, whatever they are called and wherever they stand."""
    if base.keys() != own.keys():
        yield unlike(("images", "of_task"), tuple(base), tuple(own), is_plain=False)
    shown = {"title", "key", "keys", "aliases"}
    for name in (name for name in base if name in own):
        yield from of_models(("images", "of_task", name), base[name], own[name], shown, has_prose=False)


def _of_empty(base: EmptyReading, own: EmptyReading) -> Iterator[Loosening]:
    """Compare what it means to submit nothing: what is no answer there is none here."""
    if own.means and not base.means:
        yield Loosening(("empty_reading", "means"), "an empty submission says nothing there, and is an answer here")
    if base.say != own.say and not (base.means and not own.means):
        said = "an empty submission is told by other answers there"
        yield Loosening(("empty_reading", "say"), said, is_plain=False)
