"""Which work that stands in running projects changes its verdict under another version."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.checking.impact.differing import Differing
from guidelint.checking.impact.impact import impact
from guidelint.checking.supplied import SuppliedError
from guidelint.imaging.given import Given
from guidelint.imaging.providers.images import Images
from guidelint.imaging.providers.joined import joined
from guidelint.labelstudio.connection.errors import LabelStudioError
from guidelint.service.given import given_by
from guidelint.service.store.base.database import open_store
from guidelint.service.versions.parted import Parted
from guidelint.service.versions.standing import newest_plan, standing
from guidelint.service.worker.servers.clients import clients_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.checking.impact.impact import Impact
    from guidelint.labelstudio.connection.task_client import TaskClient
    from guidelint.service.settings import Settings
    from guidelint.service.versions.project_address import ProjectAddress
    from guidelint.validation.judging.plan import Plan


def impact_on_projects(
    later: Plan, projects: Sequence[ProjectAddress], settings: Settings, clients: Mapping[str, TaskClient] | None = None
) -> tuple[Impact, ...]:
    """Tell it of each version that work in the projects is judged by, that with most work first.

    Nothing is written in Label Studio or the store. ``clients``: through which each server is asked, where that is no
    matter of the settings. Raises SuppliedError, PlanError and StoreFault.
    """
    engine = open_store(settings.store)
    own = {} if clients else clients_of(settings)
    asked = clients or own
    try:
        with tempfile.TemporaryDirectory(prefix="guidelint-impact-") as folder:
            parted = Parted(Path(folder))
            for of in dict.fromkeys(projects):
                parted.add(of, newest_plan(engine, of), standing(engine, asked[of.server], of))
            given = _given(settings, asked, projects)
            found = [
                impact(Differing(plan.of_work, later.of_work), sources, given)
                for plan, sources in parted.by_version.values()
            ]
    except LabelStudioError as error:
        raise SuppliedError(str(error)) from error
    finally:
        engine.dispose()
        for client in own.values():
            client.close()
    found = [one for one in found if one.annotations]
    if not found:
        raise SuppliedError(f"there is no work to judge in {', '.join(map(str, projects))}")
    return tuple(sorted(found, key=lambda one: -one.annotations))


def _given(settings: Settings, clients: Mapping[str, TaskClient], projects: Sequence[ProjectAddress]) -> Given:
    """Give facts and places that were named, and after those what the projects show."""
    by_project = given_by(settings, clients)
    each = [by_project(of.server, of.project) for of in projects]
    providers = tuple(one.images.provider for one in each if one.images is not None)
    return Given(by_project.supplied.facts, Images(joined(providers), by_project.recent) if providers else None)
