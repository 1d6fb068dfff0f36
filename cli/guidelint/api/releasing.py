"""A draft becomes a released version."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from guidelint.api.error import refusals

if TYPE_CHECKING:
    from guidelint.checking.releasing.release import Release


def release(
    path: str | os.PathLike[str],
    *,
    since: str = "",
    approved_by: str = "",
    role: str = "",
    means: str = "approved for use",
) -> Release:
    """Release the guideline in a file, as ``guidelint release`` does: its text and the changelog are written.

    ``since``: the version before, where it does not lie beside; ``approved_by`` and ``role`` sign it today. Raises
    GuidelintError with every reason why it is not released; nothing is written then.
    """
    from guidelint.checking.releasing.approval import approval_of  # noqa: PLC0415 - only who releases
    from guidelint.checking.releasing.release import release as released  # noqa: PLC0415

    with refusals():
        return released(os.fspath(path), since, approval_of(approved_by, role, means))
