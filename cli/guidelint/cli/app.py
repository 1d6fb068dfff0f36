"""The command line: which command was called, and only that command loaded."""

from __future__ import annotations

import os
from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING, Annotated

import typer

from guidelint.cli.command_table import COMMANDS, module_of
from guidelint.cli.options.completion import VARIABLE
from guidelint.cli.options.configuration import PREFIX, ConfigurationError, configuration_file, configured
from guidelint.cli.options.given_once import GivenOnce
from guidelint.geometry.kernels.choice import KernelChoiceError, asked_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_ASKS_FOR_HELP = frozenset({"-h", "--help"})


def build_app(arguments: Sequence[str]) -> typer.Typer:
    """Make the application; of all commands only the one that ``arguments`` call is imported.

    A line that begins with a command gets no options of the whole program: typer would load pydantic to read them.
    """
    called = next((argument for argument in arguments if not argument.startswith("-")), "")
    begins_with_command = called in COMMANDS and arguments[0] == called
    app = typer.Typer(
        name="guidelint",
        help="Annotation guidelines that enforce themselves.",
        epilog="Exit status: 0 accepted · 1 findings · 2 usage or guideline problem · 3 a fault of guidelint.",
        no_args_is_help=True,
        add_help_option=not begins_with_command,
        add_completion=not begins_with_command or VARIABLE in os.environ,
        rich_markup_mode=None,  # the library that would draw boxes takes longer to load than all else
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": PREFIX},
    )
    functions = {name: _load(module_of(name)) if name == called else _not_called for name in COMMANDS}
    begun = {} if _ASKS_FOR_HELP.intersection(arguments) else {called: functions.get(called, _not_called)}
    app.callback()(_beginning(begun) if begins_with_command else _beginning_with_options(begun))
    for name, known in COMMANDS.items():
        function = functions[name]
        app.command(name, cls=GivenOnce, short_help=known.line, help=_unwrapped(function.__doc__ or ""))(function)
    return app


def _load(module: str) -> Callable[..., None]:
    command: Callable[..., None] = import_module(module).command
    return command


def _unwrapped(text: str) -> str:
    """Join the lines of each paragraph, so that the terminal may wrap them."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in cleandoc(text).split("\n\n"))


def _not_called() -> None:
    """Stand in the list of commands for one that is not loaded."""


def _version(asked: bool) -> None:  # noqa: FBT001 - handed over by typer
    if asked:
        from guidelint.validation.judging.engine import engine_version  # noqa: PLC0415 - keeps --help fast

        typer.echo(f"guidelint {engine_version()}")
        raise typer.Exit


def _beginning(begun: Mapping[str, Callable[..., None]]) -> Callable[[typer.Context], None]:
    """Make what runs before a command, and before its arguments are looked at."""

    def begin(context: typer.Context) -> None:
        """Annotation guidelines that enforce themselves."""
        _begin(context, begun)

    return begin


def _beginning_with_options(begun: Mapping[str, Callable[..., None]]) -> Callable[..., None]:
    """Make the same with the options of the whole program."""

    def begin(
        context: typer.Context,
        *,
        version: Annotated[  # noqa: ARG001 - its callback deals with it
            bool,
            typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_version),
        ] = False,
    ) -> None:
        """Annotation guidelines that enforce themselves."""
        _begin(context, begun)

    return begin


def _begin(context: typer.Context, begun: Mapping[str, Callable[..., None]]) -> None:
    """Refuse what cannot run here, and give the command the options of its project. Raises typer.Exit."""
    for name, function in begun.items():
        _refuse_what_cannot_run(name)
        try:
            given = configured(name, function)
            context.default_map = {name: given}
        except ConfigurationError as error:
            raise _refused(str(error)) from error
        if given:
            _tell_of_file(given)


def _tell_of_file(given: Mapping[str, object]) -> None:
    """Say which file has set options: it may lie far above."""
    from guidelint.cli.render.terminal.visible import visible  # noqa: PLC0415 - keeps --help fast

    options = ", ".join(name.strip("_").replace("_", "-") for name in given)
    typer.echo(f"guidelint: {visible(f'{configuration_file()} sets {options}')}", err=True)


def _refuse_what_cannot_run(called: str) -> None:
    """Refuse a command whose extra is not installed, and kernels that are not there. Raises typer.Exit."""
    if called in COMMANDS and (extra := COMMANDS[called].extra):
        from guidelint.cli.extras import need_extra  # noqa: PLC0415 - keeps --help fast

        need_extra(extra, f"`guidelint {called}`")
    try:
        asked_for()
    except KernelChoiceError as error:
        raise _refused(str(error)) from error


def _refused(message: str) -> typer.Exit:
    from guidelint.cli.refusals import refused  # noqa: PLC0415 - keeps --help fast

    return refused(message)
