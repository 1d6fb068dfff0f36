"""The commands: what each is, naming the module that is loaded only when its command is called.

To add a command, write a module here with a function ``command`` and add its line.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Command(NamedTuple):
    """A command before it is loaded."""

    module: str
    """Module with its function ``command``; it can be imported without any extra."""
    line: str
    """One line of help."""
    extra: str = ""
    """Extra without which it cannot begin."""


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "check": Command("guidelint.cli.check", "Judge a Label Studio export against a guideline."),
        "compile": Command("guidelint.cli.compile", "Turn guidelines into Label Studio projects and validators."),
        "push": Command("guidelint.cli.push", "Make a Label Studio project follow a guideline.", "service"),
        "explain": Command("guidelint.cli.explain", "Say what a rule asks, or what a problem means."),
        "serve": Command("guidelint.cli.serve", "Judge submissions as Label Studio reports them.", "service"),
        "sweep": Command("guidelint.cli.sweep", "Find and judge submissions that no webhook told of.", "service"),
        "verdict": Command("guidelint.cli.verdict", "Tell why a task was judged as it was.", "service"),
        "inbox": Command("guidelint.cli.inbox", "List what waits and what failed; replay it, forget it.", "service"),
        "copy-store": Command("guidelint.cli.copy_store", "Move to PostgreSQL and back: copy a store.", "service"),
        "demo": Command("guidelint.cli.demo", "Run the main job on a real Label Studio on this machine."),
        "doctor": Command("guidelint.cli.doctor", "Examine a live setup and name what to repair.", "labelstudio"),
        "backup": Command("guidelint.cli.backup", "Copy the store while the service runs.", "service"),
        "selftest": Command("guidelint.cli.selftest", "Measure what is known, and report it for the files."),
    }
)
"""By name, in the order shown."""
