"""Everything that keeps a guideline from being released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.examples.run import Runner
from guidelint.language.compile.plan import compile_plan
from guidelint.language.examples.folder import ExamplesError, folder_for
from guidelint.language.examples.read import examples_in
from guidelint.language.texts import FINISHED
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from guidelint.language.form.guideline import Guideline
    from guidelint.language.versions.comparison import Comparison


def obstacles(
    path: str, guideline: Guideline, found: Comparison | None, recorded: Mapping[str, str], today: date
) -> Iterator[str]:
    """Yield each reason with what to do; ``recorded``: versions that the changelog tells of."""
    version = guideline.version
    if guideline.status in FINISHED:
        yield f"it is {guideline.status}, and never changed. A change is a new version in a file of its own"
        return
    if version in recorded:
        yield f"{version} was released before, as the changelog says. Give it another number"
    elif found is None and recorded:
        yield f"the changelog tells of {', '.join(recorded)}. Name the version before: --since"
    yield from _of_number(found)
    yield from _of_approvals(guideline, found, today)
    yield from _of_examples(path, guideline)


def _of_number(found: Comparison | None) -> Iterator[str]:
    if found is None:
        return
    old, new = found.old, found.new
    if old.name != new.name:
        yield f"it is `{new.name}`, and the version before is `{old.name}`. Name a version of the same guideline"
    elif old.status not in FINISHED:
        yield f"{old.version} is {old.status}, which nobody works under. Name the last released one: --since"
    elif not found.is_numbered or old.version == new.version:
        number = "a higher number" if found.moves is None else f"{found.least_version} or higher, since {found.because}"
        yield f"{new.version} is the wrong number after {old.version}. It must be {number}"
    if new.supersedes not in {None, old.version}:
        yield f"it supersedes {new.supersedes}, and is compared with {old.version}. Name one of them in both places"


def _of_approvals(guideline: Guideline, found: Comparison | None, today: date) -> Iterator[str]:
    before = frozenset(found.old.approvals) if found else frozenset()
    own = [one for one in guideline.approvals if one not in before]
    if not own:
        nobody = "the approvals are those of the version before" if guideline.approvals else "nobody has approved it"
        yield f"{nobody}. Write who does, in which role, when and what it means: `approvals:`, or --approved-by"
    earliest = max((one.date for one in before), default="")
    for one in own:
        if one.date > today.isoformat():
            yield f"the approval of {one.name} is of {one.date}, a day to come. Release it then"
        if one.date < earliest:
            yield (
                f"the approval of {one.name} is of {one.date}, before the version before was"
                f" approved on {earliest}. Have this version approved"
            )


def _of_examples(path: str, guideline: Guideline) -> Iterator[str]:
    rules = catalogue()
    plan, folder = compile_plan(guideline, rules), folder_for(path)
    if folder is None:
        return
    try:
        examples = examples_in(folder, guideline, plan, rules)
    except ExamplesError as error:
        yield str(error)
        return
    runner = Runner(guideline, plan, folder)
    if examples.wrong:
        yield f"examples in {folder.path} cannot be read. `guidelint test {path}` tells which"
    for found in examples.found:
        if runner.ran(found).problems:
            yield f"the example `{found.name}` fails. `guidelint test {path}` tells how"
