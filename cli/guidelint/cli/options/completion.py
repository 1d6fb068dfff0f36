"""What a shell offers to complete: guidelines, rules, codes of problems; told without loading what they name.

Every command imports this module, so it loads nothing itself before somebody asks.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

VARIABLE = "_GUIDELINT_COMPLETE"
"""Set by the shell's own function when it asks what could stand next."""
_GUIDELINE_FILES = (".yaml", ".yml", ".json")


def words_of_the_line(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> list[str]:
    """Give the arguments of the command: those of the line being written while a shell asks for completions."""
    if VARIABLE not in environment:
        return list(arguments)
    import shlex  # noqa: PLC0415

    line = environment.get("_TYPER_COMPLETE_ARGS") or environment.get("COMP_WORDS", "")
    try:
        return shlex.split(line)[1:]
    except ValueError:  # a quotation mark is still open
        return line.split()[1:]


def guidelines(incomplete: str) -> list[str]:
    """Complete a guideline: names of the library (with version after ``@``), folders, YAML files and plans."""
    named = _holdings() if "@" in incomplete else sorted({label.partition("@")[0] for label in _holdings()})
    return [name for name in named if name.startswith(incomplete)] + list(_paths(incomplete))


def rules(incomplete: str) -> list[str]:
    """Complete the name of a rule."""
    return [rule for rule in _rule_ids() if rule.startswith(incomplete)]


def explained(incomplete: str) -> list[str]:
    """Complete what ``explain`` explains: a rule, the code of a problem, or the path of a key."""
    return [*rules_and_codes(incomplete), *keys(incomplete)]


def keys(incomplete: str) -> list[str]:
    """Complete the path of a key by one step; ``*`` stands for the names that an author gives."""
    from guidelint.language.form.allowed_keys import steps_below  # noqa: PLC0415
    from guidelint.language.form.rule_fields import forms  # noqa: PLC0415
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415

    *steps, _ = incomplete.split(".")
    above = "".join(f"{step}." for step in steps)
    known = forms(catalogue() if steps else {}).guideline  # no rule stands at the top
    paths = (above + step for step in steps_below(known, tuple(steps)))
    return sorted(path for path in paths if path.startswith(incomplete))


def rules_and_codes(incomplete: str) -> list[str]:
    """Complete the name of a rule, or the code of a problem."""
    from guidelint.language.reference.problem_explanations import explanations  # noqa: PLC0415
    from guidelint.validation.judging.not_accepted import RESERVATIONS  # noqa: PLC0415

    others = (*RESERVATIONS, *explanations())
    return rules(incomplete) + sorted(name for name in others if name.startswith(incomplete))


def codes(incomplete: str) -> list[str]:
    """Complete the code of what is unwise about a guideline, or could be better."""
    from guidelint.language.reference.problem_explanations import explanations  # noqa: PLC0415

    return [code for code, one in explanations().items() if one.level != "error" and code.startswith(incomplete)]


def formats(incomplete: str) -> list[str]:
    """Complete the name of a format of deliveries."""
    from guidelint.checking.input.formats import decoders  # noqa: PLC0415

    return [name for name in decoders() if name.startswith(incomplete)]


def _rule_ids() -> list[str]:
    """Ids of all rules."""
    from importlib.metadata import entry_points  # noqa: PLC0415

    from guidelint.rules.catalogue import rule_id, rule_modules  # noqa: PLC0415

    own = {rule_id(module) for module in rule_modules()}
    return sorted(own | entry_points(group="guidelint.rules").names)


def _holdings() -> list[str]:
    """Every guideline of the library as ``name@version``."""
    from importlib.resources import files  # noqa: PLC0415

    folders = (folder for folder in files("guidelint").joinpath("library").iterdir() if folder.is_dir())
    return sorted(
        f"{folder.name}@{file.name.removesuffix('.yaml')}"
        for folder in folders
        for file in folder.iterdir()
        if file.name.endswith(".yaml")
    )


def _paths(incomplete: str) -> Iterator[str]:
    """Folders and files that may hold a guideline, beginning as written."""
    from pathlib import Path  # noqa: PLC0415

    folder, begun = os.path.split(incomplete)
    try:
        found = sorted(Path(folder or ".").iterdir())
    except OSError:
        return
    for path in found:
        if path.name.startswith(begun) and (begun or not path.name.startswith(".")):
            if path.is_dir():
                yield os.path.join(folder, path.name, "")  # noqa: PTH118 - keeps the spelling that was begun
            elif path.suffix in _GUIDELINE_FILES:
                yield os.path.join(folder, path.name)  # noqa: PTH118 - keeps the spelling that was begun
