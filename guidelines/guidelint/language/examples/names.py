"""Names in examples that must be names of the guideline: classes, questions, options, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from guidelint.language.reuse.names import name_of_nothing
from guidelint.language.text.tree import key_span, node_at, value_span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from guidelint.language.examples.form import Drawn, Example, ExampleFile, Given, Marked, Slice
    from guidelint.language.form.guideline import Guideline
    from guidelint.language.text.problem import Problem
    from guidelint.language.text.tree import KeyPath, Node
    from guidelint.validation.judging.plan import Plan


def accepted_names(plan: Plan) -> dict[str, frozenset[str]]:
    """Name → clauses that it stands for: ids of rules, names of the author's, clauses themselves."""
    found: dict[str, set[str]] = {}
    for check in plan.checks:
        steps = check.clause.split(".")
        own = (check.name, steps[-2] if steps[0] in {"relations", "escalation"} else "")
        for name in (check.rule.id(), check.clause, *filter(None, own)):
            found.setdefault(name, set()).add(check.clause)
    return {name: frozenset(clauses) for name, clauses in found.items()}


def wrong_names(file: ExampleFile, root: Node, guideline: Guideline, plan: Plan) -> Iterator[Problem]:
    """Tell every name that is the name of nothing, with what was meant."""
    known = _Known(guideline, root, tuple(accepted_names(plan)))
    for class_name, answers in file.common.regions.items():
        yield from known.a_class(class_name, ("common", "regions", class_name), "key")
        yield from known.answers(answers, ("common", "regions", class_name))
    yield from known.answers(file.common.answers, ("common", "answers"))
    yield from known.images(file.common.images, ("common", "images"))
    for name, example in file.examples.items():
        yield from _of_example(example, ("examples", name), known)


def _of_example(example: Example, path: KeyPath, known: _Known) -> Iterator[Problem]:
    if example.shows is not None:
        yield from known.a_class(example.shows, (*path, "shows"))
    for at, rule in enumerate(example.by):
        yield from known.a_rule(rule, known.item((*path, "by"), at))
    yield from known.answers(example.derived, (*path, "derived"))
    yield from known.images(example.images, (*path, "images"))
    yield from _of_marks(example, path, known)
    yield from _of_slices(example.slices, path, known)
    for at, visit in enumerate(example.visits):
        yield from _of_marks(visit, (*path, "visits", at), known)
        yield from _of_slices(visit.slices, (*path, "visits", at), known)
        yield from known.answers(visit.derived, (*path, "visits", at, "derived"))
    for at, reading in enumerate(example.readings):
        yield from _of_marks(reading, (*path, "readings", at), known)


def _of_slices(slices: Iterable[Slice], path: KeyPath, known: _Known) -> Iterator[Problem]:
    for at, one in enumerate(slices):
        yield from _of_marks(one, (*path, "slices", at), known)


def _of_marks(marked: Marked, path: KeyPath, known: _Known) -> Iterator[Problem]:
    for at, drawn in enumerate(marked.drawn):
        yield from _of_drawn(drawn, (*path, "drawn", at), known)
    yield from known.answers(marked.answers, (*path, "answers"))
    yield from known.open(marked.unanswered, (*path, "unanswered"))
    yield from known.images(marked.answers_on, (*path, "answers_on"))
    for name, answers in marked.answers_on.items():
        yield from known.answers(answers, (*path, "answers_on", name))


def _of_drawn(drawn: Drawn, path: KeyPath, known: _Known) -> Iterator[Problem]:
    yield from known.a_class(drawn.of, (*path, "class"))
    if drawn.on is not None:
        yield from known.an_image(drawn.on, (*path, "on"))
    yield from known.answers(drawn.answers, (*path, "answers"))
    yield from known.open(drawn.unanswered, (*path, "unanswered"))


class _Known:
    """The names of a guideline."""

    def __init__(self, guideline: Guideline, root: Node, rules: Iterable[str]) -> None:
        self._guideline = guideline
        self._root = root
        self._rules = tuple(rules)

    def a_class(self, name: str, path: KeyPath, at: Literal["key", "value"] = "value") -> Iterator[Problem]:
        yield from self._one_of(name, self._guideline.classes, "class", path, at)

    def an_image(self, name: str, path: KeyPath, at: Literal["key", "value"] = "value") -> Iterator[Problem]:
        yield from self._one_of(name, self._guideline.images.of_task, "image", path, at)

    def images(self, names: Iterable[str], path: KeyPath) -> Iterator[Problem]:
        for name in names:
            yield from self.an_image(name, (*path, name), "key")

    def a_rule(self, name: str, path: KeyPath) -> Iterator[Problem]:
        yield from self._one_of(name, self._rules, "rule", path, "value")

    def open(self, names: Iterable[str], path: KeyPath) -> Iterator[Problem]:
        for at, name in enumerate(names):
            yield from self._one_of(name, self._guideline.attributes, "question", self.item(path, at), "value")

    def answers(self, given: Given, path: KeyPath) -> Iterator[Problem]:
        """Look for questions, and for the options of those that have some."""
        for name, values in given.items():
            yield from self._one_of(name, self._guideline.attributes, "question", (*path, name), "key")
            question = self._guideline.attributes.get(name)
            options = () if question is None else question.options
            for at, value in enumerate(values if options else ()):
                yield from self._one_of(_as_key(value), options, "option", self.item((*path, name), at), "value")

    def item(self, path: KeyPath, at: int) -> KeyPath:
        """Path of an item of a list, or of what stands alone in its place."""
        return (*path, at) if node_at(self._root, (*path, at)) is not None else path

    def _one_of(self, name: str, known: Collection[str], what: str, path: KeyPath, at: str) -> Iterator[Problem]:
        if name not in known:
            place = key_span(self._root, path) if at == "key" else value_span(self._root, path)
            yield name_of_nothing(f"unknown-{what}", what, name, place, known, whose=" of the guideline")


def _as_key(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"
