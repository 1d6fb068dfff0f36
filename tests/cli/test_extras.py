from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from tests.cli.site_of import run_in, site_of

from guidelint.checking.installed import missing_from
from guidelint.cli.command_table import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.many
HAS = {  # what pip brings with each extra
    "": set[str](),
    "fast": {"fast"},
    "labelstudio": {"labelstudio"},
    "service": {"labelstudio", "service"},
    "postgresql": {"labelstudio", "service", "postgresql"},
}
ADDRESS = "http://127.0.0.1:9"
ARGUMENTS = {
    "push": ("lung-nodule-ct", ADDRESS),
    "serve": (ADDRESS,),
    "sweep": (ADDRESS,),
    "doctor": (ADDRESS,),
    "demo": (),
}
NEEDS = {command: COMMANDS[command].extra or "service" for command in ARGUMENTS}
RUNS = [
    (extra, command)
    for extra, has in HAS.items()
    for command, needed in NEEDS.items()
    if command != "demo" or needed not in has  # it would install Label Studio
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the installation with one extra, or none."""

    @cache
    def made(extra: str) -> Path:
        return site_of(tmp_path_factory.mktemp("site"), *([extra] if extra else []))

    return made


@pytest.mark.parametrize(("extra", "command"), RUNS)
def test_a_command_whose_extra_is_not_there_names_it_before_anything_else(
    extra: str, command: str, site: Callable[[str], Path]
) -> None:
    needed = NEEDS[command]
    done = run_in(site(extra), command, *ARGUMENTS[command])
    assert (done.returncode, done.stdout) == (2, "")
    if needed in HAS[extra]:
        assert "GUIDELINT_TOKEN" in done.stderr or "GUIDELINT_SECRET" in done.stderr, "it goes on to ask for these"
    else:
        assert f"`guidelint {command}` needs the extra `{needed}`" in done.stderr
        assert f"pip install 'guidelint[{needed}]'" in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_needs_no_extra(command: str, site: Callable[[str], Path]) -> None:
    done = run_in(site(""), command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"guidelint {command}" in done.stdout


@pytest.mark.parametrize("extra", HAS)
def test_judging_needs_no_extra(extra: str, site: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text('[{"id": 1, "data": {}, "annotations": [{"id": 2, "result": [], "x": 1}]}]')
    done = run_in(site(extra), "check", "lung-nodule-ct", str(tmp_path / "export.json"))
    assert "1 annotation" in done.stdout, done.stderr


@pytest.mark.parametrize("extra", ["service", "postgresql"])
def test_a_store_in_postgresql_names_its_extra(extra: str, site: Callable[[str], Path]) -> None:
    store = ("--store", "postgresql://localhost:9/x")
    done = run_in(site(extra), "sweep", ADDRESS, *store, GUIDELINT_TOKEN="t" * 40)
    assert ("needs the extra `postgresql`" in done.stderr) is (extra == "service"), done.stderr


def test_what_is_missing_is_told_from_the_metadata() -> None:
    assert missing_from("service") == ()
    assert missing_from("no-such-extra") == ()
