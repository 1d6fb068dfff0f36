"""Compiled loops are made beside the work, kept for every environment of this user, and never waited for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

import guidelint.geometry
from guidelint.geometry.kernels import kept
from guidelint.geometry.kernels.choice import installed, load
from guidelint.geometry.kernels.one_at_a_time import one_at_a_time

if TYPE_CHECKING:
    from collections.abc import Generator

pytestmark = [
    pytest.mark.skipif("fast" not in installed(), reason="install the extra fast to compile loops"),
    pytest.mark.timeout(900),  # what is waited for comes, however busy the machine
]
SOURCES = Path(guidelint.geometry.__path__[0])

MEASURES = """
import sys, time
import numpy as np
from guidelint.geometry.kernels import choice
from guidelint.geometry.raster import polygon_mask

def measure():
    return polygon_mask(np.array([[1.5, 1.5], [6.0, 2.0], [3.0, 7.0]]), (9, 9)).area_px

until = choice.KernelSet.__args__[int(sys.argv[1])]
print(measure(), flush=True)
while choice.standing().kernels != until:
    time.sleep(0.05)
    assert measure() == 12
process = choice.change_over.__dict__["_compiler"]
here = choice.standing()
print(here.kernels, here.compiling, process and process.__dict__["_process"].pid, choice.__file__, flush=True)
exec(sys.argv[2])
"""
"""Measures until the kernels named by their place run, and tells how it stands then."""


@pytest.fixture(scope="module")
def kernels() -> None:
    """Choose for themselves: these tests start processes of their own."""


@pytest.fixture(scope="module")
def compiled() -> Path:
    """The folder of this version, filled: compiled once on this machine."""
    load()
    assert kept.complete()
    return kept.folder()


@dataclass(frozen=True)
class Said:
    """What a process told of itself."""

    kernels: str
    compiling: bool
    compiler: int | None
    source: Path


def begin(until: str, last_words: str = "", **environment: str) -> subprocess.Popen[str]:
    """Start a process that asks for compiled loops and measures until it has those named."""
    command = [sys.executable, "-c", MEASURES, str(("base", "fast").index(until)), last_words]
    variables = {**os.environ, "GUIDELINT_KERNELS": "fast", **environment}
    return subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command


def heard(process: subprocess.Popen[str]) -> Said:
    """Read what it tells; the measure comes first, and right."""
    assert process.stdout is not None
    assert process.stdout.readline() == "12\n"
    name, compiling, compiler, source = process.stdout.readline().split()
    return Said(name, compiling == "True", None if compiler == "None" else int(compiler), Path(source))


def said(until: str, last_words: str = "", **environment: str) -> Said:
    """Let such a process come to its end."""
    with begin(until, last_words, **environment) as process:
        return heard(process)


def gone(number: int) -> None:
    """Wait for a process to end."""
    while psutil.pid_exists(number) and psutil.Process(number).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.05)


@pytest.fixture
def never_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    """An empty folder in which no compilation comes to its end: another process holds the lock for good."""
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "cache"))
    assert kept.why_not() == ""
    with one_at_a_time(kept.folder() / "lock"):
        yield str(tmp_path / "cache")


@pytest.mark.parametrize("ends", ["", "import os; os._exit(3)", "import os; os.kill(os.getpid(), 9)", "1 / 0"])
def test_a_compilation_without_end_keeps_nobody_waiting_and_ends_with_its_parent(
    never_compiled: str, ends: str
) -> None:
    told = said("base", ends, NUMBA_CACHE_DIR=never_compiled)
    assert (told.kernels, told.compiling) == ("base", True)
    assert told.compiler is not None
    gone(told.compiler)
    assert not kept.complete()


def test_a_second_environment_with_another_path_compiles_nothing(compiled: Path, tmp_path: Path) -> None:
    elsewhere = copy_of_the_kernels(tmp_path)
    told = said("fast", PYTHONPATH=str(elsewhere), NUMBA_CACHE_DIR=str(compiled.parent))
    assert (told.kernels, told.compiling, told.compiler) == ("fast", False, None)
    assert told.source.is_relative_to(elsewhere)


def test_other_sources_are_another_version(compiled: Path, tmp_path: Path) -> None:
    elsewhere = copy_of_the_kernels(tmp_path)
    with (elsewhere / "guidelint/geometry/kernels/runs.py").open("a") as source:
        source.write("\n# changed\n")
    told = subprocess.run(
        [sys.executable, "-c", "from guidelint.geometry.kernels import kept; print(kept.folder(), kept.complete())"],
        env={**os.environ, "PYTHONPATH": str(elsewhere), "NUMBA_CACHE_DIR": str(compiled.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    folder, complete = told.stdout.split()
    assert Path(folder).parent == compiled.parent
    assert Path(folder) != compiled
    assert complete == "False"


def copy_of_the_kernels(folder: Path) -> Path:
    """Copy the geometry to another path, as a second environment has it."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(SOURCES, folder / "elsewhere/guidelint/geometry", copy_function=shutil.copyfile, ignore=ignore)
    return folder / "elsewhere"


def test_damaged_code_is_made_anew_beside_the_work(compiled: Path, tmp_path: Path) -> None:
    shutil.copytree(compiled, tmp_path / compiled.name)
    (damaged,) = (tmp_path / compiled.name).glob("runs.shared_px*.nbc")
    damaged.write_bytes(b"\0" * 20)
    told = said("fast", NUMBA_CACHE_DIR=str(tmp_path))
    assert (told.kernels, told.compiling) == ("fast", False)
    assert told.compiler is not None
    assert said("fast", NUMBA_CACHE_DIR=str(tmp_path)).compiler is None


def test_where_nothing_can_be_kept_the_base_kernels_go_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = said("base", NUMBA_CACHE_DIR=str(tmp_path / "file"))
    assert (told.kernels, told.compiling, told.compiler) == ("base", False, None)


def test_the_folder_lies_in_the_users_cache_or_where_numba_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv(kept.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert kept.folder().parent == Path("/somewhere/guidelint")
    monkeypatch.setenv(kept.VARIABLE, "/elsewhere")
    assert kept.folder().parent == Path("/elsewhere")


def test_of_old_versions_those_used_last_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path))
    old = [tmp_path / f"{kept.PREFIX}{number:016x}" for number in range(12)]
    others = [tmp_path / "label-studio-1.23.2", tmp_path / "kernels-of-somebody-else"]
    for age, folder in enumerate([*old, *others]):
        folder.mkdir()
        (folder / "code.nbc").touch()
        os.utime(folder, (1000 - age, 1000 - age))
    assert kept.why_not() == ""
    kept.mark_complete()
    assert kept.complete()
    assert set(tmp_path.iterdir()) == {kept.folder(), *old[: kept.VERSIONS - 1], *others}


@pytest.mark.skipif(sys.platform == "win32", reason="only this user can enter the caches of Windows")
@pytest.mark.parametrize("writable", ["folder", "above"])
def test_code_from_a_folder_that_others_may_write_into_never_runs(
    compiled: Path, tmp_path: Path, writable: str
) -> None:
    planted = tmp_path / "shared" / compiled.name
    shutil.copytree(compiled, planted)
    (planted if writable == "folder" else planted.parent).chmod(0o777)
    told = said("base", NUMBA_CACHE_DIR=str(planted.parent))
    assert (told.kernels, told.compiling, told.compiler) == ("base", False, None)
