"""Release a guideline: everything that must be so is looked at, then its text and the changelog are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.checking.guidelines.at_revision import GIT, loaded_at
from guidelint.checking.releasing.error import NotReleasedError
from guidelint.checking.releasing.obstacles import obstacles
from guidelint.language.library import NoSuchGuidelineError, find_loaded, is_path, source
from guidelint.language.load import loaded
from guidelint.language.versions.changelog import NAME, entry, versions, with_entry
from guidelint.language.versions.comparison import compared
from guidelint.language.versions.signed import CannotSignError, signed
from guidelint.language.versions.version_number import numbers

if TYPE_CHECKING:
    from guidelint.language.form.sections.provenance import Approval
    from guidelint.language.loaded import Loaded


@dataclass(frozen=True, slots=True)
class Release:
    """A version that is released."""

    name: str
    version: str
    text_digest: str
    """SHA-256 of its text."""
    entry: str
    """What the changelog says of it, in Markdown."""
    file: str
    changelog: str


def release(path: str, since: str = "", approval: Approval | None = None, today: date | None = None) -> Release:
    """Release the guideline in a file; ``since``: the version before, where it does not lie beside.

    Raises NotReleasedError with all reasons, NoSuchGuidelineError or GuidelineProblems; nothing is written then.
    """
    if not is_path(path):
        raise NoSuchGuidelineError(f"`{path}` is of the library; name a file of yours")
    read, file, day = find_loaded(path), Path(path), today or datetime.now(UTC).date()
    changelog = file.with_name(NAME)
    told = changelog.read_text("utf-8") if changelog.is_file() else ""
    before = _before(path, read, since)
    try:
        text = signed(source(path)[0], approval)
    except CannotSignError as error:
        raise NotReleasedError(path, (str(error),)) from error
    new = loaded(text, path, folder=file.parent)
    found = None if before is None else compared(before, new)
    asked = new.guideline.model_copy(update={"status": read.guideline.status})
    if reasons := tuple(obstacles(path, asked, found, versions(told, new.guideline.name), day)):
        raise NotReleasedError(path, reasons)
    written = entry(new.guideline, found, day.isoformat())
    guideline = new.guideline
    _write({changelog: with_entry(told, guideline.title, written), file: text})
    return Release(guideline.name, guideline.version, guideline.text_digest, written, path, str(changelog))


def _write(texts: dict[Path, str]) -> None:
    """Write each text beside its place first, so that none is left half written."""
    beside = {path: path.with_name(f".{path.name}.new") for path in texts}
    try:
        for path, text in texts.items():
            beside[path].write_text(text, "utf-8", newline="")
        for path in texts:
            beside[path].replace(path)
    except OSError as error:
        for made in beside.values():
            made.unlink(missing_ok=True)
        where = next(iter(texts)).parent
        reason = (error.strerror or "unwritable").lower()
        raise NoSuchGuidelineError(f"nothing can be written into {where}: {reason}") from error


def _before(path: str, read: Loaded, since: str) -> Loaded | None:
    """Find the version before: the one that is named, or the highest released one beside the file."""
    if since:
        return loaded_at(path, since) if since.startswith(GIT) else find_loaded(since)
    others = _beside(path, read.guideline.name)
    return max(others, key=lambda one: numbers(one.guideline.version), default=None)


def _beside(path: str, name: str) -> list[Loaded]:
    others = (file for file in Path(path).parent.glob("*.yaml") if not file.samefile(path))
    said = f"guideline: {name}\n"
    every = [find_loaded(str(file)) for file in others if said in file.read_text("utf-8", errors="replace")]
    return [one for one in every if one.guideline.status == "released"]
