"""Secrets and tokens come from the environment or from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from guidelint.cli.app import build_app
from guidelint.service.settings import Settings, SettingsError, secret_from, secrets_from, tokens_from
from guidelint.service.sweep_once import SweepReport

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


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "empty"
    file.touch()
    with pytest.raises(SettingsError, match=rf"{file} is empty: write a webhook secret into it"):
        secrets_from(file, {})
    with pytest.raises(SettingsError, match=rf"no token for http://one: add a line to {file}: http://one TOKEN"):
        tokens_from(("http://one",), file, {})
    with pytest.raises(SettingsError, match=f"or lines ADDRESS TOKEN in {file}"):
        tokens_from((), file, {})


def test_whoever_mistypes_an_address_is_told_those_that_have_a_token(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text("http://one:8080 t1\n")
    with pytest.raises(SettingsError, match="or give an address that stands there: http://one:8080") as said:
        tokens_from(("http://one:8080/projects/2",), file, {})
    assert "t1" not in str(said.value)


@pytest.mark.parametrize(
    "text", ["http://one t1\nhttp://two", "http://one  t1 t2", "t1\nt2", "# mine\nhttp://one t1 x"]
)
def test_a_line_of_a_token_file_that_is_no_pair_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "tokens"
    file.write_text(text)
    with pytest.raises(SettingsError, match=r"tokens, line \d: an address, a space and a token") as said:
        tokens_from(("http://one",), file, {})
    assert not any(token in str(said.value) for token in ("t1", "t2"))


def test_one_token_serves_one_server_and_a_file_serves_several(tmp_path: Path) -> None:
    assert tokens_from(("http://LOCALHOST:80/",), None, {"GUIDELINT_TOKEN": "t"}) == {"http://localhost": "t"}
    file = tmp_path / "tokens"
    file.write_text("# ours\nhttp://one:8080 t1\nhttps://two.example.org/ t2\n")
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
    monkeypatch.setattr("guidelint.service.sweep_once.sweep_once", take)
    asked = [command, "--token-file", "tokens", "--store", "a.db"]
    assert CliRunner().invoke(build_app(asked), asked).exit_code == 0
    (settings,) = given
    assert (settings.servers, settings.token_file) == ({"http://one:8080": "t1"}, str(tmp_path / "tokens"))


def test_a_mark_that_editors_put_before_a_text_belongs_to_no_secret(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"\xef\xbb\xbfcorrect-horse-battery\r\n")
    assert secret_from(file, {}) == "correct-horse-battery"
    assert tokens_from(("http://one",), file, {}) == {"http://one": "correct-horse-battery"}


@pytest.mark.parametrize(
    "content",
    [
        b"# for the hospital\ncorrect-horse-battery",
        "correct-horse-battery-€".encode(),
        b"correct-horse\0battery",
        "correct-horse-battery".encode("utf-16"),
        b"correct-horse-battery" * 10_000,
    ],
    ids=["a comment", "no ASCII", "a control character", "UTF-16", "too long"],
)
def test_a_secret_that_could_not_be_sent_is_refused_and_not_quoted(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "secret"
    file.write_bytes(content)
    with pytest.raises(SettingsError) as told:
        secret_from(file, {})
    assert "horse" not in str(told.value)


@pytest.mark.parametrize(
    "content", ["deadbeef 0badcafe", "http://one t1\ndeadbeef t2", "deadbeef\n# mine", "dead beef cafe", "dëadbeef"]
)
def test_a_token_that_is_none_is_refused_and_not_quoted(tmp_path: Path, content: str) -> None:
    file = tmp_path / "token"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        tokens_from(("http://one",), file, {})
    assert not any(word in str(told.value) for word in ("beef", "cafe"))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0, 1e300])
@pytest.mark.parametrize("name", ["sweep_every_s", "open_after_s", "oldest_pending_s", "keep_inbox_days"])
def test_a_time_that_cannot_be_reckoned_with_is_refused(name: str, value: float) -> None:
    with pytest.raises(SettingsError, match=r"--[a-z-]+ is .*: a number from 0 to"):
        replace(Settings(store="", servers={}), **{name: value})
