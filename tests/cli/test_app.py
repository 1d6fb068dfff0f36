from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from tests.cli.delivery_file import run

from guidelint.cli import demonstration
from guidelint.cli.app import build_app
from guidelint.cli.command_table import COMMANDS
from guidelint.language.library import source
from guidelint.rules.catalogue import catalogue, rule_modules

SAMPLE = Path(demonstration.__path__[0]) / "sample.json.gz"
HEAVY = frozenset(
    "scipy skimage pydicom label_studio_sdk shapely sqlalchemy httpx numpy pydantic rich".split()  # noqa: SIM905
)


def loaded_by(*arguments: str) -> set[str]:
    """Top-level packages that a run of the command line imports."""
    program = "import sys\nfrom guidelint.cli.__main__ import main\ntry: main()\nexcept SystemExit: pass\n"
    program += "sys.stderr.write(' '.join({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)  # noqa: S603
    return set(done.stderr.split())


def test_help_lists_every_command_with_its_line() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert [
        name for name, known in COMMANDS.items() if name not in result.output or known.line[:20] not in result.output
    ] == []
    assert "Exit status: 0 accepted" in result.output


@pytest.mark.parametrize("arguments", [(), *((name,) for name in COMMANDS if name not in {"check", "doctor", "demo"})])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert not loaded_by(*arguments, "--help") & HEAVY


@pytest.mark.parametrize("arguments", [("explain", "closed-outline"), ("compile", "--check", "lung-nodule-ct")])
def test_authoring_loads_no_server_and_no_image_library(arguments: tuple[str, ...]) -> None:
    assert not loaded_by(*arguments) & {"skimage", "pydicom", "label_studio_sdk", "sqlalchemy", "httpx", "scipy"}


def test_an_ordinary_check_loads_nothing_for_what_it_was_not_asked() -> None:
    program = (
        "import atexit, gc, linecache, sys\n"
        "atexit.register(lambda: sys.stderr.write(f' frozen:{gc.get_freeze_count() > 50_000}'))\n"
        "from guidelint.cli.__main__ import main\ntry: main()\nexcept SystemExit: pass\n"
        "sys.stderr.write(' '.join([*sys.modules, *linecache.cache]))"
    )
    asked = ("check", "lung-nodule-ct", str(SAMPLE))
    done = subprocess.run([sys.executable, "-c", program, *asked], capture_output=True, text=True, check=True)  # noqa: S603
    rooms = ("guidelint.checking.baseline.collection", "guidelint.checking.expected", "sqlite3", "guidelint.service")
    loaded = done.stderr.split()
    assert loaded[-1] == "frozen:True"  # or all that was loaded is looked through for garbage before it ends
    assert "guidelint.checking.delivery" in loaded
    assert [name for name in loaded if name.startswith(rooms) or name.endswith(".py")] == []
    text, rules = source("lung-nodule-ct")[0], catalogue()
    asked_for = {name for name, rule in rules.items() if name in text or rule.always or rule.follows}
    assert set(loaded) & set(rule_modules()) == {rules[name].__module__ for name in asked_for}
    assert len(asked_for) < len(rules)


def test_only_the_called_command_is_loaded() -> None:
    names = {command.name: command.callback for command in build_app(["explain"]).registered_commands}
    loaded = [name for name, callback in names.items() if callback and callback.__module__ != "guidelint.cli.app"]
    assert loaded == ["explain"]


def test_version() -> None:
    assert run("--version").output == f"guidelint {version('guidelint')}\n"


def test_a_mistyped_command_is_a_usage_problem_that_names_the_right_one() -> None:
    result = run("chek")
    assert result.exit_code == 2
    assert "Did you mean 'check'" in result.output


def test_no_command_shows_the_help() -> None:
    assert "Usage: guidelint" in run().output


def test_a_fault_of_ours_is_told_without_a_trace() -> None:
    program = (
        "import sys\nfrom guidelint.cli import __main__ as entry\n"
        "def broken(arguments): raise ZeroDivisionError('a fault')\n"
        "entry.build_app = broken\nentry.main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 3
    assert done.stderr == (
        "This is a fault of guidelint, not of your files: ZeroDivisionError: a fault\n"
        "Please report it. GUIDELINT_TRACE=1 shows where it happened.\n"
    )
