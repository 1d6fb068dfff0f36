"""The command line: which command was called, and only that command loaded."""

from __future__ import annotations

from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING, Annotated

import typer

from guidelint.cli.commands import COMMANDS
from guidelint.geometry.kernels.choice import KernelChoiceError, asked_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def build_app(arguments: Sequence[str]) -> typer.Typer:
    """Make the application; of all commands only the one that ``arguments`` call is imported."""
    app = typer.Typer(
        name="guidelint",
        help="Annotation guidelines that enforce themselves.",
        epilog="Exit status: 0 accepted · 1 findings · 2 usage or guideline problem · 3 a fault of guidelint.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_whole_program)
    called = next((argument for argument in arguments if not argument.startswith("-")), "")
    for name, (module, line) in COMMANDS.items():
        function = _load(module) if name == called else _not_called
        app.command(name, short_help=line, help=_unwrapped(function.__doc__ or ""))(function)
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
        from guidelint.validation.version import engine_version  # noqa: PLC0415 - keeps --help fast

        typer.echo(f"guidelint {engine_version()}")
        raise typer.Exit


def _whole_program(
    *,
    version: Annotated[  # noqa: ARG001 - its callback deals with it
        bool,
        typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_version),
    ] = False,
) -> None:
    """Annotation guidelines that enforce themselves."""
    try:
        asked_for()
    except KernelChoiceError as error:
        from guidelint.cli.refusals import refused  # noqa: PLC0415 - keeps --help fast

        raise refused(str(error)) from error
