"""Whether the labeling config of a project still is what was pushed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.labelstudio.config.marker import config_digest, read_marker

if TYPE_CHECKING:
    from guidelint.service.store.projects import Followed

_AGAIN = "push the guideline again (guidelint push)"


def drift(config: str, pushed: Followed) -> str:
    """Say how a config departs from what was pushed last, and what to do about it; empty: it does not.

    A config edited by hand keeps its marker, so the whole of it is compared, as a push would compare it.
    """
    marker = read_marker(config)
    if marker is None:
        return f"the labeling config was not made by guidelint: {_AGAIN}"
    if marker != pushed.marker:
        return (
            f"the labeling config is of {marker.name} {marker.version}, but {pushed.guideline} {pushed.version}"
            f" was pushed last: {_AGAIN}"
        )
    if pushed.config_digest and config_digest(config) != pushed.config_digest:
        return (
            f"the labeling config was edited in Label Studio after {pushed.guideline} {pushed.version} was pushed, so"
            f" that annotators may be offered what is not judged, or judged otherwise: {_AGAIN}"
        )
    return ""
