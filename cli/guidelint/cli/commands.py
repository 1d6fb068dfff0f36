"""The commands: one line each, naming the module that is loaded only when its command is called.

To add a command, write a module here with a function ``command`` and add its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "check": ("guidelint.cli.check", "Judge a Label Studio export against a guideline."),
        "compile": ("guidelint.cli.compile", "Turn guidelines into Label Studio projects and validators."),
    }
)
"""Name → module and one line of help, in the order shown."""
