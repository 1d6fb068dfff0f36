from __future__ import annotations

import inspect
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, get_args

import pytest
from tests.cli.delivery_file import GUIDELINE, run, write_export
from typer.models import OptionInfo

from guidelint.cli.command_table import COMMANDS, module_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a folder inside, in which commands are run."""
    inner = tmp_path / "deliveries" / "may"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    return tmp_path


def version_told(folder: Path, *more: str) -> str:
    """How the run says what it judged by."""
    result = run("check", GUIDELINE, str(write_export(folder)), *more)
    return next(line for line in result.output.splitlines() if line.startswith("lesions"))


def test_a_file_of_the_project_sets_options(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.guidelint.check]\nignore = ["closed-outline"]\n')
    assert "+adjusted" in version_told(project)


def test_a_table_of_levels_is_read(project: Path) -> None:
    (project / "guidelint.toml").write_text('[check.level]\nclosed-outline = "note"\n')
    assert "+adjusted" in version_told(project)


def test_the_inner_folder_wins_and_the_own_file_before_the_shared_one(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.guidelint.check]\nignore = ["closed-outline"]\n')
    (project / "deliveries" / "pyproject.toml").write_text('[tool.other]\nname = "not ours"\n')
    assert "+adjusted" in version_told(project)
    (project / "deliveries" / "guidelint.toml").write_text("")
    assert "+adjusted" not in version_told(project)


def test_environment_before_file_and_command_line_before_both(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "guidelint.toml").write_text("[check]\nformat = 'json'\n")
    path = str(write_export(project))
    assert run("check", GUIDELINE, path).stdout.startswith('{"format"')
    monkeypatch.setenv("GUIDELINT_CHECK_FORMAT", "csv")
    assert run("check", GUIDELINE, path).stdout.startswith("file,")
    assert run("check", GUIDELINE, path, "--format", "concise").stdout.startswith(path)


def test_lists_in_the_environment_are_parted_by_spaces(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDELINT_CHECK_IGNORE", "closed-outline area-limits")
    result = run("check", GUIDELINE, str(write_export(project)))
    assert "judged without area-limits, closed-outline" in result.output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[check]\nignor = ['x']\n", "`ignor` is no option of `guidelint check`. Did you mean `ignore`?"),
        ("[chek]\n", "`chek` is no command of guidelint. Did you mean `check`?"),
        ("check = 3\n", "`check` must be a table of options"),
        ("[check\n", "is not TOML"),
        ("[check]\nmax-findings = 'many'\n", "--max-findings"),
        ("[check]\nfiles = ['a.json']\n", "`files` is no option"),
        ("x = '" + "a" * 2**20 + "'", "larger than 1 MiB"),
        ("[check]\noutput = '../../.profile'\n", "`output` is not taken from a file that lies in a folder"),
        ("[check]\ntoken_file = '/home/me/.token'\n", "`token-file` is not taken from a file that lies in a folder"),
        ("[check]\nexpect = ' HTTP://evil.example/projects/1'\n", "Give --expect on the command line"),
        ('[check]\nimages = ["scans", "https://evil.example/"]\n', "Give --images on the command line"),
        ("[check]\ninside = ['10.0.0.0/8']\n", "Give --inside on the command line"),
        ("[check]\nengine = 'tcp://evil.example:8786'\n", "Give --engine on the command line"),
        ("[check]\nimages = 'scans'\n", "--images 'scans' is no folder"),
        ("x = " + "[" * 100_000, "is not TOML"),
        (".".join("a" * 100_000) + " = 1", "more than 1000 dots"),
        ("[check]\nignore = 3\n", "there is no rule `3`"),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_its_place(text: str, said: str, project: Path) -> None:
    (project / "guidelint.toml").write_text(text)
    result = run("check", GUIDELINE, str(write_export(project)))
    assert result.exit_code == 2
    assert said in result.output


def test_a_shared_file_whose_part_is_no_table_is_refused(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool]\nguidelint = 3\n")
    result = run("check", GUIDELINE, str(write_export(project)))
    assert result.exit_code == 2
    assert "`tool.guidelint` must be a table of commands" in result.output


def test_the_run_tells_which_file_has_set_what(project: Path) -> None:
    (project / "guidelint.toml").write_text("[check]\nallow_empty = true\nquiet = true\n")
    result = run("check", GUIDELINE, str(write_export(project)))
    assert f"guidelint: {project / 'guidelint.toml'} sets allow-empty, quiet\n" in result.stderr


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can give files away: run the tests as root"
)
def test_a_file_that_somebody_else_has_laid_above_the_work_is_refused(project: Path) -> None:
    file = project / "guidelint.toml"
    file.write_text("[check]\nignore = ['closed-outline']\n")
    os.chown(file, 65_534, -1)
    result = run("check", GUIDELINE, str(write_export(project)))
    assert result.exit_code == 2
    assert f"{file} belongs to another user. If its options shall not hold here" in result.output
    (project / "deliveries" / "guidelint.toml").write_text("")
    assert "+adjusted" not in version_told(project)


def test_help_needs_no_sound_file(project: Path) -> None:
    (project / "guidelint.toml").write_text("[check\n")
    assert run("check", "--help").exit_code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_named_in_the_environment_as_on_the_command_line(command: str) -> None:
    function = import_module(module_of(command)).command
    for parameter in inspect.signature(function, eval_str=True).parameters.values():
        if parameter.name.endswith("_"):
            (option,) = (part for part in get_args(parameter.annotation) if isinstance(part, OptionInfo))
            assert option.envvar == f"GUIDELINT_{command}_{parameter.name.strip('_')}".upper()
