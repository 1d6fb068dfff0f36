"""Run by Alembic: apply the migrations on the store named by the caller."""

from __future__ import annotations

from alembic import context

from guidelint.service.store.base.database import open_store
from guidelint.service.store.base.tables import metadata

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(20261126)"
"""Two processes that start at the same time do not both make the tables; SQLite has one writer anyway."""

engine = open_store(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(ONE_AT_A_TIME)
        context.run_migrations()
    connection.commit()
engine.dispose()
