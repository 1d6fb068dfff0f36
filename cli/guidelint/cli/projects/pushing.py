"""Pushing one guideline, to one project or to many; what becomes of each is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidelint.cli.projects.recording import Recording
from guidelint.labelstudio.connection.address import hook_address
from guidelint.labelstudio.connection.administration import Administration
from guidelint.labelstudio.connection.errors import LabelStudioError
from guidelint.labelstudio.project.push import PushRefused, find_project, following_projects, push
from guidelint.labelstudio.project.tabs import told_by
from guidelint.labelstudio.writeback.columns import of_other_versions
from guidelint.service.store.escalations import open_escalations
from guidelint.service.store.projects import history

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import sqlalchemy as sa

    from guidelint.labelstudio.project.push import Pushed, PushOptions
    from guidelint.labelstudio.project.tabs import Told
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.plan import Plan


Wanted = dict[str, list[int]]
"""Address of a Label Studio → projects there; none: the one that follows the guideline, or all of them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one project, or of a Label Studio that could not be asked."""

    where: str
    pushed: Pushed | None = None
    recording: Recording | None = None
    problem: str = ""
    """Why it was not pushed to; empty: it was."""


@dataclass(frozen=True)
class Pushing:
    """A guideline, the store that is told of it, and what is wished beside."""

    read: Guideline
    plan: Plan
    texts: Mapping[str, str]
    """What it compiles into."""
    store: sa.Engine
    options: PushOptions
    service: str = ""
    """Where Label Studio reaches the service; empty: webhooks are left as they are."""

    def to_all(self, wanted: Wanted, tokens: Mapping[str, str], *, every: bool = False) -> Iterator[Outcome]:
        """Push to one project after the other; one that fails does not keep the others."""
        for server, projects in wanted.items():
            try:
                with Administration(server, tokens[server]) as administration:
                    for project in projects or self._found(administration, every=every):
                        yield self._outcome(administration, project)
            except LabelStudioError as error:
                yield Outcome(server, problem=str(error))

    def _found(self, administration: Administration, *, every: bool) -> Sequence[int | None]:
        """Find the one project that follows the guideline, or all; None: one is to be made. Raises PushRefused."""
        if not every:
            return [find_project(administration, self.read.name)]
        found = sorted(one.id for one in following_projects(administration, self.read.name))
        if not found:
            raise PushRefused(
                f"no project of {administration.url} follows {self.read.name}: leave --every out to make one"
            )
        return found

    def _outcome(self, administration: Administration, project: int | None) -> Outcome:
        where = administration.url if project is None else f"{administration.url}/projects/{project}"
        try:
            return Outcome(where, *self.pushed(administration, project))
        except (LabelStudioError, ValueError) as error:
            return Outcome(where, problem=str(error))

    def pushed(self, administration: Administration, project: int | None, config: str = "") -> tuple[Pushed, Recording]:
        """Push to a project; None: make one. ``config``: in place of what it compiles into. Raises LabelStudioError."""
        texts = self.texts if not config else {**self.texts, "label_config.xml": config}
        readers = {} if project is None else open_escalations(self.store, administration.url, project)
        recording = Recording(self.store, administration, self.plan, texts["label_config.xml"])
        recorded = replace(
            self.options,
            project=project,
            hook_url=hook_address(self.service, administration.url) if self.service else None,
            told=self._told(administration.url, project),
            open_escalations=readers,
            before_config=recording.record,
        )
        pushed = push(administration, texts, recorded)
        recording.record(pushed.project)  # also what is in step: the store may be another than the last push knew
        return pushed, recording

    def _told(self, server: str, project: int | None) -> Told:
        """Tell the tabs of the guideline, and whether work may stand under another version of it."""
        before = [] if project is None else history(self.store, server, project)
        others = [
            one for one in before if (one.guideline, one.version) != (self.read.name, self.plan.guideline.version)
        ]
        earlier = of_other_versions(self.read.name, self.plan.guideline.version) if others else ""
        return replace(told_by(self.plan), earlier=earlier)
