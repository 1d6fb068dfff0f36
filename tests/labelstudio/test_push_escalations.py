"""What a push sees to of escalations: readers that a change per task has reset, persons, tabs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from tests.service.bench import plan

from guidelint.labelstudio.config.marker import marker
from guidelint.labelstudio.connection.administration import ProjectState
from guidelint.labelstudio.connection.errors import Gone
from guidelint.labelstudio.project.push import PushOptions, push
from guidelint.labelstudio.project.tabs import told_by
from guidelint.validation.judging.plan import Route

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.labelstudio.connection.administration import Administration
    from guidelint.labelstudio.connection.tab import Tab

CONFIG = f'<View idAttr="{marker(plan())}"><Image name="image" toName="image" value="$image"/></View>'
TEXTS = {"label_config.xml": CONFIG, "project.json": "{}", "instructions.html": ""}


class Administered:
    """A project in step, of which one task was deleted since."""

    url = "http://label-studio.test"

    def __init__(self) -> None:
        self.opened: dict[int, int] = {}
        self.made: list[str] = []

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

    def create_tab(self, project: int, tab: Tab) -> None:
        assert project == 1
        self.made.append(tab.title)

    def addresses(self) -> frozenset[str]:
        return frozenset({"ng@example.org"})


def test_a_task_that_was_deleted_since_keeps_no_other_from_its_second_reader() -> None:
    administered = Administered()
    options = PushOptions(project=1, maximum_annotations=2, open_escalations={1: 3, 2: 3})
    push(cast("Administration", administered), TEXTS, options)
    assert administered.opened == {2: 3}


def test_a_person_who_is_no_user_is_told_and_every_person_has_a_tab() -> None:
    routes = {
        "chief": Route(who="Chief", persons=("Ng@example.org", "data@example.org"), hold=True),
        "nurse": Route(who="Study nurse", readers=1),
    }
    administered = Administered()
    told = told_by(replace(plan(), routes=routes))
    pushed = push(cast("Administration", administered), TEXTS, PushOptions(project=1, told=told))
    assert pushed.not_users == ("data@example.org",)
    assert administered.made[-4:] == ["Held", "For Ng@example.org", "For data@example.org", "For Study nurse"]


def test_where_nothing_is_held_there_is_no_tab_for_it() -> None:
    administered = Administered()
    push(cast("Administration", administered), TEXTS, PushOptions(project=1, told=told_by(plan())))
    assert "Held" not in administered.made
