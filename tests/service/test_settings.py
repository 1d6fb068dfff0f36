"""Secrets and tokens come from the environment or from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from guidelint.cli.app import build_app
from guidelint.service.serve import SweepReport
from guidelint.service.settings import Settings, SettingsError, secret_from, secrets_from, tokens_from

if TYPE_CHECKING:
    from pathlib import Path


def test_the_secret_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from-the-file-0123\n")
    assert secret_from(None, {"GUIDELINT_SECRET": "from-the-environment"}) == "from-the-environment"
    assert secret_from(file, {"GUIDELINT_SECRET": "from-the-environment"}) == "from-the-file-0123"


def test_of_several_secrets_the_first_is_pushed_and_all_are_accepted(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("the-new-one-012345\n\n  the-old-one-012345\n")
    assert secrets_from(file, {}) == ("the-new-one-012345", "the-old-one-012345")
    assert secret_from(file, {}) == "the-new-one-012345"


@pytest.mark.parametrize(
    ("value", "says"),
    [("", "no webhook secret"), ("short", "shorter than 16"), ("one-that-is-long-enough\nshort", "shorter than 16")],
)
def test_no_secret_or_a_guessable_one_is_refused(value: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        secret_from(None, {"GUIDELINT_SECRET": value})


def test_one_token_serves_one_server_and_a_file_serves_several(tmp_path: Path) -> None:
    assert tokens_from(("http://LOCALHOST:80/",), None, {"GUIDELINT_TOKEN": "t"}) == {"http://localhost": "t"}
    file = tmp_path / "tokens"
    file.write_text("http://one:8080 t1\nhttps://two.example.org/ t2\n")
    assert tokens_from((), file, {}) == {"http://one:8080": "t1", "https://two.example.org": "t2"}
    assert tokens_from(("https://two.example.org",), file, {}) == {"https://two.example.org": "t2"}


@pytest.mark.parametrize(
    ("addresses", "environment", "says"),
    [
        (("http://one",), {}, "no token for http://one"),
        ((), {"GUIDELINT_TOKEN": "t"}, "no Label Studio is named"),
        (("ftp://one",), {"GUIDELINT_TOKEN": "t"}, "not an address"),
        (("http://me:pass@one",), {"GUIDELINT_TOKEN": "t"}, "must not carry"),
    ],
)
def test_what_is_missing_is_said(addresses: tuple[str, ...], environment: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        tokens_from(addresses, None, environment)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        secret_from(tmp_path / "missing", {})


@pytest.mark.parametrize("command", ["serve", "sweep"])
def test_the_service_is_told_where_its_tokens_came_from(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    """So that it reads them again; the place is not resolved, for a link may lead to another file later."""
    (tmp_path / "tokens-1").write_text("http://one:8080 t1\n")
    (tmp_path / "tokens").symlink_to("tokens-1")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GUIDELINT_SECRET", "correct-horse-battery")
    given: list[Settings] = []

    def take(settings: Settings, **_rest: object) -> SweepReport:
        given.append(settings)
        return SweepReport((), 0, 0)

    monkeypatch.setattr("guidelint.service.serve.serve", take)
    monkeypatch.setattr("guidelint.service.serve.sweep_once", take)
    asked = [command, "--token-file", "tokens", "--store", "a.db"]
    assert CliRunner().invoke(build_app(asked), asked).exit_code == 0
    (settings,) = given
    assert (settings.servers, settings.token_file) == ({"http://one:8080": "t1"}, str(tmp_path / "tokens"))
