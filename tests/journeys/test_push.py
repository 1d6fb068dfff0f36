"""Push to a real Label Studio: what it makes, what it leaves alone, what it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.journeys.server import call
from tests.labelstudio.guidelines import everything, phantom

from guidelint.labelstudio.config.marker import marker, read_marker
from guidelint.labelstudio.connection.address import SECRET_HEADER
from guidelint.labelstudio.connection.administration import Administration
from guidelint.labelstudio.connection.errors import Gone, Refused, Unreachable
from guidelint.labelstudio.project.hook import ACTIONS
from guidelint.labelstudio.project.push import Pushed, PushOptions, PushRefused, push
from guidelint.labelstudio.project.tab_columns import FORMER
from guidelint.labelstudio.project.tabs import Told
from guidelint.labelstudio.target import outputs
from guidelint.language.compile.plan import compile_plan
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.server import LabelStudio

    from guidelint.language.form.guideline import Guideline

pytestmark = pytest.mark.label_studio

SECRET = "a-secret-of-the-tests"  # noqa: S105 - of a server that lives for one test
HOOK = PushOptions(hook_url="http://127.0.0.1:9/hooks/somewhere", secret=SECRET)
OUTLINE = {
    "id": "r1",
    "from_name": "polygon",
    "to_name": "image",
    "type": "polygonlabels",
    "original_width": 512,
    "original_height": 512,
    "value": {"points": [[10, 10], [20, 10], [15, 20]], "closed": True, "polygonlabels": ["mass"]},
}


def texts(guideline: Guideline | None = None) -> dict[str, str]:
    found = guideline or everything()
    return outputs(found, compile_plan(found, catalogue()))


def pushed_to(server: LabelStudio, compiled: dict[str, str], options: PushOptions, token: str | None = None) -> Pushed:
    with Administration(server.url, token or server.token) as administration:
        return push(administration, compiled, options)


def project(server: LabelStudio, number: int) -> dict[str, Any]:
    found: dict[str, Any] = call(server.api, "GET", f"/api/projects/{number}/")
    return found


def hooks(server: LabelStudio, number: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call(server.api, "GET", f"/api/webhooks/?project={number}")
    return found


def annotated(server: LabelStudio) -> Pushed:
    """A pushed project in which one mass is outlined."""
    pushed = pushed_to(server, texts(), PushOptions())
    (task,) = server.tasks(pushed.project, [{"slice": phantom()}])
    server.submit(task, [OUTLINE])
    return pushed


def without_mass() -> Guideline:
    guideline = everything()
    attributes = {name: item for name, item in guideline.attributes.items() if item.of != ("mass",)}
    attributes["suspicion"] = attributes["suspicion"].model_copy(update={"of": ("node",)})
    classes = {**guideline.classes, "tumour": guideline.classes["mass"]}
    del classes["mass"]
    return guideline.model_copy(update={"classes": classes, "attributes": attributes, "version": "3.0.0"})


def test_a_new_project_gets_everything(label_studio: LabelStudio) -> None:
    recorded: list[int] = []
    pushed = pushed_to(label_studio, texts(), replace(HOOK, before_config=recorded.append))

    found = project(label_studio, pushed.project)
    assert pushed.created
    assert recorded == [pushed.project]
    assert found["title"] == 'Everything & "more" <of it>'
    assert found["description"].endswith("every-tool 2.1.0, a draft: it is not released, and may still change.")
    assert found["show_instruction"] is found["show_collab_predictions"] is True
    assert found["enable_empty_annotation"] is False
    assert found["expert_instruction"] == texts()["instructions.html"]
    assert pushed.url == f"{label_studio.url}/projects/{pushed.project}/data"


def test_the_marker_is_read_back_from_label_studio(label_studio: LabelStudio) -> None:
    pushed = pushed_to(label_studio, texts(), PushOptions())
    kept = read_marker(project(label_studio, pushed.project)["label_config"])
    assert kept == pushed.marker == marker(compile_plan(everything(), catalogue()))


def test_the_webhook_carries_the_secret_and_asks_for_exactly_what_may_change_a_verdict(
    label_studio: LabelStudio,
) -> None:
    pushed = pushed_to(label_studio, texts(), HOOK)
    (hook,) = hooks(label_studio, pushed.project)
    assert hook["headers"] == {SECRET_HEADER: SECRET}
    assert set(hook["actions"]) == ACTIONS
    assert (hook["is_active"], hook["send_payload"], hook["send_for_all_actions"]) == (True, True, False)


def test_tabs_show_all_tasks_and_each_outcome(label_studio: LabelStudio) -> None:
    pushed = pushed_to(label_studio, texts(), PushOptions())
    tabs = call(label_studio.api, "GET", f"/api/dm/views/?project={pushed.project}")
    titles = ["All tasks", "Returned", "Escalated", "Accepted", "Unverified", "Being read again"]
    assert [tab["data"]["title"] for tab in tabs] == titles
    tasks = label_studio.tasks(
        pushed.project, [{"slice": phantom(), "gl_status": status} for status in ("returned", "accepted")]
    )
    (returned,) = call(label_studio.api, "GET", f"/api/tasks?view={tabs[1]['id']}&project={pushed.project}")["tasks"]
    assert returned["id"] == tasks[0]


def tabs_of(server: LabelStudio, number: int) -> dict[str, dict[str, Any]]:
    """Title → tab, in order."""
    return {tab["data"]["title"]: tab for tab in call(server.api, "GET", f"/api/dm/views/?project={number}")}


def test_columns_of_0_1_0_are_renewed_and_what_people_arranged_stays(label_studio: LabelStudio) -> None:
    pushed = pushed_to(label_studio, texts(), PushOptions())
    now = tabs_of(label_studio, pushed.project)
    for title, wider in (("All tasks", 0), ("Returned", 0), ("Accepted", 7)):
        widths = {**dict(FORMER[0].widths), "tasks:data.gl_summary": 560 + wider}
        old = {**now[title]["data"], **FORMER[0].as_data(), "columnsWidth": widths}
        call(label_studio.api, "PUT", f"/api/dm/views/{now[title]['id']}/", {"project": pushed.project, "data": old})
    again = pushed_to(label_studio, texts(), PushOptions())
    assert again.changed == ("tab All tasks", "tab Returned")
    found = tabs_of(label_studio, pushed.project)
    assert found["Returned"]["data"] == now["Returned"]["data"]
    assert found["Accepted"]["data"]["columnsWidth"]["tasks:data.gl_summary"] == 567
    assert pushed_to(label_studio, texts(), PushOptions()).changed == ()


def test_a_tab_that_people_gave_another_title_is_not_made_twice_and_new_ones_come_last(
    label_studio: LabelStudio,
) -> None:
    pushed = pushed_to(label_studio, texts(), PushOptions())
    returned = tabs_of(label_studio, pushed.project)["Returned"]
    named = {"project": pushed.project, "data": {**returned["data"], "title": "To correct"}}
    call(label_studio.api, "PUT", f"/api/dm/views/{returned['id']}/", named)
    asked = PushOptions(told=Told(asked=("Chest radiologist", "radiologist")))
    assert pushed_to(label_studio, texts(), asked).changed == ("tab For Chest radiologist", "tab For radiologist")
    assert pushed_to(label_studio, texts(), asked).changed == ()
    tabs = tabs_of(label_studio, pushed.project)
    assert list(tabs) == [
        "All tasks", "To correct", "Escalated", "Accepted", "Unverified", "Being read again",
        "For Chest radiologist", "For radiologist",
    ]  # fmt: skip
    waits = [
        {"slice": phantom(), "gl_waits_for": who} for who in ("Chest radiologist", "Chest radiologist; radiologist")
    ]
    first, both = label_studio.tasks(pushed.project, waits)

    def shown(title: str) -> set[int]:
        path = f"/api/tasks?view={tabs[title]['id']}&project={pushed.project}"
        return {task["id"] for task in call(label_studio.api, "GET", path)["tasks"]}

    assert (shown("For Chest radiologist"), shown("For radiologist")) == ({first, both}, {both})


def test_a_second_push_changes_nothing(label_studio: LabelStudio) -> None:
    first = pushed_to(label_studio, texts(), HOOK)
    before = project(label_studio, first.project), hooks(label_studio, first.project)
    recorded: list[int] = []
    second = pushed_to(label_studio, texts(), replace(HOOK, before_config=recorded.append))

    assert (second.project, second.created, second.changed) == (first.project, False, ())
    assert recorded == []
    assert (project(label_studio, first.project), hooks(label_studio, first.project)) == before


def test_what_people_changed_by_hand_is_set_right_but_their_title_stays(label_studio: LabelStudio) -> None:
    pushed = pushed_to(label_studio, texts(), HOOK)
    mine = {"title": "Reading room 2", "show_instruction": False, "expert_instruction": "Good luck."}
    call(label_studio.api, "PATCH", f"/api/projects/{pushed.project}/", mine)
    (hook,) = hooks(label_studio, pushed.project)
    call(label_studio.api, "PATCH", f"/api/webhooks/{hook['id']}/", {"url": hook["url"]})
    assert hooks(label_studio, pushed.project)[0]["actions"] == []

    again = pushed_to(label_studio, texts(), HOOK)
    assert again.changed == ("expert_instruction", "show_instruction", "webhook")
    assert project(label_studio, pushed.project)["title"] == "Reading room 2"
    assert set(hooks(label_studio, pushed.project)[0]["actions"]) == ACTIONS


def test_a_surplus_webhook_of_ours_is_removed_and_that_of_others_stays(label_studio: LabelStudio) -> None:
    pushed = pushed_to(label_studio, texts(), HOOK)
    elsewhere = "http://127.0.0.1:9/other"
    other = {"project": pushed.project, "url": elsewhere, "headers": {"X-Other": "1"}}
    ours = {"project": pushed.project, "url": "http://127.0.0.1:9/old", "headers": {SECRET_HEADER.lower(): "old"}}
    for hook in (other, ours):
        call(label_studio.api, "POST", "/api/webhooks/", hook)
    assert pushed_to(label_studio, texts(), HOOK).changed == ("webhook",)
    assert {hook["url"] for hook in hooks(label_studio, pushed.project)} == {HOOK.hook_url, elsewhere}
    assert pushed_to(label_studio, texts(), HOOK).changed == ()


def test_a_class_in_use_is_not_taken_away_unless_that_is_meant(label_studio: LabelStudio) -> None:
    pushed = annotated(label_studio)
    before = project(label_studio, pushed.project)["label_config"]
    with pytest.raises(PushRefused, match=r"mass.*--drop-labels-in-use"):
        pushed_to(label_studio, texts(without_mass()), PushOptions())
    assert project(label_studio, pushed.project)["label_config"] == before

    pushed_to(label_studio, texts(without_mass()), PushOptions(drop_labels_in_use=True))
    assert "tumour" in project(label_studio, pushed.project)["label_config"]


def test_a_guideline_may_grow_under_annotations(label_studio: LabelStudio) -> None:
    pushed = annotated(label_studio)
    guideline = everything()
    classes = {**guideline.classes, "cyst": guideline.classes["centre"]}
    grown = guideline.model_copy(update={"classes": classes, "version": "2.2.0"})
    recorded: list[int] = []
    again = pushed_to(label_studio, texts(grown), PushOptions(before_config=recorded.append))
    assert again.project == pushed.project
    assert "label_config" in again.changed
    assert recorded == [pushed.project]


def test_tasks_that_hold_no_image_under_the_expected_key_are_noticed(label_studio: LabelStudio) -> None:
    number = label_studio.project("Other tasks", '<View><Image name="image" value="$scan"/></View>')
    label_studio.tasks(number, [{"scan": phantom()}])
    with pytest.raises(PushRefused, match=r"hold no 'slice'.*they hold scan"):
        pushed_to(label_studio, texts(), PushOptions(project=number))


def test_a_project_of_another_guideline_is_left_alone_unless_that_is_meant(label_studio: LabelStudio) -> None:
    pushed = pushed_to(label_studio, texts(), PushOptions())
    other = texts(everything().model_copy(update={"name": "another"}))
    with pytest.raises(PushRefused, match=r"follows every-tool 2\.1\.0.*--replace-guideline"):
        pushed_to(label_studio, other, PushOptions(project=pushed.project))
    taken = pushed_to(label_studio, other, PushOptions(project=pushed.project, replace_guideline=True))
    assert taken.marker.name == "another"


def test_with_two_projects_of_one_guideline_the_wanted_one_must_be_named(label_studio: LabelStudio) -> None:
    first = pushed_to(label_studio, texts(), PushOptions())
    second = label_studio.project("Second site", texts()["label_config.xml"])
    with pytest.raises(PushRefused, match=rf"{first.project} .*{second} \(Second site\)|{second} .*{first.project} "):
        pushed_to(label_studio, texts(), PushOptions())
    assert pushed_to(label_studio, texts(), PushOptions(project=second)).project == second


def test_more_readers_for_all_do_not_close_what_was_escalated(label_studio: LabelStudio) -> None:
    pushed = annotated(label_studio)
    (task,) = label_studio.tasks(pushed.project, [{"slice": phantom()}])
    call(label_studio.api, "PATCH", f"/api/tasks/{task}/", {"overlap": 3, "is_labeled": False})

    pushed_to(label_studio, texts(), PushOptions())
    assert label_studio.task(task)["overlap"] == 3

    pushed_to(label_studio, texts(), PushOptions(maximum_annotations=2, open_escalations={task: 3}))
    assert project(label_studio, pushed.project)["maximum_annotations"] == 2
    assert label_studio.task(task)["overlap"] == 3


def test_a_personal_access_token_serves_as_well(label_studio: LabelStudio) -> None:
    token = label_studio.personal_access_token()
    assert pushed_to(label_studio, texts(), HOOK, token).created
    assert pushed_to(label_studio, texts(), HOOK, token).changed == ()


def test_a_wrong_token_is_told(label_studio: LabelStudio) -> None:
    with pytest.raises(Refused, match=r"does not accept the token \(401\).*Account & Settings"):
        pushed_to(label_studio, texts(), PushOptions(), "0" * 40)


def test_a_project_that_is_not_there_is_told(label_studio: LabelStudio) -> None:
    with pytest.raises(Gone, match="does not know project 4711"):
        pushed_to(label_studio, texts(), PushOptions(project=4711))


def test_a_server_that_does_not_answer_is_told() -> None:
    nobody = Administration("http://127.0.0.1:9", "0" * 40)
    with nobody, pytest.raises(Unreachable, match="Is it running, and is the address right"):
        push(nobody, texts(), PushOptions())


def test_an_address_that_label_studio_does_not_take_is_explained(label_studio: LabelStudio) -> None:
    with pytest.raises(Refused, match="a host name needs a dot"):
        pushed_to(label_studio, texts(), replace(HOOK, hook_url="http://guidelint:8099/hooks/x"))


def test_the_guard_against_private_addresses_is_explained(start_label_studio: Callable[..., LabelStudio]) -> None:
    server = start_label_studio(SSRF_PROTECTION_ENABLED=True, USE_DEFAULT_BANNED_SUBNETS=True)
    with pytest.raises(Refused, match="USE_DEFAULT_BANNED_SUBNETS=false"):
        pushed_to(server, texts(), HOOK)
