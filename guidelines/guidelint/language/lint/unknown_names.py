"""Names that must be the name of something: classes, questions, options, routes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from guidelint.imaging.keys import ImageKeys
from guidelint.language.lint.claimed_names import IMAGE
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.rule_uses import Use, uses
from guidelint.language.text.suggest import closest, did_you_mean
from guidelint.language.text.tree import Branch, keys_at, node_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.form.guideline import ClassFacts, Option, Question
    from guidelint.language.form.written import WrittenBody
    from guidelint.language.text.problem import Code
    from guidelint.language.text.tree import KeyPath, Node

Kind = Literal["class", "question", "option", "route", "image-fact"]
CLASS_PARAMETERS = frozenset({"classes", "child", "parent", "pairs"})
"""Rule parameters that hold classes."""
QUESTION_PARAMETERS = frozenset({"attribute"})
"""Rule parameters that hold a question."""
OPTION_PARAMETERS = frozenset({"values", "absent", "present", "options"})
"""Rule parameters that hold options of the rule's own question."""
ANSWER_PARAMETERS = frozenset({"when", "say"})
"""Rule parameters that map questions to options."""


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A name and what it must be the name of."""

    kind: Kind
    name: str
    path: KeyPath
    question: str = ""
    """Whose option it is."""
    at: Literal["key", "value"] = "value"


def lead_nowhere(written: WrittenBody, root: Node) -> Iterator[Flaw]:
    """Find names of things that are not there."""
    for reference in references(written):
        known = _known(reference, written, root)
        if known is not None and reference.name not in known and not _is_consequence(reference, known, root):
            yield _unknown(reference, known, written)


def _is_consequence(reference: NamedThing, known: tuple[str, ...], root: Node) -> bool:
    """Whether the name may be missing only because another name there is wrong or given twice, which is told."""
    if reference.kind not in _WHERE:
        return False
    node = node_at(root, _WHERE[reference.kind])
    wrong = [name for name in known if not _NAME.fullmatch(name)]
    if not wrong and not (isinstance(node, Branch) and node.is_repeating):
        return False
    return closest(reference.name, [name for name in known if name not in wrong]) is None


def _titled(reference: NamedThing, written: WrittenBody) -> str | None:
    """Find the name of what has this title."""
    parts: Mapping[str, ClassFacts | Question | Option] = {}
    if reference.kind == "class":
        parts = written.classes
    elif reference.kind == "question":
        parts = written.attributes
    elif reference.kind == "option" and (question := written.attributes.get(reference.question)):
        parts = question.options
    return next((name for name, part in parts.items() if part.title.lower() == reference.name.lower()), None)


def references(written: WrittenBody) -> Iterator[NamedThing]:
    """Yield every name that must lead somewhere."""
    yield from _of_classes(written)
    yield from _of_questions(written)
    yield from _of_escalation(written)
    if written.empty_reading is not None:
        yield from _answers(written.empty_reading.say, ("empty_reading", "say"))
    for fact in written.images.keys:
        yield NamedThing("image-fact", fact, ("images", "keys", fact), at="key")
    for use in uses(written):
        yield from _of_rule(use)


def _of_classes(written: WrittenBody) -> Iterator[NamedThing]:
    for name, part in written.classes.items():
        if part.excluded_from is not None:
            yield NamedThing("class", part.excluded_from, ("classes", name, "excluded_from"))


def _of_questions(written: WrittenBody) -> Iterator[NamedThing]:
    for name, part in written.attributes.items():
        path = ("attributes", name)
        if not part.per_image:
            yield from _nested(part.of, (*path, "of"))
        if part.required is not None:
            yield from _answers(part.required.when, (*path, "required", "when"))


def _of_escalation(written: WrittenBody) -> Iterator[NamedThing]:
    for name, criterion in written.escalation.when.items():
        path = ("escalation", "when", name)
        yield NamedThing("route", criterion.to, (*path, "to"))
        yield from _nested(criterion.class_, (*path, "class"))


def _of_rule(use: Use) -> Iterator[NamedThing]:
    question = str(getattr(use.rule, "attribute", ""))
    for name in sorted(use.rule.model_fields_set):
        value, path = getattr(use.rule, name), (*use.path, name)
        if name in ANSWER_PARAMETERS:
            yield from _answers(value, path)
        elif name in CLASS_PARAMETERS:
            yield from _nested(value, path)
        elif name in QUESTION_PARAMETERS:
            yield NamedThing("question", value, path)
        elif name in OPTION_PARAMETERS:
            yield from (NamedThing("option", item, (*path, at), question) for at, item in enumerate(value))


def _nested(value: object, path: KeyPath) -> Iterator[NamedThing]:
    """Yield classes from one name, a list of names, or a list of pairs of names."""
    if isinstance(value, str) and value != IMAGE:  # `image` among classes is told as such
        yield NamedThing("class", value, path)
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from _nested(item, (*path, at))


def _answers(answers: Mapping[str, tuple[str, ...]], path: KeyPath) -> Iterator[NamedThing]:
    for question, options in answers.items():
        yield NamedThing("question", question, (*path, question), at="key")
        for at, option in enumerate(options):
            yield NamedThing("option", option, (*path, question, at), question)


def _known(reference: NamedThing, written: WrittenBody, root: Node) -> tuple[str, ...] | None:
    """List the names there are, or None where that cannot be told."""
    if reference.kind in _WHERE and _is_unreadable(_WHERE[reference.kind], root):
        return None
    match reference.kind:
        case "class":
            return keys_at(root, ("classes",))
        case "question":
            return keys_at(root, ("attributes",))
        case "route":
            return keys_at(root, ("escalation", "routes"))
        case "image-fact":
            return ImageKeys.__struct_fields__
        case "option":
            question = written.attributes.get(reference.question)
            return tuple(question.options) if question else None


def _is_unreadable(path: KeyPath, root: Node) -> bool:
    """Whether the names there cannot be told: no names are written, or their part is mistyped; both are told."""
    node = node_at(root, path)
    if node is None:
        return any(closest(key, [str(path[-1])]) for key in keys_at(root, path[:-1]))
    return not isinstance(node, Branch)


def _unknown(reference: NamedThing, known: tuple[str, ...], written: WrittenBody) -> Flaw:
    name, kind = reference.name, reference.kind
    if kind == "option" and not known:
        message = f"`{reference.question}` is answered freely, so `{name}` cannot be one of its options"
        remedy = "Name a question with `choose_one`, `choose_many` or `scale`."
        return Flaw("unknown-option", message, reference.path, remedy)
    whose = f" of `{reference.question}`" if kind == "option" else ""
    words = {"image-fact": "a fact of an image", "route": "an escalation route", "option": "an option"}.get(
        kind, f"a {kind}"
    )
    message = f"`{name}` is not {words}{whose}"
    if titled := _titled(reference, written):
        message = f"{message}: it is the title of one"
        return Flaw(_CODES[kind], message, reference.path, f"Write its name, `{titled}`.", reference.at, titled)
    if len(words_of := name.split()) > 1 and set(words_of) <= set(known):
        better = ", ".join(words_of)
        return Flaw(_CODES[kind], f"{message}: a comma is missing", reference.path, f"Write `{better}`.", better=better)
    if kind == "class" and reference.path[0] == "attributes":
        known = (*known, IMAGE)
    remedy = did_you_mean(name, known) or f"There is none yet; add it {_HOME[kind]}."
    return Flaw(_CODES[kind], message, reference.path, remedy, reference.at, closest(name, known))


_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_WHERE: dict[Kind, KeyPath] = {"class": ("classes",), "question": ("attributes",), "route": ("escalation", "routes")}
_HOME: dict[Kind, str] = {
    "class": "under `classes:`",
    "question": "under `attributes:`",
    "option": "to the question",
    "route": "under `escalation: routes:`",
    "image-fact": "under `images: keys:`",
}
_CODES: dict[Kind, Code] = {
    "class": "unknown-class",
    "question": "unknown-question",
    "option": "unknown-option",
    "route": "unknown-route",
    "image-fact": "unknown-image-fact",
}
