"""The commands: what each is; its module is loaded only when it is called.

To add a command, write its module in ``commands`` with a function ``command``, and add its line here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Command(NamedTuple):
    """A command before it is loaded."""

    line: str
    """One line of help."""
    extra: str = ""
    """Extra without which it cannot begin."""


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "init": Command("Begin a guideline, and the project around it."),
        "check": Command("Judge a Label Studio export against a guideline."),
        "lint": Command("Read guidelines as a critical colleague would."),
        "test": Command("Run the examples of guidelines as tests."),
        "reliability": Command("Tell whether readers apply the rules alike."),
        "simulate": Command("Tell what a project will ask of whom, before it starts."),
        "diff": Command("Tell what changes from one version to another."),
        "impact": Command("Tell which work changes its verdict under another version."),
        "release": Command("Make a draft a released version."),
        "migrate": Command("Write stored work under the names of another version."),
        "example": Command("Add examples to a guideline."),
        "exam": Command("Grade the exam of a guideline, and list its items."),
        "compile": Command("Turn guidelines into Label Studio projects and validators."),
        "handbook": Command("Write a guideline as an illustrated page to hand out."),
        "push": Command("Make a Label Studio project follow a guideline.", "service"),
        "explain": Command("Say what a rule asks, or what a problem means."),
        "fmt": Command("Lay out guidelines anew: order and indent them."),
        "schema": Command("Print the JSON Schema of a guideline or a plan."),
        "serve": Command("Judge submissions as Label Studio reports them.", "service"),
        "sweep": Command("Find and judge submissions that no webhook told of.", "service"),
        "verdict": Command("Tell why a task was judged as it was.", "service"),
        "inbox": Command("List what waits and what failed; replay it, forget it.", "service"),
        "copy-store": Command("Move to PostgreSQL and back: copy a store.", "service"),
        "demo": Command("Run the main job on a real Label Studio on this machine."),
        "doctor": Command("Examine a live setup and name what to repair.", "labelstudio"),
        "backup": Command("Copy the store while the service runs.", "service"),
        "selftest": Command("Measure what is known, and report it for the files."),
    }
)
"""By name, in the order shown."""


def module_of(name: str) -> str:
    """Name the module of a command; it can be imported without any extra."""
    return f"guidelint.cli.commands.{name.replace('-', '_')}"
