"""The doctor names every fault, each seeded in a real Label Studio, and finds nothing in a setup that is whole."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from tests.journeys.browser import PATIENCE_S
from tests.journeys.server import LabelStudio, call
from typer.testing import CliRunner

from guidelint.checking.asked.chosen_plan import chosen_plan
from guidelint.cli.app import build_app
from guidelint.cli.demonstration.pushing import push_guideline
from guidelint.cli.demonstration.service_process import Service, free_port, serving
from guidelint.labelstudio.connection.address import SECRET_HEADER
from guidelint.labelstudio.doctor.compiled_config import compiled_config
from guidelint.labelstudio.doctor.examine import Setup, examine
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from guidelint.labelstudio.doctor.link import Link
    from guidelint.labelstudio.environment.server import ServerPool

pytestmark = pytest.mark.label_studio

GUIDELINE = "lung-nodule-ct"
SECRET = "a secret of sixteen or more characters"  # noqa: S105 - of a test on loopback


@dataclass
class Patient:
    """A whole setup: pushed project, running service, and what the doctor is told."""

    studio: LabelStudio
    project: int
    service: Service
    setup: Setup

    @property
    def hook(self) -> int:
        number: int = call(self.studio.api, "GET", f"/api/webhooks/?project={self.project}")[0]["id"]
        return number

    def change_hook(self, **fields: object) -> None:
        call(self.studio.api, "PATCH", f"/api/webhooks/{self.hook}/", fields)

    def broken(self) -> list[Link]:
        return [link for link in examine(self.setup) if link.state == "broken"]


def pushed(studio: LabelStudio, service: Service) -> Patient:
    """Push the guideline, which is the remedy of most faults too."""
    store = open_store(store_url(str(service.store)))
    project = push_guideline(GUIDELINE, chosen_plan(GUIDELINE), studio.server, service, store).project
    store.dispose()
    setup = Setup(url=studio.url, token=studio.token, compiled=compiled_config(None), secret=SECRET)
    return Patient(studio, project, service, setup)


@contextmanager
def healthy(studio: LabelStudio, folder: Path) -> Generator[Patient]:
    service = Service(free_port(), folder / "store.sqlite3", SECRET)
    migrate(store_url(str(service.store)))
    patient = pushed(studio, service)
    with serving(service, studio.url, studio.token, folder / "service.log"):
        yield patient


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the doctor call nothing slow or silent because this machine is busy."""
    monkeypatch.setattr("guidelint.labelstudio.doctor.hook_link.SLOW_S", PATIENCE_S)
    monkeypatch.setattr("guidelint.labelstudio.doctor.probe_link.LONGEST_S", PATIENCE_S)


@pytest.fixture(scope="module")
def house(label_studio_pool: ServerPool, tmp_path_factory: pytest.TempPathFactory) -> Generator[Patient]:
    """One Label Studio with a service, in which one fault after the other is seeded and mended."""
    folder = tmp_path_factory.mktemp("doctor")
    (folder / "label-studio").mkdir()
    settings = {"DISABLE_SIGNUP_WITHOUT_LINK": True}
    studio = LabelStudio(label_studio_pool.start(folder / "label-studio", settings=settings))
    with healthy(studio, folder) as found:
        yield found
    studio.close()
    label_studio_pool.stop(studio.server)


@pytest.fixture
def patient(house: Patient, patience: None) -> Generator[Patient]:  # noqa: ARG001 - while it is mended as well
    """A setup in which nothing is broken, and in which pushing again mends whatever is broken in Label Studio."""
    yield pushed(house.studio, house.service)
    assert pushed(house.studio, house.service).broken() == []


def test_nothing_is_wrong_with_a_whole_setup(patient: Patient) -> None:
    links = list(examine(patient.setup))
    assert [link for link in links if link.state != "fine"] == []
    assert any(re.fullmatch(r"Label Studio waits [0-9]+\.\d s for an answer", link.said) for link in links)
    assert len(call(patient.studio.api, "GET", f"/api/webhooks/?project={patient.project}")) == 1


def wiped(patient: Patient) -> None:
    patient.change_hook(is_active=True)  # without its actions, Label Studio empties the list


def half(patient: Patient) -> None:
    patient.change_hook(actions=["ANNOTATION_CREATED"])


def off(patient: Patient) -> None:
    hook = call(patient.studio.api, "GET", f"/api/webhooks/{patient.hook}/")
    patient.change_hook(is_active=False, actions=hook["actions"])


def other_secret(patient: Patient) -> None:
    hook = call(patient.studio.api, "GET", f"/api/webhooks/{patient.hook}/")
    patient.change_hook(headers={SECRET_HEADER: "something else entirely"}, actions=hook["actions"])


def twice(patient: Patient) -> None:
    hook = call(patient.studio.api, "GET", f"/api/webhooks/{patient.hook}/")
    call(
        patient.studio.api,
        "POST",
        "/api/webhooks/",
        {name: hook[name] for name in hook if name not in {"id", "organization"}},
    )


def removed(patient: Patient) -> None:
    call(patient.studio.api, "DELETE", f"/api/webhooks/{patient.hook}/")


def no_dot(patient: Patient) -> None:
    removed(patient)
    patient.setup = replace(patient.setup, service_url="http://guidelint:8099")


def edited(patient: Patient) -> None:
    config = call(patient.studio.api, "GET", f"/api/projects/{patient.project}/")["label_config"]
    changed = config.replace("<Style>", '<Header value="Hurry up"/>\n  <Style>', 1)
    assert changed != config
    call(patient.studio.api, "PATCH", f"/api/projects/{patient.project}/", {"label_config": changed})


