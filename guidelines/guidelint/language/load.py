"""Load a guideline: text in, ``Guideline`` or all its problems out."""

from __future__ import annotations

import hashlib
from itertools import chain
from typing import TYPE_CHECKING

from guidelint.language.all_problems import ROUNDS, standing, told
from guidelint.language.allowances import but_allowed
from guidelint.language.examples.folder import folder_beside
from guidelint.language.examples.kept import kept_in
from guidelint.language.form.allowed_keys import written_fields
from guidelint.language.form.pictures.pictures import pictures_of
from guidelint.language.form.resolve import resolve
from guidelint.language.form.rule_fields import Forms, forms
from guidelint.language.form.written import WrittenGuideline
from guidelint.language.lint import every_lint
from guidelint.language.loaded import Loaded
from guidelint.language.reading import Reading, reading
from guidelint.language.reuse.base import base_of
from guidelint.language.reuse.expanded import expanded
from guidelint.language.reuse.narrowing.narrowing import loosenings
from guidelint.language.reuse.overridden import narrowed
from guidelint.language.reuse.taken_away import TakenAway
from guidelint.language.text.foreign import without_keys
from guidelint.language.text.parse import Parsed, parse
from guidelint.language.text.problem import MOST, GuidelineProblems, Problem
from guidelint.language.text.span import lines_of
from guidelint.language.text.tree import Leaf, Node, edited, node_at, walk
from guidelint.rules.catalogue import catalogue as installed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from guidelint.language.form.guideline import Guideline
    from guidelint.language.reuse.base import Base
    from guidelint.validation.rule.rule import Catalogue


def load(
    text: str, filename: str = "guideline.yaml", *, catalogue: Catalogue | None = None, folder: Path | None = None
) -> Guideline:
    """Read a guideline from YAML. Raises GuidelineProblems with everything that is wrong, and nothing else.

    ``folder``: where its pictures lie.
    """
    return loaded(text, filename, catalogue=catalogue, folder=folder).guideline


def loaded(
    text: str,
    filename: str = "guideline.yaml",
    *,
    catalogue: Catalogue | None = None,
    folder: Path | None = None,
    notes: bool = False,
    extended_by: tuple[str, ...] = (),
    most: int = MOST,
) -> Loaded:
    """Read a guideline from YAML, and what is unwise about it. Raises GuidelineProblems as ``load`` does.

    ``notes``: tell what a critical colleague would ask for, too. ``extended_by``: guidelines that are read already, and
    have this one as their base. ``most``: problems that are told.
    """
    rules = installed() if catalogue is None else catalogue
    parsed = parse(text)
    if (other := _another_text(parsed, text)) is not None:
        raise GuidelineProblems([other], text, filename)
    if parsed.root is None:
        raise GuidelineProblems(parsed.problems, text, filename)

    def read_base(text: str, filename: str, folder: Path | None, reading: tuple[str, ...]) -> Loaded:
        return loaded(text, filename, catalogue=catalogue, folder=folder, notes=notes, extended_by=reading)

    base = base_of(parsed.root, folder, extended_by, read_base)
    tree, texts, taken = parsed.root, text, TakenAway()
    if base is not None and not isinstance(base, Problem):
        tree, texts = base.under(parsed.root, text, taken)
    whole = expanded(tree)
    if whole.root is None or isinstance(base, Problem):
        stopped = (base,) if isinstance(base, Problem) else whole.problems
        raise GuidelineProblems((*parsed.problems, *stopped), text, filename)
    before_reading = (*parsed.problems, *taken.problems, *whole.problems)
    lines = (*lines_of(text), "")  # what is left out at the very end stands on the line below the last
    pictures = pictures_of(whole.root, lines, folder, None if base is None else (base.place, base.guideline.pictures))
    found: Iterator[Problem] = iter(())
    for known in map(forms, (_named(rules, texts), rules)):
        read = _numbers_as_text(whole.root, known)
        mistakes = chain(told(read, known, rules, lines, whole.causes, most=most), pictures.problems)
        wrong = chain(before_reading, _elsewhere(before_reading, mistakes))
        every = _with_notes(wrong, read, lines, folder, filename) if notes else wrong
        met: set[tuple[str, str]] = set()
        problems = but_allowed(_met(base, every, met), read.root, lines, notes=notes)
        before = _until_an_error(problems)
        if not before or before[-1].level != "error":
            guideline = resolve(read.whole, pictures.embedded, _digest(text, base))
            if base is not None:
                loosened = (one.problem(base.name, read.root) for one in loosenings(base.guideline, guideline))
                before = [*loosened, *before]  # errors first: of more than can be told, the last are left out
                guideline = guideline.model_copy(update={"narrowed": narrowed(base, parsed.root, taken.changes)})
            told_of_it = GuidelineProblems(before, text, filename, most)
            if any(problem.level == "error" for problem in before):
                raise told_of_it
            return Loaded(guideline, told_of_it, read.whole, read.root, tree, met, texts, folder)
        found = chain(before, problems)
    raise GuidelineProblems(found, text, filename, most)


