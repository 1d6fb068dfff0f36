"""Recording in the store what a push lets a project follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.labelstudio.config.marker import config_digest
from guidelint.service.clock import as_text
from guidelint.service.store.base.database import place_of
from guidelint.service.store.projects import record_push

if TYPE_CHECKING:
    import sqlalchemy as sa

    from guidelint.labelstudio.connection.administration import Administration
    from guidelint.validation.judging.plan import Plan


@dataclass
class Recording:
    """Records one push; whether the store learnt anything by it."""

    store: sa.Engine
    administration: Administration
    plan: Plan
    config: str
    """The labeling config that is sent."""
    is_news: bool = False
    is_exam: bool = False
    """The project is an exam."""

    @property
    def place(self) -> str:
        """Where the store lies."""
        return place_of(self.store)

    def record(self, project: int) -> None:
        """Record it, in force from now on by Label Studio's clock; again changes nothing."""
        moment, config = as_text(self.administration.moment()), config_digest(self.config)
        where = self.administration.url, project
        if record_push(self.store, *where, self.plan, moment, config_digest=config, is_exam=self.is_exam):
            self.is_news = True


def new_store(store: sa.Engine) -> str:
    """Say that a store was made just now."""
    return f"The store {place_of(store)} is new: `guidelint serve` must use the same."
