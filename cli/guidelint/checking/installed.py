"""Which optional parts of the installation are there."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution, requires

_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+).*;\s*extra\s*==\s*['\"](?P<extra>[\w-]+)['\"]")


def lacking(extra: str, what: str) -> str:
    """Say that an extra which ``what`` needs is not installed, and what to do; empty: it is."""
    if not (missing := missing_from(extra)):
        return ""
    return (
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
