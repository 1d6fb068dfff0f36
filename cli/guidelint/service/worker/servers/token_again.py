"""The token of a Label Studio as its file says now: whoever replaces it need not restart anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.labelstudio.connection.errors import NotMine
from guidelint.service.settings import Settings, SettingsError, tokens_from

if TYPE_CHECKING:
    from collections.abc import Callable


def token_again(settings: Settings, address: str) -> Callable[[], str]:
    """Make the way in which the token of one server is read again; one from the environment stays as it is."""

    def read() -> str:
        if not settings.token_file:
            return settings.servers[address]
        try:
            return tokens_from((address,), Path(settings.token_file))[address]
        except SettingsError as error:
            raise NotMine(f"Label Studio does not accept the token, and there is no other: {error}", 401) from error

    return read
