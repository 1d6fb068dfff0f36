"""``guidelint explain``: what a rule asks, or what a problem of a guideline means."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from guidelint.cli.options.completion import rules_and_codes


def command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RULE|CODE",
            help="Rule of a finding, or code of a problem; none: list them all.",
            autocompletion=rules_and_codes,
        ),
    ] = "",
) -> None:
    """Say what a rule asks, why, how it is measured and with which parameters, with examples drawn in text.

    A code of a problem that `compile` reports is explained in the same way.
    """
    from guidelint.cli.refusals import refused  # noqa: PLC0415 - keeps --help fast
    from guidelint.language.reference.problem_explanations import explanations  # noqa: PLC0415
    from guidelint.language.text.suggest import did_you_mean  # noqa: PLC0415
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415
    from guidelint.validation.documentation.plain import plain  # noqa: PLC0415
    from guidelint.validation.documentation.reserved import reserved  # noqa: PLC0415
    from guidelint.validation.documentation.rule_text import rule_text  # noqa: PLC0415

    rules, codes = catalogue(), {str(code): explanation for code, explanation in explanations().items()}
    beside = reserved()
    if not name:
        sys.stdout.write(_all(tuple(rules), tuple(beside), tuple(codes)))
    elif name in rules:
        sys.stdout.write(plain(rule_text(rules[name])).rstrip() + "\n")
    elif name in beside:
        sys.stdout.write(beside[name].plain(name))
    elif name in codes:
        sys.stdout.write(f"{codes[name]}\n")
    else:
        raise refused(f"there is no rule or code `{name}`. {did_you_mean(name, [*rules, *beside, *codes])}")


def _all(rules: tuple[str, ...], beside: tuple[str, ...], codes: tuple[str, ...]) -> str:
    listed = {"Rules": rules, "Told beside the rules": beside, "Problems of a guideline": codes}
    parts = ("\n".join((heading, *(f"  {name}" for name in names))) for heading, names in listed.items())
    return "\n\n".join(parts) + "\n"
