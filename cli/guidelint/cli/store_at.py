"""The store that a command is told to use, and which must be there: making one would hide that the place is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.refusals import refused
from guidelint.service.settings import SettingsError

if TYPE_CHECKING:
    import sqlalchemy as sa


def there(store: str) -> str:
    """URL of a store that is there. Raises typer.Exit."""
    from guidelint.service.store.base.database import store_url_there  # noqa: PLC0415 - keeps --help fast

    try:
        return store_url_there(store)
    except SettingsError as error:
        raise refused(str(error)) from error


def opened(store: str) -> sa.Engine:
    """Open a store that is there, brought to this version. Raises typer.Exit."""
    from guidelint.service.store.base.database import open_store  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.store.base.migrate import migrate  # noqa: PLC0415 - keeps --help fast

    url = there(store)
    migrate(url)
    return open_store(url)


def address_of(server: str) -> str:
    """Address of a Label Studio as the store keeps it; empty: none is named. Raises typer.Exit."""
    from guidelint.labelstudio.connection.address import normal_address  # noqa: PLC0415 - keeps --help fast

    try:
        return normal_address(server) if server else ""
    except ValueError as error:
        raise refused(str(error)) from error
