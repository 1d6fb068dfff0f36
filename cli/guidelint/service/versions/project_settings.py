"""What is needed to look into running projects: a store that knows them, and a token for each of their servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.service.settings import Settings, tokens_from
from guidelint.service.store.base.database import store_url_there
from guidelint.service.versions.project_address import servers_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from guidelint.service.versions.project_address import ProjectAddress


def settings_for(
    projects: Sequence[ProjectAddress],
    store: str,
    token_file: Path | None,
    facts: str = "",
    images: tuple[str, ...] = (),
) -> Settings:
    """Make the settings. Raises SettingsError where a token is lacking, or there is no store."""
    return Settings(
        servers=tokens_from(servers_of(projects), token_file),
        store=store_url_there(store),
        token_file=str(token_file.absolute()) if token_file else "",
        facts=facts,
        images=images,
    )
