"""Projects of a Label Studio, as a browser shows their addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guidelint.checking.supplied import SuppliedError
from guidelint.labelstudio.connection.address import normal_address

if TYPE_CHECKING:
    from collections.abc import Iterable

_OF_A_PROJECT: Final = re.compile(r"(?P<server>https?://.+?)/projects/(?P<project>[1-9]\d{0,8})(?:[/?#].*)?")


@dataclass(frozen=True, slots=True, order=True)
class ProjectAddress:
    """One project."""

    server: str
    project: int

    def __str__(self) -> str:
        return f"{self.server}/projects/{self.project}"


def is_address(text: str) -> bool:
    """Tell an address from the name of a file."""
    return text.lower().startswith(("http://", "https://"))


def is_of_a_project(address: str) -> bool:
    """Whether an address is one of a project, and not of a whole Label Studio."""
    return _OF_A_PROJECT.fullmatch(address.strip()) is not None


def project_at(address: str) -> ProjectAddress:
    """Read the address of a project. Raises SuppliedError."""
    found = _OF_A_PROJECT.fullmatch(address.strip())
    if found is None:
        raise SuppliedError(f"{address} is not the address of a project, such as http://localhost:8080/projects/7")
    try:
        return ProjectAddress(normal_address(found["server"]), int(found["project"]))
    except ValueError as error:
        raise SuppliedError(str(error)) from error


def servers_of(projects: Iterable[ProjectAddress]) -> tuple[str, ...]:
    """List the Label Studios, each once."""
    return tuple(dict.fromkeys(one.server for one in projects))
