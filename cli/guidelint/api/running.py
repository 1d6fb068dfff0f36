"""Running projects, as they are named in Python."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.api.error import GuidelintError, in_python, refusals
from guidelint.checking.installed import lacking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.checking.impact.impact import Impact
    from guidelint.validation.judging.plan import Plan

    Named = str | os.PathLike[str]


def impact_on_running(
    later: Plan, projects: Sequence[str], store: Named, token_file: Named | None, facts: Named | None
) -> tuple[Impact, ...]:
    """Tell what another version changes in running projects. Raises GuidelintError."""
    if said := lacking("service", "impact on running projects"):
        raise GuidelintError(said)
    from guidelint.service.settings import DEFAULT_STORE, SettingsError  # noqa: PLC0415 - needs the extra
    from guidelint.service.store.base.faults import StoreFault  # noqa: PLC0415
    from guidelint.service.versions.impact import impact_on_projects  # noqa: PLC0415
    from guidelint.service.versions.project_address import project_at  # noqa: PLC0415
    from guidelint.service.versions.project_settings import settings_for  # noqa: PLC0415

    place = os.fspath(store) or DEFAULT_STORE
    tokens = Path(token_file) if token_file is not None else None
    with refusals():
        named = [project_at(one) for one in projects]
        try:
            settings = settings_for(named, place, tokens, os.fspath(facts or ""))
            return impact_on_projects(later, named, settings)
        except (SettingsError, StoreFault) as error:
            raise GuidelintError(in_python(str(error))) from error
