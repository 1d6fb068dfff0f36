"""The commands: one line each, naming the module that is loaded only when its command is called.

To add a command, write a module here with a function ``command`` and add its line.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "check": ("guidelint.cli.check", "Judge a Label Studio export against a guideline."),
        "compile": ("guidelint.cli.compile", "Turn guidelines into Label Studio projects and validators."),
        "push": ("guidelint.cli.push", "Make a Label Studio project follow a guideline."),
        "explain": ("guidelint.cli.explain", "Say what a rule asks, or what a problem means."),
        "serve": ("guidelint.cli.serve", "Judge submissions as Label Studio reports them."),
        "sweep": ("guidelint.cli.sweep", "Find and judge submissions that no webhook told of."),
        "demo": ("guidelint.cli.demo", "Run the main job on a real Label Studio on this machine."),
        "doctor": ("guidelint.cli.doctor", "Examine a live setup and name what to repair."),
        "selftest": ("guidelint.cli.selftest", "Measure what is known, and report it for the files."),
    }
)
"""Name → module and one line of help, in the order shown."""
