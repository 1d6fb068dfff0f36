"""Whether released guidelines are what they were released as."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.language.library import find_loaded, source
from guidelint.language.load import loaded
from guidelint.language.texts import FINISHED, folder_of
from guidelint.language.versions.changelog import NAME, versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.language.form.guideline import Guideline


def changed_since_release(guidelines: Iterable[str]) -> Iterator[str]:
    """Tell of each released guideline whose text is another than its changelog says, and what to do."""
    for what in guidelines:
        guideline = find_loaded(what).guideline
        changelog = (folder_of(what) or Path()) / NAME
        told = versions(changelog.read_text("utf-8"), guideline.name) if changelog.is_file() else {}
        recorded = told.get(guideline.version, "")
        if guideline.status not in FINISHED:
            if recorded:
                yield (
                    f"{what}: {guideline.version} was released, as {changelog} says, and is {guideline.status} here."
                    " Put it back as it was, and make the change a new version in a file of its own"
                )
            continue
        if not recorded:
            yield f"{what}: {changelog} has no digest of {guideline.version}. `guidelint release` writes it"
        elif recorded != _digest(what, guideline):
            yield (
                f"{what}: {guideline.version} was changed after its release. Put it back as it was, and make the change"
                " a new version in a file of its own"
            )


def _digest(what: str, guideline: Guideline) -> str:
    """Give the digest of the text as it was released: it may have been retired since."""
    if guideline.status == "released":
        return guideline.text_digest
    text, filename = source(what)
    as_released = text.replace("\nstatus: retired", "\nstatus: released", 1)
    return loaded(as_released, filename, folder=folder_of(what)).guideline.text_digest
