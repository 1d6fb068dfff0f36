"""Standard streams that are closed, or take nothing more, are no fault of guidelint and never acceptance."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import GUIDELINE, region, run, task

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.many,
    pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full"),  # noqa: PTH110
    pytest.mark.timeout(120),
]
NO_ROOM = "guidelint: standard output cannot be written: no space left on device. Make room, or name a file"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export that is accepted."""
    path = tmp_path / "export.json"
    path.write_text(json.dumps([task(1, region())]))
    return path


def shell(line: str, export: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell in which ``guidelint`` is ours."""
    script = f'guidelint() {{ "{sys.executable}" -m guidelint.cli "$@"; }}; {line}'
    names = os.environ | {"GUIDELINE": GUIDELINE, "EXPORT": str(export)}
    command = ["/bin/sh", "-c", script]
    return subprocess.run(command, env=names, capture_output=True, text=True, check=False)  # noqa: S603 - our own line


@pytest.mark.parametrize("arguments", ['check "$GUIDELINE" "$EXPORT"', "--help", "explain closed-outline"])
def test_an_output_without_room_is_said_and_is_a_usage_problem(arguments: str, export: Path) -> None:
    done = shell(f"guidelint {arguments} >/dev/full", export)
    assert done.returncode == 2
    assert done.stderr.startswith(NO_ROOM)
    assert "fault" not in done.stderr


@pytest.mark.parametrize("where", ["2>/dev/full", "2>&-", ">&-", "0>&-"])
def test_what_is_found_is_not_changed_by_a_stream_that_takes_nothing(where: str, export: Path) -> None:
    assert shell(f'guidelint check "$GUIDELINE" "$EXPORT" -f json {where}', export).returncode == 0
    assert shell(f'guidelint check "$GUIDELINE" nowhere.json {where}', export).returncode == 2


def test_standard_input_that_is_closed_is_empty(export: Path) -> None:
    done = shell('guidelint check "$GUIDELINE" - -f concise <&-', export)
    assert (done.returncode, "standard input: unreadable: it is empty" in done.stdout) == (2, True)


def test_an_accepted_run_whose_reader_has_gone_is_no_acceptance(export: Path) -> None:
    done = shell('{ guidelint check "$GUIDELINE" "$EXPORT" -f json; echo "$?" >&2; } | :', export)
    assert done.stderr.splitlines()[-1] in {"0", "1"}
    assert "fault" not in done.stderr


def test_a_dash_as_output_is_the_screen(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(export.parent)
    plain = run("check", GUIDELINE, str(export), "-f", "csv")
    dashed = run("check", GUIDELINE, str(export), "-f", "csv", "-o", "-")
    assert (dashed.stdout, dashed.stderr, dashed.exit_code) == (plain.stdout, plain.stderr, 0)
    assert [path.name for path in export.parent.iterdir()] == ["export.json"]
