"""Optional parts of the installation: which extra a command needs, and whether it is there."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution, requires

from guidelint.cli.refusals import refused

_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+).*;\s*extra\s*==\s*['\"](?P<extra>[\w-]+)['\"]")


def need_extra(extra: str, what: str) -> None:
    """Refuse to begin when an extra that ``what`` needs is not installed; it is named. Raises typer.Exit."""
    if missing := missing_from(extra):
        raise refused(
            f"{what} needs the extra `{extra}`, of which {', '.join(missing)} is not installed here."
            f" Install it with: pip install 'guidelint[{extra}]'"
        )


def missing_from(extra: str) -> tuple[str, ...]:
    """Name the distributions of an extra that are not installed, as the metadata of guidelint lists them."""
    listed = [match for line in requires("guidelint") or () if (match := _REQUIREMENT.match(line))]
    return tuple(match["name"] for match in listed if match["extra"] == extra and not _is_installed(match["name"]))


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True
