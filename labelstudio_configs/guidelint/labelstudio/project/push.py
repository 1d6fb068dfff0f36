"""Push: bring a project of Label Studio in step with a guideline. Doing it again changes nothing."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from guidelint.labelstudio.config.marker import Marker, read_marker
from guidelint.labelstudio.connection.errors import Gone, LabelStudioError, Refused
from guidelint.labelstudio.project.hook import set_hook
from guidelint.labelstudio.project.push_tabs import set_tabs
from guidelint.labelstudio.project.tabs import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from guidelint.labelstudio.connection.administration import Administration, ProjectState


class PushRefused(LabelStudioError):  # noqa: N818 - what happened, in a word
    """The push would spoil work that was done; nothing was changed. The message says what to do."""


def _nothing(project: int) -> None:  # noqa: ARG001 - who asks for more is told the project
    return


@dataclass(frozen=True, slots=True, kw_only=True)
class PushOptions:
    """What a push may and shall do beside the guideline's own."""

    project: int | None = None
    """Project to bring in step; None: the one that follows this guideline already, or a new one."""
    title: str | None = None
    """Title of the project; None: the guideline's for a new project, and unchanged for an old one."""
    hook_url: str | None = None
    """Address at which the service takes webhooks; None: the webhook is left as it is."""
    secret: str = ""
    """Secret that the webhook carries."""
    drop_labels_in_use: bool = False
    """Whether labels that annotations use may be taken out of the config."""
    replace_guideline: bool = False
    """Whether a project that follows another guideline may be taken over."""
    maximum_annotations: int | None = None
    """Readers per task; None: unchanged."""
    told: Told = field(default_factory=Told)
    """What the tabs must know of the guideline."""
    open_escalations: Mapping[int, int] = field(default_factory=dict[int, int])
    """Task → readers it needs, put back when ``maximum_annotations`` changes (which resets them)."""
    before_config: Callable[[int], None] = _nothing
    """Called with the project right before its labeling config changes (or after a new, still empty project was made
    with it), to record from when it is in force."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did."""

    server: str
    project: int
    marker: Marker
    created: bool
    changed: tuple[str, ...]
    """What had to change, in words; empty: the project was in step already."""
    not_users: tuple[str, ...] = ()
    """Persons whom the guideline asks by addresses that no user of this Label Studio has."""

    @property
    def url(self) -> str:
        """Where the project is found in a browser."""
        return f"{self.server}/projects/{self.project}/data"


def push(administration: Administration, texts: Mapping[str, str], options: PushOptions) -> Pushed:
    """Bring a project in step with compiled outputs (``outputs.outputs``).

    Raises PushRefused before anything changes when work that was done would be spoiled, and Gone, Unreachable or
    Refused when Label Studio does not do its part; pushing again then takes up where this one ended.
    """
    config = texts["label_config.xml"]
    made_from = read_marker(config)
    if made_from is None:
        raise PushRefused("the labeling config carries no marker: compile the guideline again")
    wanted = _settings(texts, options)
    project = options.project if options.project is not None else find_project(administration, made_from.name)
    created = project is None
    if project is None:
        project = administration.create_project(str(wanted["title"]), config)
        options.before_config(project)
    state = administration.project(project)
    _check_takeover(state, made_from, options)
    changed = _apply(administration, state, _changes(administration, state, wanted, config, options), options)
    changed += [f"tab {title}" for title in set_tabs(administration, project, options.told)]
    if options.hook_url is not None and set_hook(administration, project, options.hook_url, options.secret):
        changed.append("webhook")
    not_users = _not_users(administration, options.told.persons)
    return Pushed(administration.url, project, made_from, created, tuple(changed), not_users)


def _not_users(administration: Administration, persons: tuple[str, ...]) -> tuple[str, ...]:
    """Find those who are no users; nobody is looked for where nobody is asked by name."""
    known = administration.addresses() if persons else frozenset[str]()
    return tuple(person for person in persons if person.casefold() not in known)