def unmarked(patient: Patient) -> None:
    config = '<View><Image name="image" value="$image"/></View>'
    call(patient.studio.api, "PATCH", f"/api/projects/{patient.project}/", {"label_config": config})
    patient.setup = replace(patient.setup, project=patient.project)


def wrong_token(patient: Patient) -> None:
    patient.setup = replace(patient.setup, token="0" * 40)


def short_lived_token(patient: Patient) -> None:
    refresh = patient.studio.personal_access_token()
    access = call(patient.studio.api, "POST", "/api/token/refresh", {"refresh": refresh})["access"]
    patient.setup = replace(patient.setup, token=access)


def wrong_port(patient: Patient) -> None:
    patient.setup = replace(patient.setup, url=f"http://127.0.0.1:{free_port()}")


def not_label_studio(patient: Patient) -> None:
    patient.setup = replace(patient.setup, url=patient.service.url)


@pytest.mark.parametrize(
    ("seed", "name", "remedy"),
    [
        pytest.param(wiped, "webhook events", "sets the webhook right", id="the list of events was wiped"),
        pytest.param(half, "webhook events", "sets the webhook right", id="some events are missing"),
        pytest.param(off, "webhook", "sets the webhook right", id="the webhook is switched off"),
        pytest.param(twice, "webhook", "sets the webhook right", id="the webhook is registered twice"),
        pytest.param(removed, "webhook", "--service", id="the webhook is gone"),
        pytest.param(no_dot, "webhook", "guidelint.internal", id="the service's host has no dot"),
        pytest.param(other_secret, "secret", "secret that was pushed", id="the secrets differ"),
        pytest.param(edited, "config", "Push the guideline again", id="the config was edited"),
        pytest.param(unmarked, "config", "Push a guideline", id="the config is nobody's"),
        pytest.param(wrong_token, "token", "Account & Settings", id="the token is wrong"),
        pytest.param(short_lived_token, "token", "Account & Settings", id="the token lives for minutes"),
        pytest.param(wrong_port, "address", "running", id="nothing answers"),
        pytest.param(not_label_studio, "address", "Label Studio itself", id="something else answers"),
    ],
)
def test_a_fault_is_found_and_its_remedy_named(
    patient: Patient, seed: Callable[[Patient], None], name: str, remedy: str
) -> None:
    seed(patient)
    broken = patient.broken()
    assert any(link.name.endswith(name) and remedy in link.remedy for link in broken), broken


def test_a_guard_against_private_addresses_is_found(label_studio_pool: ServerPool, tmp_path: Path) -> None:
    """A webhook saved before the guard came is dropped at every delivery; only Label Studio's log says so."""
    folder = tmp_path / "label-studio"
    before = LabelStudio(label_studio_pool.start(folder))
    with healthy(before, tmp_path) as patient:
        label_studio_pool.stop(before.server)
        port = int(before.url.rsplit(":", 1)[1])
        guarded = label_studio_pool.start(folder, port=port, settings={"SSRF_PROTECTION_ENABLED": True})
        broken = patient.broken()
        label_studio_pool.stop(guarded)
    before.close()
    (link,) = [link for link in broken if "address" in link.name]
    assert "USER_ADDITIONAL_BANNED_SUBNETS" in link.remedy


def test_a_short_patience_and_an_open_sign_up_are_found(
    start_label_studio: Callable[..., LabelStudio], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guidelint.labelstudio.doctor.probe_link.NEEDED_S", PATIENCE_S)
    with healthy(start_label_studio(WEBHOOK_TIMEOUT=0.3), tmp_path) as patient:
        broken = {link.name: link for link in patient.broken()}
    assert broken.keys() == {"sign-up", f"project {patient.project}, time-out"}
    assert re.search(r"waits \d\.\d s", broken[f"project {patient.project}, time-out"].said)
    assert "DISABLE_SIGNUP_WITHOUT_LINK" in broken["sign-up"].remedy


def test_a_service_that_is_down_or_knows_another_label_studio_and_tokens_that_are_switched_off_are_found(
    start_label_studio: Callable[..., LabelStudio], tmp_path: Path
) -> None:
    with healthy(start_label_studio(DISABLE_SIGNUP_WITHOUT_LINK=True), tmp_path) as patient:
        pass
    (down,) = patient.broken()
    assert "guidelint serve" in down.remedy
    with serving(patient.service, "http://127.0.0.1:9", patient.studio.token, tmp_path / "other.log"):
        (stranger,) = patient.broken()
    assert "does not know this Label Studio" in stranger.said
    call(patient.studio.api, "POST", "/api/jwt/settings", {"legacy_api_tokens_enabled": False})
    assert any(link.name.endswith("token") and "personal access token" in link.remedy for link in patient.broken())


def test_the_command_tells_what_is_broken_and_exits_with_1(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDELINT_TOKEN", patient.studio.token)
    monkeypatch.setenv("GUIDELINT_STORE", str(patient.service.store))
    run = CliRunner().invoke(build_app(["doctor"]), ["doctor", patient.studio.url])
    assert run.exit_code == 0, run.output
    assert "Nothing is broken." in run.output
    wiped(patient)
    run = CliRunner().invoke(build_app(["doctor"]), ["doctor", patient.studio.url])
    assert run.exit_code == 1
    assert "1 broken." in run.output
