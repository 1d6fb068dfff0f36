"""What asks the servers that this service has tokens for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.service.worker.servers.token_again import token_again

if TYPE_CHECKING:
    from guidelint.service.settings import Settings


def clients_of(settings: Settings) -> dict[str, TaskClient]:
    """Make a client of each server, by its address; it reads its token again when that was replaced."""
    return {
        address: TaskClient(address, token, token_again=token_again(settings, address))
        for address, token in settings.servers.items()
    }
