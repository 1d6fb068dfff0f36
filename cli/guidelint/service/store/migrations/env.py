"""Run by Alembic: apply the migrations on the store named by the caller."""

from __future__ import annotations

from alembic import context

from guidelint.service.store.database import open_store
from guidelint.service.store.tables import metadata

engine = open_store(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
