"""A change of readers per task resets what escalations asked for; a push puts that back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tests.service.bench import plan

from guidelint.labelstudio.config.marker import marker
from guidelint.labelstudio.connection.administration import ProjectState
from guidelint.labelstudio.connection.errors import Gone
from guidelint.labelstudio.project.push import PushOptions, push

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.labelstudio.connection.administration import Administration

CONFIG = f'<View idAttr="{marker(plan())}"><Image name="image" toName="image" value="$image"/></View>'
TEXTS = {"label_config.xml": CONFIG, "project.json": "{}", "instructions.html": ""}


class Administered:
    """A project in step, of which one task was deleted since."""

    url = "http://label-studio.test"

    def __init__(self) -> None:
        self.opened: dict[int, int] = {}

    def project(self, project: int) -> ProjectState:
        return ProjectState(project, "Lesions", CONFIG, 1, {"expert_instruction": ""})

    def update_project(self, project: int, changes: Mapping[str, object]) -> None:
        assert (project, changes) == (1, {"maximum_annotations": 2})

    def open_to_readers(self, task: int, readers: int) -> None:
        if task == 1:
            raise Gone("Label Studio does not know task 1 (404)")
        self.opened[task] = readers

    def tabs(self, project: int) -> tuple[object, ...]:
        assert project == 1
        return ()

    def create_tab(self, project: int, tab: object) -> None:
        """Take it."""


def test_a_task_that_was_deleted_since_keeps_no_other_from_its_second_reader() -> None:
    administered = Administered()
    options = PushOptions(project=1, maximum_annotations=2, open_escalations={1: 3, 2: 3})
    push(cast("Administration", administered), TEXTS, options)
    assert administered.opened == {2: 3}
