"""Tabs of the Data Manager: all tasks, one per outcome, one for what is held, one for each who is asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from guidelint.imaging.keys import delivered, first_key
from guidelint.labelstudio.connection.tab import Tab
from guidelint.labelstudio.project.tab_columns import OfTasks, arranged_for
from guidelint.labelstudio.writeback.columns import (
    BEING_READ,
    COLUMNS,
    GUIDELINE,
    HELD,
    STATUS,
    WAITS_FOR,
    waits_for_one,
)
from guidelint.labelstudio.writeback.do_again import DO_AGAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.labelstudio.project.tab_columns import Arrangement
    from guidelint.validation.judging.plan import Plan

ALL_TASKS: Final = "All tasks"
REDO_WIDTH_PX: Final = 300
EARLIER: Final = "Earlier versions"
OUTCOMES: Final = {
    "Returned": "returned",
    "Escalated": "escalated",
    "Accepted": "accepted",
    "Unverified": "unverified",
    "Being read again": BEING_READ,
}
"""Title of a tab → value of ``gl_status`` that it shows."""


@dataclass(frozen=True, slots=True)
class Told:
    """What tabs must know of a guideline."""

    asked: tuple[str, ...] = ()
    """Those who are asked by escalations, as the guideline names them: roles, and persons by their addresses."""
    persons: tuple[str, ...] = ()
    """Those among them who are asked by their addresses."""
    holds: bool = False
    """Whether an escalation may hold a task."""
    earlier: str = ""
    """Expression that finds tasks with work under other versions than the one in force; empty: there was no other."""
    tasks: OfTasks = field(default_factory=OfTasks)
    """What stands in the task data."""


def told_by(plan: Plan) -> Told:
    """Take from a guideline what its tabs must know."""
    keys = plan.vocabulary.image
    routes = plan.routes.values()
    told = [check.rule for check in plan.checks if check.rule.told_question]
    return Told(
        asked=tuple(dict.fromkeys(who for route in routes for who in route.asked)),
        persons=tuple(dict.fromkeys(who for route in routes for who in route.persons)),
        holds=any(route.hold for route in routes),
        tasks=OfTasks(
            image=first_key(keys),
            facts=tuple(key for fact, key in delivered(keys).items() if fact != "image"),
            derived=tuple(dict.fromkeys(str(rule.told_question) for rule in told)),
            numbers=frozenset(str(rule.told_question) for rule in told if rule.tells_number),
        ),
    )


def tabs_for(told: Told) -> tuple[Tab, ...]:
    """One tab for all tasks, one for each outcome, then one for each of those who are asked by escalations.

    One for what is held stands among the outcomes, where anything may be; one for work under earlier versions after
    them, where there were any.

    Label Studio adds the first by itself only where there is no other tab.
    """
    columns = arranged_for(told.tasks, pictured=False)
    outcomes = (_tab(title, columns, _filter(STATUS, "equal", status)) for title, status in _outcomes(told).items())
    routes = (_tab(f"For {who}", columns, _filter(WAITS_FOR, "regex", waits_for_one(who))) for who in told.asked)
    earlier = (_tab(EARLIER, columns, _filter(GUIDELINE, "regex", told.earlier)),) if told.earlier else ()
    return (_tab(ALL_TASKS, arranged_for(told.tasks, pictured=True)), *outcomes, *earlier, *routes)


def every_task(tasks: OfTasks, hidden: Iterable[str] = ()) -> Tab:
    """Make the tab for all tasks alone, without columns of ours. ``hidden``: further keys of the data."""
    shown = arranged_for(tasks, pictured=True)
    keys = frozenset(f"tasks:data.{key}" for key in (*COLUMNS, *hidden))
    return _tab(ALL_TASKS, replace(shown, hidden=shown.hidden | keys, hidden_beside=shown.hidden_beside | keys))


def redo_tab(told: Told) -> Tab:
    """Make the tab for work in which something must be done again since it was moved to another version."""
    columns = arranged_for(told.tasks, pictured=False)
    widths = frozenset({*columns.widths, (f"tasks:data.{DO_AGAIN}", REDO_WIDTH_PX)})
    return _tab("To do again", replace(columns, widths=widths), _filter(DO_AGAIN, "regex", "."))


def _outcomes(told: Told) -> dict[str, str]:
    return {**OUTCOMES, **({"Held": HELD} if told.holds else {})}


def _tab(title: str, columns: Arrangement, *items: dict[str, object]) -> Tab:
    return Tab(
        0,
        title,
        {
            "title": title,
            "type": "list",
            "target": "tasks",
            "filters": {"conjunction": "and", "items": list(items)},
            "ordering": ["-tasks:updated_at"] if items else [],
            **columns.as_data(),
            "gridWidth": 4,
        },
    )


def _filter(key: str, operator: str, value: str) -> dict[str, object]:
    return {"filter": f"filter:tasks:data.{key}", "operator": operator, "type": "String", "value": value}
