"""The demonstration judges offline with the base packages alone, while the extras are still being installed."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import psutil
import pytest
from rich.console import Console

from guidelint.cli.demonstration.play import Demonstration
from guidelint.cli.demonstration.screen import Screen
from guidelint.geometry.kernels import kept
from guidelint.geometry.kernels.choice import installed
from guidelint.geometry.kernels.one_at_a_time import one_at_a_time
from guidelint.labelstudio.environment.environment import InstallationError

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.cli.demonstration.screen import Step

pytestmark = pytest.mark.many

EXTRAS = ("httpx", "label_studio_sdk", "sqlalchemy", "alembic", "starlette", "uvicorn", "numba", "psycopg")
PROBE = f"""
import sys
for name in {EXTRAS!r}:
    sys.modules[name] = None  # importing it now raises ImportError, as where it is not installed
import time
from pathlib import Path
from tempfile import mkdtemp
from rich.console import Console
from guidelint.cli.commands import demo
from guidelint.cli.demonstration import play
from guidelint.cli.demonstration.opening import offline_check
from guidelint.cli.demonstration.screen import Screen
screen = Screen(Console(width=160), time.time())
tasks = play.sample_tasks()
offline_check(play.chosen_plan(play.GUIDELINE), tasks, play.GUIDELINE, screen)
play.draw_pictures(tasks[:1], Path(mkdtemp()))
"""


def test_the_first_verdicts_need_none_of_the_extras() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert "First verdict after" in done.stdout


def test_the_first_verdict_is_shown_before_the_extras_are_there_and_nothing_goes_on_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = tmp_path / "the first verdict was shown"
    installer = f"""
import pathlib, sys, time
for _ in range(6000):
    if pathlib.Path({str(shown)!r}).exists():
        sys.exit("the extras cannot be had")
    time.sleep(0.05)
"""

    def say(screen: Screen, text: str) -> None:
        screen.console.print(text)
        if "First verdict" in text:
            shown.touch()

    def no_label_studio(_demonstration: Demonstration, _step: Step) -> None:
        pass

    monkeypatch.setattr(Demonstration, "_label_studio", no_label_studio)
    monkeypatch.setattr(Screen, "say", say)
    screen = Screen(Console(width=160), time.time())
    with ExitStack() as until, pytest.raises(InstallationError, match="the extras cannot be had"):
        Demonstration(screen, tmp_path, until, still_to_install=(sys.executable, "-c", installer)).play()
    said = capsys.readouterr().out
    assert "First verdict after" in said
    assert "guidelint push" not in said


@pytest.mark.skipif("fast" not in installed(), reason="install the extra fast to compile loops")
def test_kernels_are_compiled_while_label_studio_is_installed_and_no_longer_than_the_demonstration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def studio(_self: Demonstration, _step: object) -> None:
        while not compilers():  # the extras are there by then
            time.sleep(0.05)
        raise InstallationError("enough was seen")

    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(Demonstration, "_label_studio", studio)
    assert kept.why_not() == ""
    screen = Screen(Console(width=160), time.time())
    with one_at_a_time(kept.folder() / "lock"), pytest.raises(InstallationError, match="enough"), ExitStack() as until:
        Demonstration(screen, tmp_path, until).play()
    assert not compilers()


def compilers() -> list[psutil.Process]:
    """Processes that compile for this one."""
    return [child for child in psutil.Process().children() if "guidelint.geometry.kernels.beside" in child.cmdline()]
