"""Moving running projects to another version: push it, move the work, tell what somebody must do again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from guidelint.cli.projects.pushing import Pushing
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.streams import tell
from guidelint.labelstudio.config.marker import read_marker
from guidelint.labelstudio.connection.administration import Administration
from guidelint.labelstudio.connection.errors import LabelStudioError
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.migrating.leftovers import controls_in, with_leftovers
from guidelint.labelstudio.migrating.of_file import MigrationError
from guidelint.labelstudio.migrating.renaming import Renaming
from guidelint.labelstudio.project.push import PushOptions
from guidelint.labelstudio.project.push_tabs import set_tab
from guidelint.labelstudio.project.tabs import redo_tab, told_by
from guidelint.labelstudio.target import outputs
from guidelint.language.compile.plan import compile_plan
from guidelint.rules.catalogue import catalogue
from guidelint.service.store.projects import history
from guidelint.service.versions.move import Move

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.administration import ProjectState
    from guidelint.labelstudio.migrating.of_file import Migrated
    from guidelint.language.form.guideline import Guideline
    from guidelint.service.versions.project_address import ProjectAddress


def _on_stderr(sentence: str) -> None:
    tell(f"{visible(sentence)}\n")


@dataclass(frozen=True)
class Migrating:
    """Two versions, and the store that knows the projects."""

    old: Guideline
    new: Guideline
    store: sa.Engine
    back: bool = False
    writes: bool = True
    """Whether anything is changed; otherwise it is only told."""
    tell: Callable[[str], None] = _on_stderr
    """Given a sentence now and then when it takes long."""

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
        return Renaming.between(self.old, self.new, back=self.back)

    @cached_property
    def pushing(self) -> Pushing:
        """The version, as it is pushed: labels in use may go, since they are renamed."""
        plan = compile_plan(self.after, catalogue())
        return Pushing(self.after, plan, outputs(self.after, plan), self.store, PushOptions(drop_labels_in_use=True))

    def move_all(
        self, projects: Iterable[ProjectAddress], tokens: Mapping[str, str]
    ) -> tuple[dict[str, Migrated], dict[str, str]]:
        """Move one project after the other: what became of each, and why some could not be moved."""
        made, failed = dict[str, "Migrated"](), dict[str, str]()
        for of in projects:
            try:
                made[str(of)] = self.move(of, tokens[of.server])
            except (LabelStudioError, MigrationError) as error:
                failed[str(of)] = str(error)
        return made, failed

    def move(self, of: ProjectAddress, token: str) -> Migrated:
        """Move one project; doing it again goes on where it was broken off, and then changes nothing.

        Raises MigrationError before anything changes, LabelStudioError, PlanError and StoreFault.
        """
        with Administration(of.server, token) as administration, TaskClient(of.server, token) as client:
            state = administration.project(of.project)
            self._check(of, state)
            gone = self._gone(administration, of)
            self._check_tools(of, gone)
            if not self.writes:
                is_pushed = self._follows(state) == (self.after.name, self.after.version)
                return self._move(of, client, frozenset(gone), self._position(of) + (not is_pushed))
            self._push(administration, of, state, gone)
            made = self._move(of, client, frozenset(gone), self._position(of))
            if gone:
                left = self._gone(administration, of)
                self._push(administration, of, state, left)
                made = replace(made, kept=tuple(sorted(left)))
            if made.redo:
                set_tab(administration, of.project, redo_tab(told_by(self.pushing.plan)))
            return made

    def _push(
        self, administration: Administration, of: ProjectAddress, state: ProjectState, left: Collection[str]
    ) -> None:
        """Push the version, with controls of the one before that are used still."""
        config = self.pushing.texts["label_config.xml"]
        self.pushing.pushed(administration, of.project, with_leftovers(config, state.label_config, left))

    def _gone(self, administration: Administration, of: ProjectAddress) -> dict[str, str]:
        """Find controls that are used, and that the version has not: name → kind of item."""
        there = controls_in(self.pushing.texts["label_config.xml"])
        return {name: kind for name, kind in _used(administration, of).items() if name not in there}

    def _follows(self, state: ProjectState) -> tuple[str, str] | None:
        marker = read_marker(state.label_config)
        return (marker.name, marker.version) if marker and not marker.is_exam else None

    def _move(self, of: ProjectAddress, client: TaskClient, gone: frozenset[str], position: int) -> Migrated:
        move = Move(self.store, client, of, self.renaming, position, gone, self.back, self.writes, self.tell)
        return move.run()

    def _position(self, of: ProjectAddress) -> int:
        return history(self.store, of.server, of.project)[0].position

    def _check(self, of: ProjectAddress, state: ProjectState) -> None:
        """Refuse a project that follows neither version. Raises MigrationError."""
        marker = read_marker(state.label_config)
        both = [(one.name, one.version) for one in (self.before, self.after)]
        if self._follows(state) not in both:
            now = f"{marker.name} {marker.version}" if marker else "no guideline"
            stands = f"an exam in {now}" if marker and marker.is_exam else f"of {now}"
            raise MigrationError(
                f"{of} is {stands}, and not of {self.before.name} {self.before.version}: name the version that it"
                " follows, then the one that it is to follow"
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
    """Tell which controls annotations and drafts use: name → kind of item, which nobody tells of drafts."""
    summary = administration.summary(of.project)
    by_drafts = dict.fromkeys(summary.created_labels_drafts, "")
    return by_drafts | {parts[0]: parts[-1] for parts in (key.split("|") for key in summary.created_annotations)}
