"""Names that must be the name of something, wherever a type says so: classes, questions, options, routes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from guidelint.imaging.keys import FACTS
from guidelint.language.lint.flaw import Flaw
from guidelint.language.reuse.kinds import FAMILIES, kinds_of
from guidelint.language.text.suggest import closest, did_you_mean, listed
from guidelint.language.text.tree import Branch, keys_at, node_at
from guidelint.validation.rule.parameters.naming import NameOf, OptionOf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.form.guideline import ClassFacts, Option, Question
    from guidelint.language.form.task_images import TaskImage
    from guidelint.language.form.written import WrittenBody
    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.lint import Find
    from guidelint.language.text.tree import KeyPath, Node
    from guidelint.validation.rule.parameters.naming import AnswerOf, Kind
    from guidelint.validation.rule.parameters.said import Said


@dataclass(frozen=True, slots=True)
class Reference:
    """A name and what it must be the name of."""

    kind: Kind
    name: str
    path: KeyPath
    besides: tuple[str, ...] = ()
    """Words that may stand in its place."""
    question: str = ""
    """Whose option it is."""
    at: Literal["key", "value"] = "value"


def leads_nowhere(kind: Kind) -> Find:
    """Make the finder of names of this kind that are the name of nothing."""
    return partial(_lead_nowhere, kind)


def _lead_nowhere(kind: Kind, draft: Draft) -> Iterator[Flaw]:
    for reference in references(draft):
        if reference.kind == kind and reference.name not in reference.besides:
            known = _known(reference, draft.written, draft.root)
            if known is not None and reference.name not in known and not _is_consequence(reference, known, draft.root):
                yield _unknown(reference, known, draft)


def references(draft: Draft) -> Iterator[Reference]:
    """Yield every name that must lead somewhere."""
    for one, named in draft.saying(NameOf):
        if isinstance(one.value, str):
            question = question_of(one, named) if isinstance(named, OptionOf) else ""
            yield Reference(named.kind, one.value, one.path, named.besides, question, one.at)


def question_of(one: Said, of: OptionOf | AnswerOf) -> str:
    """Name the question whose option or whose limit a value is: the one beside it, or the one around it."""
    if of.question:
        return str(getattr(one.owner, of.question, ""))
    return one.around[-1] if one.around else ""


def _is_consequence(reference: Reference, known: tuple[str, ...], root: Node) -> bool:
    """Whether the name may be missing only because another name there is wrong or given twice, which is told."""
    if reference.kind not in _WHERE:
        return False
    node = node_at(root, _WHERE[reference.kind])
    wrong = [name for name in known if not _NAME.fullmatch(name)]
    if not wrong and not (isinstance(node, Branch) and node.is_repeating):
        return False
    return closest(reference.name, [name for name in known if name not in wrong]) is None


def _titled(reference: Reference, written: WrittenBody) -> str | None:
    """Find the name of what has this title."""
    parts: Mapping[str, ClassFacts | Question | Option | TaskImage] = {}
    if reference.kind == "class":
        parts = written.classes
    elif reference.kind == "question":
        parts = written.attributes
    elif reference.kind == "image":
        parts = written.images.of_task
    elif reference.kind == "option" and (question := written.attributes.get(reference.question)):
        parts = question.options
    return next((name for name, part in parts.items() if part.title.lower() == reference.name.lower()), None)


def _known(reference: Reference, written: WrittenBody, root: Node) -> tuple[str, ...] | None:
    """List the names there are, or None where that cannot be told."""
    if reference.kind in _WHERE and _is_unreadable(_WHERE[reference.kind], root):
        return None
    match reference.kind:
        case "option":
            question = written.attributes.get(reference.question)
            return tuple(question.options) if question else None
        case "image-fact":
            return FACTS
        case kind:
            return keys_at(root, _WHERE[kind])


def _is_unreadable(path: KeyPath, root: Node) -> bool:
    """Whether the names there cannot be told: no names are written, or their part is mistyped; both are told."""
    node = node_at(root, path)
    if node is None:
        return any(closest(key, [str(path[-1])]) for key in keys_at(root, path[:-1]))
    return not isinstance(node, Branch)


def _unknown(reference: Reference, known: tuple[str, ...], draft: Draft) -> Flaw:
    name, kind = reference.name, reference.kind
    if kind == "option" and not known:
        message = f"`{reference.question}` is answered freely, so `{name}` cannot be one of its options"
        return Flaw(message, reference.path, "Name a question with `choose_one`, `choose_many` or `scale`.")
    whose = f" of `{reference.question}`" if kind == "option" else ""
    message = f"`{name}` is not {_WORDS[kind]}{whose}"
    if kind == "class" and name in keys_at(draft.root, (FAMILIES,)):
        return _family(reference, draft)
    if titled := _titled(reference, draft.written):
        message = f"{message}: it is the title of one"
        return Flaw(message, reference.path, f"Write its name, `{titled}`.", reference.at, titled)
    if len(words_of := name.split()) > 1 and set(words_of) <= set(known):
        better = ", ".join(words_of)
        return Flaw(f"{message}: a comma is missing", reference.path, f"Write `{better}`.", better=better)
    known = (*known, *reference.besides)
    remedy = did_you_mean(name, known) or f"There is none yet; add it {_HOME[kind]}."
    return Flaw(message, reference.path, remedy, reference.at, closest(name, known))


def _family(reference: Reference, draft: Draft) -> Flaw:
    """Tell that a family is no class, and which classes are a kind of it."""
    kinds = kinds_of(draft.root).get(reference.name, ())
    remedy = f"Name its kinds: {listed(kinds)}." if kinds else "Say `kind_of` at a class, and name that."
    return Flaw(f"`{reference.name}` is a family, of which nothing is drawn", reference.path, remedy, reference.at)


_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_WHERE: dict[Kind, KeyPath] = {
    "class": ("classes",),
    "question": ("attributes",),
    "route": ("escalation", "routes"),
    "step": ("procedure", "steps"),
    "image": ("images", "of_task"),
}
_WORDS: dict[Kind, str] = {
    "class": "a class",
    "question": "a question",
    "option": "an option",
    "route": "an escalation route",
    "image-fact": "a fact of an image",
    "step": "a step of the procedure",
    "image": "an image of the task",
}
_HOME: dict[Kind, str] = {
    "class": "under `classes:`",
    "question": "under `attributes:`",
    "option": "to the question",
    "route": "under `escalation: routes:`",
    "image-fact": "under `images: keys:`",
    "step": "under `procedure: steps:`",
    "image": "under `images: of_task:`",
}
