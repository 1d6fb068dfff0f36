"""``guidelint explain``: what a rule asks, what a problem of a guideline means, what a key of it is for."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from guidelint.cli.options.completion import explained


def command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RULE|CODE|KEY",
            help="Rule of a finding, code of a problem, or key such as classes.*.border; none: list rules and codes.",
            autocompletion=explained,
        ),
    ] = "",
) -> None:
    """Say what a rule asks, why, how it is measured and with which parameters, with examples drawn in text.

    A code of a problem that `lint` and `compile` report is explained in the same way. Of a key it says what it means,
    what it takes, where it may stand, and shows it in a guideline.
    """
    from guidelint.language.reference.problem_explanations import explanations  # noqa: PLC0415 - keeps --help fast
    from guidelint.language.reference.rule_places import rule_places  # noqa: PLC0415
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415
    from guidelint.validation.documentation.in_guideline import NOWHERE  # noqa: PLC0415
    from guidelint.validation.documentation.plain import plain  # noqa: PLC0415
    from guidelint.validation.documentation.reserved import reserved  # noqa: PLC0415
    from guidelint.validation.documentation.rule_text import rule_text  # noqa: PLC0415

    rules, codes = catalogue(), {str(code): explanation for code, explanation in explanations().items()}
    beside = reserved()
    if not name:
        sys.stdout.write(_all(tuple(rules), tuple(beside), tuple(codes)))
    elif name in rules:
        sys.stdout.write(plain(rule_text(rules[name]), rule_places(rules).get(name, NOWHERE)).rstrip() + "\n")
    elif name in beside:
        sys.stdout.write(beside[name].plain(name))
    elif name in codes:
        sys.stdout.write(f"{codes[name]}\n")
    else:
        sys.stdout.write(_key(name, [*rules, *beside, *codes]))


def _key(name: str, others: list[str]) -> str:
    """Explain a key of the language; a name that is none may be mistyped for something else."""
    from guidelint.cli.refusals import refused  # noqa: PLC0415 - keeps --help fast
    from guidelint.language.reference.keys import Keys, NoSuchKeyError  # noqa: PLC0415
    from guidelint.language.schema.guideline_schema import guideline_schema  # noqa: PLC0415
    from guidelint.language.text.suggest import closest  # noqa: PLC0415
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415

    try:
        return Keys(guideline_schema(catalogue())).explain(name)
    except NoSuchKeyError as error:
        meant = closest(name, others)
        raise refused(f"there is no rule or code `{name}`. Did you mean `{meant}`?" if meant else str(error)) from error


def _all(rules: tuple[str, ...], beside: tuple[str, ...], codes: tuple[str, ...]) -> str:
    listed = {"Rules": rules, "Told beside the rules": beside, "Problems of a guideline": codes}
    parts = ("\n".join((heading, *(f"  {name}" for name in names))) for heading, names in listed.items())
    return "\n\n".join(parts) + "\n"
