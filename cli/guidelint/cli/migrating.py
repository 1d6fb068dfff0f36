"""Moving running projects to another version: push it, move the work, tell what somebody must do again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from guidelint.cli.pushing import Pushing
from guidelint.labelstudio.config.marker import read_marker
from guidelint.labelstudio.connection.administration import Administration
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.migrating.leftovers import controls_in, with_leftovers
from guidelint.labelstudio.migrating.of_file import MigrationError
from guidelint.labelstudio.migrating.renaming import Renaming
from guidelint.labelstudio.project.push import PushOptions
from guidelint.labelstudio.project.push_tabs import set_tab
from guidelint.labelstudio.project.tabs import redo_tab, told_by
from guidelint.language.compile.plan import compile_plan
from guidelint.language.versions.mapping import names
from guidelint.rules.catalogue import catalogue
from guidelint.service.store.projects import history
from guidelint.service.versions.move import Move

if TYPE_CHECKING:
    import sqlalchemy as sa

    from guidelint.labelstudio.connection.administration import ProjectState
    from guidelint.labelstudio.migrating.of_file import Migrated
    from guidelint.language.form.guideline import Guideline
    from guidelint.service.versions.project_address import ProjectAddress


@dataclass(frozen=True)
class Migrating:
    """Two versions, and the store that knows the projects."""

    old: Guideline
    new: Guideline
    store: sa.Engine
    back: bool = False
    writes: bool = True
    """Whether anything is changed; otherwise it is only told."""

    @property
    def before(self) -> Guideline:
        """The version that the work is moved from."""
        return self.new if self.back else self.old

    @property
    def after(self) -> Guideline:
        """The version that the work is moved to."""
        return self.old if self.back else self.new

    @cached_property
    def renaming(self) -> Renaming:
        """What is called otherwise."""
        forth = names(self.old, self.new)
        return Renaming(self.new, self.old, forth.back(self.old)) if self.back else Renaming(self.old, self.new, forth)

    @cached_property
    def pushing(self) -> Pushing:
        """The version, as it is pushed: labels in use may go, since they are renamed."""
        plan = compile_plan(self.after, catalogue())
        return Pushing(self.after, plan, self.store, PushOptions(drop_labels_in_use=True))

    def move(self, of: ProjectAddress, token: str) -> Migrated:
        """Move one project; doing it again goes on where it was broken off, and then changes nothing.

        Raises MigrationError before anything changes, LabelStudioError, PlanError and StoreFault.
        """
        with Administration(of.server, token) as administration, TaskClient(of.server, token) as client:
            state = administration.project(of.project)
            self._check(of, state)
            used = _used(administration, of)
            config = self.pushing.texts["label_config.xml"]
            gone = frozenset(used.keys() - controls_in(config))
            self._check_tools(of, {name: used[name] for name in gone})
            if not self.writes:
                return self._move(of, client, gone, self._position(of) + 1)
            self.pushing.pushed(administration, of.project, with_leftovers(config, state.label_config, gone))
            made = self._move(of, client, gone, self._position(of))
            if gone:
                self.pushing.pushed(administration, of.project)
            if made.redo:
                set_tab(administration, of.project, redo_tab(told_by(self.pushing.plan)))
            return made

    def _move(self, of: ProjectAddress, client: TaskClient, gone: frozenset[str], position: int) -> Migrated:
        return Move(self.store, client, of, self.renaming, position, gone, back=self.back, writes=self.writes).run()

    def _position(self, of: ProjectAddress) -> int:
        return history(self.store, of.server, of.project)[0].position

    def _check(self, of: ProjectAddress, state: ProjectState) -> None:
        """Refuse a project that follows neither version. Raises MigrationError."""
        marker = read_marker(state.label_config)
        follows = (marker.name, marker.version) if marker and not marker.is_exam else ()
        both = [(one.name, one.version) for one in (self.before, self.after)]
        if follows not in both:
            now = f"{marker.name} {marker.version}" if marker else "no guideline"
            exam = "an exam in " if marker and marker.is_exam else ""
            raise MigrationError(
                f"{of} is {exam or 'of '}{now}, and not of {self.before.name} {self.before.version}: name the version"
                " that it follows, then the one that it is to follow"
            )
        pushed = history(self.store, of.server, of.project)
        if not pushed or pushed[0].marker.version not in {version for _, version in both}:
            raise MigrationError(
                f"the store does not know by which version {of} is judged: push the guideline that it follows with this"
                " store first"
            )

    def _check_tools(self, of: ProjectAddress, gone: dict[str, str]) -> None:
        """Refuse to take away a tool that marks were made with: Label Studio would. Raises MigrationError."""
        tools = sorted(name for name, kind in gone.items() if kind.endswith("labels"))
        if tools:
            raise MigrationError(
                f"marks in {of} were drawn with {', '.join(tools)}, with which no class of"
                f" {self.after.name} {self.after.version} is drawn, so that Label Studio takes no such config. Let a"
                " class have that tool, or push to a new project and keep this one for the work in it"
            )


def _used(administration: Administration, of: ProjectAddress) -> dict[str, str]:
    """Tell which controls annotations use: name → kind of item."""
    created = administration.summary(of.project).created_annotations
    return {parts[0]: parts[-1] for parts in (key.split("|") for key in created)}
