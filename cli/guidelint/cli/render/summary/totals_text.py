"""Statistics as people read them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from guidelint.checking.counting.totals import COLUMNS, Column, TaskCounts, Totals
from guidelint.cli.render.summary.baseline_text import compared
from guidelint.cli.render.summary.formats_text import formats_text
from guidelint.cli.render.summary.shares import ROWS, shares
from guidelint.cli.render.terminal.ink import COLUMN_STYLES, DECISION_STYLES, Ink
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.render.terminal.wrapped import wrapped
from guidelint.validation.judging.verdict import DECISIONS, Decision
from guidelint.validation.rule.subject import several
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from guidelint.checking.counting.facts_used import FactsUsed
    from guidelint.checking.counting.oddities import Oddities
    from guidelint.checking.expected.expectation import Expectation
    from guidelint.validation.judging.plan import Plan

LABEL = 14
"""Columns that the name of a count takes."""
_NAMED = 5
"""So many of a kind are named; the rest is counted."""
_ORDER: tuple[Decision, ...] = tuple(reversed(DECISIONS))


def totals_text(
    totals: Totals, plans: Sequence[Plan], ink: Ink, *, rows: int = ROWS, intervals: bool = False, width: int = 0
) -> str:
    """Write what was judged and decided in a few lines, and tables by annotator, class and rule.

    ``width``: columns of the terminal, 0: it is none.
    """
    lines = [f"{ink(both([str(plan.guideline) for plan in plans]), 'bold')} · {_judged(totals)}"]
    lines += (ink(line, "yellow") for line in differences(totals))
    lines += _tasks(totals.tasks)
    lines += _decisions("Annotations", totals.annotations, ink)
    for kind, counts in sorted(totals.subjects.items()):
        lines += _decisions(f"On {several(kind)}", counts, ink, _of_each_annotator(totals, kind))
    if totals.unread:
        lines.append(f"{'Unreadable':<14}{ink(str(totals.unread), 'magenta')}")
    lines += formats_text(totals.formats, ink)
    lines += _oddities(totals.oddities)
    lines += _facts(totals.facts)
    if totals.legend and not totals.formats.have_legend:
        lines.append(f"{'Legend':<14}{visible(totals.legend)} was of no use: none of the files is a mask")
    lines += _expected(totals.expectation, ink)
    lines += compared(totals.comparison, ink)
    lines += _failed(totals, ink)
    lines += (ink(visible(concern), "bold magenta") for concern in totals.concerns)
    lines = [wrapped(line, width, LABEL) for line in lines]
    lines += shares(totals, plans, ink, rows=rows, intervals=intervals)
    lines += _rules(totals, ink)
    return "\n".join(lines) + "\n"


def differences(totals: Totals) -> Iterator[str]:
    """Say that the run did not judge as its guideline says, or did not show all that it found."""
    if totals.differences:
        yield f"No conformance check: judged {'; '.join(totals.differences)}"
    if totals.not_shown:
        yield f"{totals.not_shown} more findings are counted here and not shown (--max-findings)"


def _judged(totals: Totals) -> str:
    counted = {"annotation": totals.annotations.total()}
    counted.update((kind, totals.whole(kind)) for kind in sorted(totals.subjects))
    return both([f"{count} {kind if count == 1 else several(kind)}" for kind, count in counted.items()])


def _tasks(tasks: TaskCounts) -> Iterator[str]:
    only = [f"{count} with a {what} only" for count, what in _not_handed_in(tasks) if count]
    said = (
        (tasks.annotated, "annotated", ""),
        (tasks.skipped, "skipped", ""),
        (tasks.unannotated, "not annotated", f" ({', '.join(only)})" if only else ""),
        (tasks.left_out, "left out", ""),
    )
    if tasks.total:
        yield f"{'Tasks':<14}{' · '.join(f'{count} {what}{more}' for count, what, more in said if count)}"


def _not_handed_in(tasks: TaskCounts) -> tuple[tuple[int, str], ...]:
    return (tasks.drafts_only, "draft"), (tasks.predictions_only, "prediction")


def _of_each_annotator(totals: Totals, kind: str) -> str:
    """Say where each series or patient has several verdicts: what one annotator read of it is judged by itself."""
    count = totals.whole(kind)
    if count == totals.subjects[kind].total():
        return ""
    return f" (what each annotator read of {count} {kind if count == 1 else several(kind)})"


def _decisions(name: str, counts: Counter[Decision], ink: Ink, of: str = "") -> Iterator[str]:
    said = [f"{counts[decision]} {ink(decision, DECISION_STYLES[decision])}" for decision in _ORDER if counts[decision]]
    if said:
        yield f"{name:<14}{' · '.join(said)}{of}"


def _oddities(oddities: Oddities) -> Iterator[str]:
    if count := oddities.repeated.count:
        named = _some(oddities.repeated.first, count)
        yield f"{'Repeated':<14}{count}, each counted again: the same ids and image stand before: {named}"
    if count := oddities.not_compared:
        yield f"{'':<14}{count} more were not compared with those before"
    if len(oddities.projects) > 1:
        tasks = (f"{name} ({count} task{'s' * (count != 1)})" for name, count in oddities.projects.most_common())
        named = _some([*tasks])
        yield f"{'Projects':<14}{len(oddities.projects)}, judged together as one delivery: {named}"
    if count := oddities.undelivered.count:
        named = _some(oddities.undelivered.first, len(oddities.undelivered.first))
        yield f"{'Not delivered':<14}{count} of the annotations that Label Studio counts on these tasks: {named}"


def _facts(facts: FactsUsed | None) -> Iterator[str]:
    """Say of how many images facts were given, and which of them are about no image here."""
    if facts is None:
        return
    yield f"{'Facts':<14}{visible(facts.supply.searched)} tells of {facts.found} of {facts.images} images"
    if without := facts.without.count:
        yield f"{'':<14}{without} that it tells nothing of: {_some(facts.without.first, without)}"
    if unused := facts.unused:
        named = _some([*islice(facts.first_unused(), _NAMED)], unused)
        of_all = f"{unused} of its {len(facts.supply.records)} {facts.supply.kind}"
        yield f"{'':<14}{of_all} are about no image here: {named}"


def _expected(expectation: Expectation | None, ink: Ink) -> Iterator[str]:
    if expectation is None:
        return
    missing, skipped = expectation.missing, expectation.skipped
    by = ", ".join(f"{count} by {visible(name)}" for name, count in sorted(expectation.judged_by.items()))
    parts = [f"{expectation.judged} judged" + (f" ({by})" if by else "")]
    parts += [f"{len(skipped)} skipped: {_some([wanted.name for wanted in skipped])}"] if skipped else []
    yield f"{'Expected':<14}{len(expectation.wanted)}, of these {' · '.join(parts)}"
    if missing:
        named = _some([f"{wanted.name} ({state.words})" for wanted, state in missing])
        yield f"{'No verdict':<14}{ink(str(len(missing)), 'magenta')}: {named}"
    if expectation.unexpected:
        named = _some(expectation.first_unexpected, expectation.unexpected)
        yield f"{'Not expected':<14}{expectation.unexpected}: {named}"


def _some(names: Sequence[str], total: int = 0) -> str:
    more = (total or len(names)) - _NAMED
    return visible(", ".join(names[:_NAMED])) + (f" and {more} more" if more > 0 else "")


def _failed(totals: Totals, ink: Ink) -> Iterator[str]:
    """Say that the program is at fault: the table alone would not."""
    if failed := totals.failed_rules:
        fault = "a fault of guidelint, not of the annotations: please report it. What they ask is not checked there."
        yield f"{'Rules failed':<14}{ink(', '.join(failed), 'magenta')}: {fault}"


def _rules(totals: Totals, ink: Ink) -> Iterator[str]:
    used: list[Column] = [kind for kind in COLUMNS if any(counts[kind] for counts in totals.rules.values())]
    if not used:
        return
    width = max(len(rule) for rule in totals.rules)
    yield ""
    yield ink(f"{'Rule':<{width}}" + "".join(f"{kind:>13}" for kind in used), "bold")
    for rule, counts in sorted(totals.rules.items(), key=lambda item: (-item[1].total(), item[0])):
        cells = (ink(f"{counts[kind] or '':>13}", COLUMN_STYLES[kind]) for kind in used)
        yield f"{rule:<{width}}" + "".join(cells).rstrip()
