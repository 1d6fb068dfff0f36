"""Push the guideline into the demonstration's Label Studio and record it in the service's store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.labelstudio.config.marker import config_digest
from guidelint.labelstudio.connection.address import hook_address, normal_address
from guidelint.labelstudio.target import outputs
from guidelint.language.library import find
from guidelint.service.store.projects import record_push

if TYPE_CHECKING:
    import sqlalchemy as sa

    from guidelint.cli.demonstration.service_process import Service
    from guidelint.labelstudio.environment.server import RunningServer
    from guidelint.labelstudio.project.push import Pushed
    from guidelint.validation.judging.plan import Plan


def push_guideline(guideline: str, plan: Plan, server: RunningServer, service: Service, store: sa.Engine) -> Pushed:
    """Create the project with its tabs and its webhook, as `guidelint push` does."""
    from guidelint.labelstudio.connection.administration import Administration  # noqa: PLC0415 - loads the SDK
    from guidelint.labelstudio.project.push import PushOptions, push  # noqa: PLC0415 - loads the SDK
    from guidelint.labelstudio.project.tabs import told_by  # noqa: PLC0415

    address, texts = normal_address(server.url), outputs(find(guideline), plan)
    config = config_digest(texts["label_config.xml"])

    def record(project: int) -> None:
        record_push(store, address, project, plan, config_digest=config)

    hook = hook_address(service.url, address)
    options = PushOptions(hook_url=hook, secret=service.secret, told=told_by(plan), before_config=record)
    with Administration(server.url, server.token) as administration:
        return push(administration, texts, options)
