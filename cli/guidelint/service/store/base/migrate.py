"""Making a store, or bringing it to the schema of this version."""

from __future__ import annotations

from guidelint.service.store.base.database import file_of
from guidelint.service.store.base.schema import MIGRATIONS, newest_revision, revision_of
from guidelint.service.store.base.sqlite_file import close_to_others, make_file, use_log


def migrate(url: str) -> bool:
    """Bring the schema of a store to the newest version, and make it where there is none; whether it is new.

    Raises StoreFault, also when what lies there is not a store of this or an older guidelint.
    """
    file = file_of(url)
    if file is not None:
        make_file(file)
        close_to_others(file)
    found = revision_of(url)
    if file is not None:
        use_log(file)
    if found == newest_revision():
        return False
    from alembic import command  # noqa: PLC0415 - half a second that only a starting service spends
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, "head")
    return found is None
