"""Words without effect, and words that contradict themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.claimed_names import IMAGE
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.modalities import no_modalities
from guidelint.language.lint.rule_uses import Use, uses
from guidelint.language.text.suggest import listed
from guidelint.language.text.tree import Leaf, keys_at, node_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from guidelint.language.form.written import WrittenBody
    from guidelint.language.text.tree import KeyPath, Node


def meaningless(written: WrittenBody, root: Node) -> Iterator[Flaw]:
    """Find everything that can have no effect, or contradicts itself."""
    yield from _ranges(written)
    yield from no_modalities(written, root)
    yield from _excluded_areas(written)
    if not keys_at(root, ("classes",)) and not keys_at(root, ("attributes",)):
        yield Flaw("nothing-to-do", "there is neither a class to mark nor a question to answer", ("classes",))
    yield from _questions(written)
    yield from _empty_reading(written, root)
    for use in uses(written):
        yield from _without_limit(use, root)
        yield from _pointless(use, written)
        yield from _sets_nothing(use, root)


def _ranges(written: WrittenBody) -> Iterator[Flaw]:
    if (limits := written.images.pixel_spacing) is not None:
        yield from _range(limits, ("images", "pixel_spacing"))
    for name, part in written.classes.items():
        if part.count is not None:
            yield from _range(part.count, ("classes", name, "count"))
    for name, question in written.attributes.items():
        if question.number is not None:
            yield from _range(question.number, ("attributes", name, "number"))
    for use in uses(written):
        yield from _range(use.rule, use.path)


def _range(limits: BaseModel, path: KeyPath) -> Iterator[Flaw]:
    for low, high in _pairs(type(limits)):
        smallest, largest = getattr(limits, low), getattr(limits, high)
        if smallest is not None and largest is not None and smallest > largest:
            message = f"nothing lies between `{low}: {smallest:g}` and `{high}: {largest:g}`"
            yield Flaw("empty-range", message, (*path, low), f"`{low}` must not be greater than `{high}`.")


def _pairs(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    for low in model.model_fields:
        high = "_".join("max" if word == "min" else word for word in low.split("_"))
        if high != low and high in model.model_fields:
            yield low, high


def _excluded_areas(written: WrittenBody) -> Iterator[Flaw]:
    for name, part in written.classes.items():
        path = ("classes", name, "excluded_from")
        if part.excluded_from == name:
            yield Flaw("excluded-from-itself", f"`{name}` is taken out of itself", path, "Name the class around it.")
        elif (around := written.classes.get(part.excluded_from or "")) and around.excluded_from:
            message = f"`{name}` is taken out of `{part.excluded_from}`, which is itself an excluded area"
            yield Flaw(
                "excluded-from-excluded", message, path, f"Name the class around both: `{around.excluded_from}`."
            )


def _questions(written: WrittenBody) -> Iterator[Flaw]:
    for name, question in written.attributes.items():
        path = ("attributes", name)
        if IMAGE in question.of and not question.per_image:
            message = f"`{name}` asks regions and the whole image at once"
            yield Flaw("image-among-classes", message, (*path, "of"), "Make two questions of it.")
        if question.scale and list(question.scale) != sorted(question.scale, key=int):
            yield Flaw("unordered-scale", f"the steps of `{name}` do not rise", (*path, "scale"), "Sort them.", "key")
        if question.required is not None and name in question.required.when:
            message = f"`{name}` is asked only when it is itself answered"
            yield Flaw("asks-itself", message, (*path, "required", "when", name), "Name another question.", "key")


def _empty_reading(written: WrittenBody, root: Node) -> Iterator[Flaw]:
    empty, path = written.empty_reading, ("empty_reading",)
    if empty is None:
        return
    if empty.means is None and not empty.say:
        message = "it is left open what it means to submit nothing"
        remedy = "Write what it `means:`, or which answer must `say:` that there is nothing."
        yield Flaw("empty-reading-open", message, path, remedy, "key")
    classes = set(keys_at(root, ("classes",)))
    for name in empty.say:
        question = written.attributes.get(name)
        if question and not question.per_image and classes >= set(question.of):
            message = f"`{name}` asks regions; where nothing is marked nobody is asked"
            yield Flaw("empty-reading-open", message, (*path, "say", name), "Name a question with `of: image`.", "key")


def _sets_nothing(use: Use, root: Node) -> Iterator[Flaw]:
    rule = type(use.rule)
    if rule.always and not keys_at(root, use.path):
        message = f"`{rule.id()}` is judged under every guideline, and nothing of it is set here"
        keys = listed(("level", "note", *rule.parameters()))
        yield Flaw("rule-always-on", message, use.path, f"Give it one of {keys}, or delete it.", "key")


def _without_limit(use: Use, root: Node) -> Iterator[Flaw]:
    """Find a rule without a limit, unless one stands in the file that is told to be wrong."""
    rule = type(use.rule)
    limits = [name for name in rule.model_fields if {"min", "max"} & set(name.split("_"))]
    if limits and all(getattr(use.rule, name) is None and not _stands(root, (*use.path, name)) for name in limits):
        message = f"`{rule.id()}` is given no limit"
        yield Flaw("rule-without-limit", message, use.path, f"Give it one of {listed(limits)}.", "key")


def _stands(root: Node, path: KeyPath) -> bool:
    node = node_at(root, path)
    return node is not None and not (isinstance(node, Leaf) and node.value is None)


def _pointless(use: Use, written: WrittenBody) -> Iterator[Flaw]:
    rule = type(use.rule)
    classes = [written.classes[name] for name in use.classes if name in written.classes]
    drawn = {tool for part in classes for tool in part.draw}
    if drawn and rule.tools is not None and not drawn & rule.tools:
        message = (
            f"`{rule.id()}` never applies: it judges {listed(sorted(rule.tools))}, drawn is {listed(sorted(drawn))}"
        )
        yield Flaw("rule-never-applies", message, use.path, "Change `draw:` or delete the rule.", "key")
    if use.classes and use.path[0] == "escalation" and not rule.scope.per_class and "classes" not in rule.model_fields:
        message = f"`{rule.id()}` judges the whole submission, whatever the class"
        yield Flaw("class-not-used", message, (*use.path[:-1], "class"), "Delete `class:` here.", "key")
