"""Guidelines by name, path or text."""

from __future__ import annotations

import os
import warnings
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.api.error import GuidelintError, problems_of, refusals

if TYPE_CHECKING:
    from guidelint.api.guideline import Guideline
    from guidelint.language.examples.folder import Folder
    from guidelint.language.loaded import Loaded

TEXT = "text"
"""What a guideline is called that was given as text."""


def load(what: str | os.PathLike[str]) -> Guideline:
    """Load a guideline: of the library (``name`` or ``name@version``), a YAML file, a ``plan.json``, or YAML text.

    What has more than one line is text. Raises GuidelintError with everything that is wrong; what is only unwise is
    warned of, and stands in ``warnings`` of the guideline.
    """
    from guidelint.geometry.kernels.choice import asked_for  # noqa: PLC0415 - loads much, and only here

    if not isinstance(what, str | os.PathLike):  # pyright: ignore[reportUnnecessaryIsInstance]  # not everybody checks types
        raise GuidelintError(f"{type(what).__name__} is no guideline. Give its name, its path, or its YAML as text")
    with refusals():
        asked_for()
        if isinstance(what, str) and "\n" in what:
            return _of_text(what)
        name = what if isinstance(what, str) else _path(Path(what))
        return _of_plan(name) if name.lower().endswith(".json") else _of_name(name)


def library() -> tuple[str, ...]:
    """Name the guidelines that come with guidelint, each as ``name@version``."""
    from guidelint.language.library import holdings  # noqa: PLC0415 - loads much, and only here

    return tuple(one.label for one in holdings())


def sample() -> Path:
    """Give the path of an export to try things with: published outlines, for ``lung-nodule-ct``."""
    return Path(str(files("guidelint.cli.demonstration").joinpath("sample.json.gz")))


def _path(path: Path) -> str:
    """Write a path so that nobody takes it for the name of a guideline."""
    return str(path) if path.parent.name or path.suffix else f"{os.curdir}{os.sep}{path}"


def _of_text(text: str) -> Guideline:
    from guidelint.language.load import loaded  # noqa: PLC0415

    return _guideline(loaded(text, TEXT))


def _of_name(name: str) -> Guideline:
    from guidelint.language.examples.folder import folder_for  # noqa: PLC0415
    from guidelint.language.library import find_loaded  # noqa: PLC0415

    return _guideline(find_loaded(name), folder_for(name))


def _of_plan(path: str) -> Guideline:
    from guidelint.api.guideline import Guideline  # noqa: PLC0415
    from guidelint.checking.asked.chosen_plan import chosen_plan  # noqa: PLC0415

    plan = chosen_plan(path)
    if plan.outdated:
        warnings.warn(plan.outdated, stacklevel=3)
    return Guideline(plan)


def _guideline(read: Loaded, examples: Folder | None = None) -> Guideline:
    from guidelint.api.guideline import Guideline  # noqa: PLC0415
    from guidelint.language.compile.plan import compile_plan  # noqa: PLC0415
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415

    told = problems_of(read.warnings)
    if told:
        warnings.warn(f"{told[0]}" if len(told) == 1 else f"{told[0]} (and {len(told) - 1} more)", stacklevel=4)
    return Guideline(compile_plan(read.guideline, catalogue()), read, told, examples)
