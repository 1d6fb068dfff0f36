"""The webhook's secret is replaced while deliveries go on: no step of it refuses one that carries a right secret."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest
from tests.service.test_receiver import EVENT, PATH, Asleep

from guidelint.labelstudio.connection.address import SECRET_HEADER
from guidelint.service.receiver.receiver import Receiver
from guidelint.service.settings import Settings, secret_from, secrets_from
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = "the-old-secret-0123", "the-new-secret-0123"


def answers(store: Path, secrets: tuple[str, ...], carried: str) -> int:
    """Status of the answer to a delivery that carries a secret."""
    first, *older = secrets
    settings = Settings(store="", servers={"http://label-studio.test": "t"}, secret=first, older_secrets=tuple(older))
    url = store_url(str(store))
    migrate(url)
    engine = open_store(url)

    async def deliver() -> int:
        app = Receiver(settings, engine, Asleep()).app()
        transport = httpx.ASGITransport(app)
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as client:
            answer = await client.post(f"http://guidelint{PATH}", json=EVENT, headers={SECRET_HEADER: carried})
            return answer.status_code

    try:
        return asyncio.run(deliver())
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("file", "pushed", "old", "new"),
    [
        (f"{OLD}\n", OLD, 202, 401),
        (f"{NEW}\n{OLD}\n", NEW, 202, 202),
        (f"{NEW}\n", NEW, 401, 202),
    ],
    ids=["before", "both lines, until every project is pushed", "after"],
)
def test_every_step_takes_what_webhooks_carry_then(tmp_path: Path, file: str, pushed: str, old: int, new: int) -> None:
    (tmp_path / "secret").write_text(file)
    secrets, store = secrets_from(tmp_path / "secret"), tmp_path / "store.db"
    assert secret_from(tmp_path / "secret") == pushed
    assert (answers(store, secrets, OLD), answers(store, secrets, NEW)) == (old, new)
