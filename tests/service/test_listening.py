"""Where the service cannot listen, it says so before it begins anything, with what to do."""

from __future__ import annotations

import contextlib
import socket
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from guidelint.cli.app import build_app
from guidelint.service.receiver.wire.listening import bound
from guidelint.service.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_every_address_of_a_host_is_bound() -> None:
    with contextlib.ExitStack() as stack:
        found = [stack.enter_context(item).getsockname()[0] for item in bound("127.0.0.1", 0)]
    assert found == ["127.0.0.1"]


def test_a_port_that_is_taken_is_told_with_a_remedy(taken: int) -> None:
    with pytest.raises(SettingsError, match=rf"127\.0\.0\.1:{taken}: somebody listens there already.*--port"):
        bound("127.0.0.1", taken)


def test_an_address_of_another_machine_is_told_with_a_remedy() -> None:
    with pytest.raises(SettingsError, match=r"192\.0\.2\.1:8099: .*with --host"):
        bound("192.0.2.1", 8099)


def test_serve_refuses_in_words_and_makes_no_store(taken: int, tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    environment = {"GUIDELINT_SECRET": "long-enough-0123456", "GUIDELINT_TOKEN": "t"}
    arguments = ["serve", "http://one", "--port", str(taken), "--store", str(store)]
    result = CliRunner().invoke(build_app(arguments), arguments, env=environment)
    assert result.exit_code == 2
    assert f"guidelint: the service cannot listen on 127.0.0.1:{taken}: somebody listens" in result.stderr
    assert not store.exists()
