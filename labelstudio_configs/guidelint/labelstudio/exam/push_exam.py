"""Push of an exam: a project of its own, with a task for each item. Doing it again changes nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.labelstudio.config.marker import read_marker
from guidelint.labelstudio.project.hook import set_hook
from guidelint.labelstudio.project.push import PushRefused, is_same
from guidelint.labelstudio.project.push_tabs import set_tab
from guidelint.labelstudio.project.tabs import every_task

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from guidelint.labelstudio.connection.administration import Administration
    from guidelint.labelstudio.project.tab_columns import OfTasks


@dataclass(frozen=True, slots=True)
class ExamTask:
    """One item as its task shows it: nothing in it tells what is expected."""

    item: str
    """Opaque name."""
    pictures: Mapping[str, bytes] = field(repr=False)
    """Key of the task data → PNG that stands under it."""
    data: Mapping[str, object]
    """What else is known of the image, and the opaque name."""


@dataclass(frozen=True, slots=True)
class PushedExam:
    """What the push of an exam did."""

    server: str
    project: int
    created: bool
    changed: tuple[str, ...]
    """What had to change, in words; empty: the project was in step already."""
    tasks: Mapping[str, int]
    """Item → its task."""

    @property
    def url(self) -> str:
        """Where the project is found in a browser."""
        return f"{self.server}/projects/{self.project}/data"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamPush:
    """Brings one exam in step."""

    administration: Administration
    texts: Mapping[str, str]
    """What the exam compiles into (``exam_outputs``)."""
    tasks: Sequence[ExamTask]
    """In the order in which they are shown."""
    item_key: str
    """Key of the task data under which the opaque name of an item stands."""
    of_tasks: OfTasks
    hook_url: str
    secret: str
    before_config: Callable[[int], None]
    """Called with the project before its labeling config changes, or right after it was made."""

    def push(self, project: int | None) -> PushedExam:
        """Make the project (None), or bring it in step. Raises PushRefused, Gone, Unreachable or Refused."""
        administration, config = self.administration, self.texts["label_config.xml"]
        wanted = {**json.loads(self.texts["project.json"]), "expert_instruction": self.texts["instructions.html"]}
        created = project is None
        if project is None:
            project = administration.create_project(str(wanted["title"]), config)
            self.before_config(project)
        state = administration.project(project)
        marker = read_marker(state.label_config)
        if marker is None or not marker.is_exam:
            raise PushRefused(f"project {project} ({state.title}) is no exam: its labeling config was changed by hand")
        changes = {name: value for name, value in wanted.items() if not is_same(state.settings.get(name), value)}
        if not is_same(state.label_config, config):
            changes["label_config"] = config
            self.before_config(project)
        if not created:
            changes.pop("title", None)  # a title chosen by people stays
        if changes:
            administration.update_project(project, changes)
        changed = sorted(changes)
        tasks = administration.tasks_by(project, self.item_key)
        if lacking := [task for task in self.tasks if task.item not in tasks]:
            administration.import_tasks(project, [self._uploaded(project, task) for task in lacking])
            tasks = administration.tasks_by(project, self.item_key)
            changed.append("tasks")
        if set_tab(administration, project, every_task(self.of_tasks)):
            changed.append("tab")
        if set_hook(administration, project, self.hook_url, self.secret):
            changed.append("webhook")
        return PushedExam(administration.url, project, created, tuple(changed), tasks)

    def _uploaded(self, project: int, task: ExamTask) -> dict[str, object]:
        upload = self.administration.upload
        named = {
            key: upload(project, f"{task.item[:12]}-{number}.png", picture)
            for number, (key, picture) in enumerate(task.pictures.items(), 1)
        }
        return {**task.data, **named}