def _met(base: Base | None, problems: Iterator[Problem], met: set[tuple[str, str]]) -> Iterator[Problem]:
    """Note what is met, but for what the authors of the base are told."""
    for one in problems if base is None else base.apart_from(problems):
        met.add((one.code, one.message))
        yield one


def _digest(text: str, base: Base | None) -> str:
    """SHA-256 of a text, with that of its base behind it if it has one."""
    behind = "" if base is None else base.guideline.text_digest
    return hashlib.sha256(f"{text}{behind}".encode()).hexdigest()


def _with_notes(
    problems: Iterable[Problem],
    read: Reading[WrittenGuideline],
    lines: Sequence[str],
    folder: Path | None,
    filename: str,
) -> Iterator[Problem]:
    """Ask for more once nothing is wrong: it might only follow from that."""
    wrong = False
    for problem in problems:
        wrong = wrong or problem.level == "error"
        yield problem
    if read.written is not None and not wrong:
        examples = () if folder is None else kept_in(folder_beside(folder, filename))
        yield from every_lint.notes(read.written, read.root, tuple(walk(read.root)), lines, examples)


def _until_an_error(problems: Iterator[Problem]) -> list[Problem]:
    """Take problems up to the first error, which comes last; all of them where none is one."""
    taken: list[Problem] = []
    for problem in problems:
        taken.append(problem)
        if problem.level == "error":
            break
    return taken


def _named(rules: Catalogue, text: str) -> Catalogue:
    """Give the rules whose names stand in a text: forms of the others are made only to tell what is wrong."""
    return {name: rules[name] for name in rules if name in text}


def _another_text(parsed: Parsed, text: str) -> Problem | None:
    """Tell that nothing in the text is of a guideline, where the text was read or failed as YAML."""
    if any(problem.code != "not-yaml" for problem in parsed.problems):
        return None
    return without_keys(text, written_fields(WrittenGuideline))


def _elsewhere(before: Iterable[Problem], problems: Iterator[Problem]) -> Iterator[Problem]:
    """Leave out what stands where something was wrong before, and follows from that."""
    places = {(problem.line, problem.column) for problem in before}
    return (problem for problem in problems if (problem.line, problem.column) not in places)


def _numbers_as_text(root: Node, known: Forms) -> Reading[WrittenGuideline]:
    """Where text is wanted, an unquoted number is the text that was written: ``version: 1.10`` is 1.10, not 1.1."""
    read = reading(known.guideline, root)
    for _ in range(ROUNDS):
        paths = {standing(read.root, error["loc"]) for error in read.errors if error["type"] == "string_type"}
        changes = {
            path: Leaf(node.written, node.written, node.span)
            for path in paths
            if isinstance(node := node_at(read.root, path), Leaf) and not isinstance(node.value, str | None)
        }
        if not changes:
            break
        read = reading(known.guideline, edited(read.root, changes))
    return read
