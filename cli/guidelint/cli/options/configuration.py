"""Options that a project keeps in a file: ``[tool.guidelint.COMMAND]`` of ``pyproject.toml``, or ``guidelint.toml``.

What stands on the command line wins over the environment, the environment over the file.
"""

from __future__ import annotations

import inspect
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

OWN_FILE = "guidelint.toml"
SHARED_FILE = "pyproject.toml"
MAX_BYTES = 2**20
"""Largest file that is read."""
PREFIX = "GUIDELINT"
"""Of the variables: ``GUIDELINT_CHECK_IGNORE`` is ``--ignore`` of ``check``."""

GIVEN_IN_PERSON = frozenset({"output", "write-baseline", "token-file", "secret-file", "inside", "engine", "fix"})
"""Options that decide what is written over, which secret is sent, what is asked and who judges: none is of a file."""
_MAY_NAME_SERVERS = frozenset({"expect", "images"})
_ADDRESSES = ("http://", "https://")
_MOST_DOTS = 1000
"""So many stand in a line; what reads TOML takes the square of them."""

Table = dict[str, Any]


class ConfigurationError(ValueError):
    """A configuration that cannot be used; the message says where, why, and what to write."""


def configured(command: str, function: Callable[..., None], folder: Path | None = None) -> Mapping[str, object]:
    """Give the values that the nearest file sets for a command, by parameter; of several folders the inner wins.

    Raises ConfigurationError when the file cannot be read, or sets what the command does not have.
    """
    found = _found(folder)
    return {} if found is None else _values(*found, command, function)


def configuration_file(folder: Path | None = None) -> Path | None:
    """Tell which file sets options here, if any does. Raises ConfigurationError when one cannot be read."""
    found = _found(folder)
    return None if found is None else found[0]


def _found(folder: Path | None) -> tuple[Path, Table] | None:
    """Find the nearest file with a table of guidelint."""
    try:
        start = (folder or Path.cwd()).absolute()
    except OSError:  # the folder was deleted
        return None
    for place in (start, *start.parents):
        for name in (OWN_FILE, SHARED_FILE):
            file = place / name
            if os.path.isfile(file) and (table := _table(file)) is not None:  # noqa: PTH113 - pathlib raises in folders that may not be entered
                _refuse_foreign(file, start)
                return file, table
    return None


def _refuse_foreign(file: Path, start: Path) -> None:
    """Refuse a file that somebody else has laid above the work, as anybody can in the folder for temporary files."""
    if not hasattr(os, "geteuid"):
        return
    if file.stat().st_uid not in {os.geteuid(), 0, start.stat().st_uid}:
        remedy = f"If its options shall not hold here, lay an empty {OWN_FILE} beside your work; else copy it there"
        raise ConfigurationError(f"{file} belongs to another user. {remedy}")


def _table(file: Path) -> Table | None:
    """Table of guidelint in a file; None where a shared file has none."""
    whole = _read(file)
    if file.name == OWN_FILE:
        return whole
    tools = whole.get("tool")
    table = tools.get("guidelint") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigurationError(f"{file}: `tool.guidelint` must be a table of commands")
    return table


def _read(file: Path) -> Table:
    import tomllib  # noqa: PLC0415 - every command imports this module

    try:
        with file.open("rb") as stream:
            text = stream.read(MAX_BYTES + 1)
        if len(text) > MAX_BYTES:
            raise ConfigurationError(f"{file} is larger than {MAX_BYTES // 2**20} MiB, the most that is read of it")
        if any(line.count(b".") > _MOST_DOTS for line in text.splitlines()):
            raise ConfigurationError(f"{file} has a line with more than {_MOST_DOTS} dots, which is not read")
        return tomllib.loads(text.decode())
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {(error.strerror or 'unreadable').lower()}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{file} is not TOML: {error}") from error


def _values(file: Path, table: Table, command: str, function: Callable[..., None]) -> Mapping[str, object]:
    from guidelint.cli.command_table import COMMANDS  # noqa: PLC0415

    for name in table:
        _refuse_unknown(file, name, COMMANDS, "no command of guidelint")
    given = table.get(command, {})
    if not isinstance(given, dict):
        raise ConfigurationError(f"{file}: `{command}` must be a table of options")
    parameters = {_spelling(name): name for name in _options(function)}
    for name in given:
        _refuse_unknown(file, _spelling(name), parameters, f"no option of `guidelint {command}`")
    for name, value in given.items():
        _refuse_in_a_file(file, _spelling(name), value)
    several = _taking_several(function)
    named = {parameters[_spelling(name)]: _value(value) for name, value in given.items()}
    return {name: [value] if name in several and isinstance(value, str) else value for name, value in named.items()}


def _taking_several(function: Callable[..., None]) -> frozenset[str]:
    """Parameters that may be given several times: one alone need not stand in a list."""
    hints = get_type_hints(function)
    return frozenset(name for name, hint in hints.items() if any(get_origin(one) is list for one in get_args(hint)))


def _options(function: Callable[..., None]) -> list[str]:
    """Parameters that are options: those given by keyword."""
    parameters = inspect.signature(function).parameters.values()
    return [parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]


def _spelling(name: str) -> str:
    """Spell a parameter as its option is spelled."""
    return name.strip("_").replace("_", "-")


def _value(value: object) -> object:
    """Give a value as the command line would: a table as a list of ``name=value``."""
    return [f"{name}={one}" for name, one in value.items()] if isinstance(value, dict) else value


def _refuse_unknown(file: Path, name: str, known: Mapping[str, object], what: str) -> None:
    if name not in known:
        from guidelint.language.text.suggest import did_you_mean  # noqa: PLC0415

        raise ConfigurationError(f"{file}: `{name}` is {what}. {did_you_mean(name, known)}")


def _texts(value: object) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _refuse_in_a_file(file: Path, name: str, value: object) -> None:
    """Refuse what would let a folder decide what is written over, or where a token is sent."""
    sends = name in _MAY_NAME_SERVERS and any(one.strip().lower().startswith(_ADDRESSES) for one in _texts(value))
    if sends or name in GIVEN_IN_PERSON:
        what = f"the address of a server for `{name}`" if sends else f"`{name}`"
        remedy = f"Give --{name} on the command line or in the environment"
        raise ConfigurationError(f"{file}: {what} is not taken from a file that lies in a folder. {remedy}")
