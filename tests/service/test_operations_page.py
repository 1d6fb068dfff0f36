"""The operators' page names every log line, every check of /ready, and only commands and options that there are."""

from __future__ import annotations

import ast
import re
import shlex
from importlib import import_module
from pathlib import Path

from typer.core import TyperGroup
from typer.main import get_command

import guidelint.service
from guidelint.cli.app import build_app
from guidelint.service.receiver.watching.check import Check

PAGE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
SERVICE = Path(guidelint.service.__path__[0])
LOG = {"note", "logger.exception", "logger.error", "Sometimes"}
CHECKS = {"yes", "no", "told"}


def first_cells(heading: str) -> list[str]:
    """First column of the table below a heading."""
    below = PAGE.partition(f"\n## {heading}\n")[2].split("\n## ")[0]
    return re.findall(r"^\| ([^|]+) \|", below, re.MULTILINE)


def said(functions: set[str], folder: Path) -> set[str]:
    """First argument of every call of some functions, as far as it stands in the code; names are looked up."""
    found = set[str]()
    for file in folder.rglob("*.py"):
        if "migrations" in file.parts:
            continue
        module = ".".join(file.relative_to(SERVICE.parent.parent).with_suffix("").parts)
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and call.args and ast.unparse(call.func) in functions:
                found |= _texts(call.args[0], module)
    return found


def _texts(argument: ast.expr, module: str) -> set[str]:
    match argument:
        case ast.Constant(str(text)):
            return {text}
        case ast.JoinedStr(values):
            parts = [part.value for part in values if isinstance(part, ast.Constant)]
            return {max((part for part in parts if isinstance(part, str)), key=len)}
        case ast.Name(name) if isinstance(named := getattr(import_module(module), name, None), str):
            return {named}
        case _:
            return set()


def test_every_line_of_the_log_is_explained() -> None:
    told = " | ".join(first_cells("What the log lines mean"))
    assert [event for event in said(LOG, SERVICE) if event not in told] == []


def test_every_check_of_ready_is_explained() -> None:
    assert Check.__module__ == "guidelint.service.receiver.watching.check"
    named = {cell.strip("`") for cell in first_cells("Watch it")}
    assert said(CHECKS, SERVICE / "receiver") - named == set()


def options_of(command: str) -> set[str]:
    """Options that a command knows."""
    group = get_command(build_app([command]))
    assert isinstance(group, TyperGroup)
    return {name for parameter in group.commands[command].params for name in parameter.opts}


def test_every_command_and_option_on_the_page_is_one() -> None:
    lines = re.findall(r"guidelint-admin ([a-z].*)$", PAGE, re.MULTILINE)
    assert len(lines) > 10
    for line in lines:
        command, *words = shlex.split(line.split("`")[0], comments=True)
        assert {word for word in words if word.startswith("--")} <= options_of(command), line


def test_the_tests_that_the_page_names_are_there() -> None:
    named = set(re.findall(r"`(test_\w+\.py)`", PAGE))
    assert named - {file.name for file in Path(__file__).parents[1].rglob("test_*.py")} == set()