def find_project(administration: Administration, guideline: str) -> int | None:
    """Find the project whose config was compiled from a guideline; None: there is none.

    Raises PushRefused when there are several.
    """
    following = following_projects(administration, guideline)
    if len(following) > 1:
        listed = ", ".join(f"{found.id} ({found.title})" for found in following)
        raise PushRefused(
            f"several projects follow {guideline}: {listed}. Say which one with --project, or push to all of them with"
            " --every."
        )
    return following[0].id if following else None


def following_projects(administration: Administration, guideline: str) -> list[ProjectState]:
    """Find all projects whose config was compiled from a guideline, for work under it."""
    return [
        found
        for found in administration.projects()
        if (mark := read_marker(found.label_config)) and mark.name == guideline and not mark.is_exam
    ]


def _settings(texts: Mapping[str, str], options: PushOptions) -> dict[str, object]:
    settings: dict[str, object] = json.loads(texts["project.json"])
    settings["expert_instruction"] = texts["instructions.html"]
    if options.title is not None:
        settings["title"] = options.title
    return settings


def _check_takeover(state: ProjectState, made_from: Marker, options: PushOptions) -> None:
    before = read_marker(state.label_config)
    if before is not None and before.is_exam:
        raise PushRefused(
            f"project {state.id} ({state.title}) is an exam in {before.name} {before.version}, with what was handed in"
            " in it. Leave --project out, or name another one."
        )
    if before is not None and before.name != made_from.name and not options.replace_guideline:
        raise PushRefused(
            f"project {state.id} ({state.title}) follows {before.name} {before.version}. To let it follow"
            f" {made_from.name} from now on, push with --replace-guideline."
        )


def _changes(
    administration: Administration,
    state: ProjectState,
    wanted: Mapping[str, object],
    config: str,
    options: PushOptions,
) -> dict[str, object]:
    """Fields that differ from what the project holds. A title chosen by people stays."""
    changes = {
        name: value
        for name, value in wanted.items()
        if not is_same(state.settings.get(name), value) and not (name == "title" and options.title is None)
    }
    if not is_same(state.label_config, config):
        _check_config(administration, state, config, options)
        changes["label_config"] = config
    if options.maximum_annotations not in {None, state.maximum_annotations}:
        changes["maximum_annotations"] = options.maximum_annotations
    return changes


def is_same(held: object, wanted: object) -> bool:
    """Whether a field of a project holds what is wanted, whatever space Label Studio took away around it."""
    if isinstance(held, str) and isinstance(wanted, str):
        return held.strip() == wanted.strip()
    return held == wanted


def _check_config(administration: Administration, state: ProjectState, config: str, options: PushOptions) -> None:
    try:
        administration.validate_config(state.id, config)
    except Refused as error:
        if "still exist" not in str(error):
            raise PushRefused(f"{error}. Push to a new project, and keep this one for the work in it.") from error
        if not options.drop_labels_in_use:
            raise PushRefused(
                f"{error}. Keep the class or option in the guideline, or push with --drop-labels-in-use: annotations"
                " that use it are then returned."
            ) from error
    summary = administration.summary(state.id)
    key = image_key(config)
    if summary.all_data_columns and key not in summary.all_data_columns:
        raise PushRefused(
            f"the tasks of project {state.id} hold no {key!r}, under which the guideline expects the image; they hold"
            f" {', '.join(sorted(summary.all_data_columns))}. Name the right one in the guideline under images, keys."
        )


def image_key(config: str) -> str:
    """Key of the task data under which a compiled config finds the image."""
    image = ET.fromstring(config).find(".//Image")  # noqa: S314 - compiled by ourselves
    found = re.fullmatch(r"\$(\w+)", image.get("value", "") if image is not None else "")
    if found is None:
        raise PushRefused("the labeling config shows no image: compile the guideline again")
    return found[1]


def _apply(
    administration: Administration, state: ProjectState, changes: Mapping[str, object], options: PushOptions
) -> list[str]:
    if not changes:
        return []
    if "label_config" in changes:
        options.before_config(state.id)
    administration.update_project(state.id, changes)
    if "maximum_annotations" in changes:
        for task, readers in options.open_escalations.items():
            with suppress(Gone):  # deleted since: nobody is asked to read it any more
                administration.open_to_readers(task, readers)
    return sorted(changes)
