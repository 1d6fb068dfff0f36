"""Tabs of a project: what is missing is added, what is ours is brought up to date, what people arranged stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.labelstudio.project.tab_columns import FORMER, arrangement
from guidelint.labelstudio.project.tabs import ALL_TASKS, tabs_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.labelstudio.connection.administration import Administration
    from guidelint.labelstudio.connection.tab import Tab
    from guidelint.labelstudio.project.tabs import Told


def set_tabs(administration: Administration, project: int, told: Told) -> Iterator[str]:
    """Add tabs that are missing, set filters right, renew columns that nobody has changed; titles of those changed."""
    there = administration.tabs(project)
    for wanted in tabs_for(told):
        if title := _set(administration, project, there, wanted):
            yield title


def set_tab(administration: Administration, project: int, wanted: Tab) -> bool:
    """Set one tab right, or add it; whether anything had to change."""
    return bool(_set(administration, project, administration.tabs(project), wanted))


def _set(administration: Administration, project: int, there: Sequence[Tab], wanted: Tab) -> str:
    """Set one right, or add it; its title if anything had to change."""
    found = _found(there, wanted)
    if found is None and (wanted.title != ALL_TASKS or not there):
        administration.create_tab(project, wanted)
        return wanted.title
    if found is not None and (renewed := _renewed(found, wanted)) != found:
        administration.update_tab(project, found.id, renewed.data)
        return found.title
    return ""


def _found(there: Sequence[Tab], wanted: Tab) -> Tab | None:
    """Find a tab by its title, or by what it shows where people gave it another title."""
    by_title = next((tab for tab in there if tab.title == wanted.title), None)
    by_filters = (tab for tab in there if wanted.shows and tab.shows == wanted.shows)
    return by_title or next(by_filters, None)


def _renewed(found: Tab, wanted: Tab) -> Tab:
    data = dict(found.data)
    if found.shows != wanted.shows and wanted.title != ALL_TASKS:
        data["filters"] = wanted.filters
    before, made = arrangement(found.data), arrangement(wanted.data)
    renewed = made if before in FORMER else before.with_new(made)
    if renewed != before:
        data |= renewed.as_data(data)
    return replace(found, data=data)
