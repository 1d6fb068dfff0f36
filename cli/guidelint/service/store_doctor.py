"""Links of the store: is it there, is it ours, can it be written, does it know the projects, what waits in it."""

from __future__ import annotations

import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.labelstudio.config.marker import read_marker
from guidelint.labelstudio.doctor.link import Link, broken, fine, unclear
from guidelint.service.clock import after
from guidelint.service.settings import DEFAULT_STORE
from guidelint.service.store.base.database import file_of, open_store, place_of
from guidelint.service.store.base.faults import EMPTY, GONE, OLDER, Fault, StoreFault, no_folder
from guidelint.service.store.base.schema import newest_revision, revision_of
from guidelint.service.store.base.sqlite_file import files_of
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints.claims import SKEW_S, claim
from guidelint.service.store.hints.held import held
from guidelint.service.store.projects import history
from guidelint.service.worker.servers.not_known import exam_not_known, not_pushed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.administration import ProjectState

PATIENCE_S = 1.0
LITTLE_BYTES = 1024**3
NOTHING_BYTES = 100 * 1024**2
_NAME = "store"
_USE = "If the service runs on another machine or with another store, name that one with --store or GUIDELINT_STORE."


@dataclass(frozen=True, slots=True)
class StoreDoctor:
    """Examines one store."""

    engine: sa.Engine
    place: str

    def links(self) -> Iterator[Link]:
        """Examine everything but projects; what hangs on a broken link is left out."""
        try:
            yield self._schema()
            yield self._writable()
            file = file_of(str(self.engine.url))
            if file is not None:
                yield rights_link(file)
                yield space_link(shutil.disk_usage(file.parent).free)
            yield from self._held()
        except StoreFault as error:
            yield self._faulty(error.fault)

    def project_links(self, server: str, state: ProjectState) -> Iterator[Link]:
        """Tell whether the store knows what a project follows."""
        marker = read_marker(state.label_config)
        if marker is None:
            return
        try:
            pushed = history(self.engine, server, state.id)
        except StoreFault:  # told already
            return
        if not pushed:
            told = exam_not_known if marker.is_exam else not_pushed
            yield broken(_NAME, *_cut(told(server, state.id, self.place, marker.name)))
        elif pushed[0].marker != marker:
            said = (
                f"{self.place} was told of {pushed[0].guideline} {pushed[0].version} last, not of what the config is of"
            )
            yield broken(_NAME, said, f"Push again with this store: guidelint push {marker.name} {server}.")
        elif pushed[0].valid_from > after(SKEW_S):
            said = f"{pushed[0].guideline} {pushed[0].version} is in force only from {pushed[0].valid_from[:19]} UTC"
            remedy = "Put the clock of Label Studio, or of the proxy before it, right and push again: guidelint push"
            yield broken(_NAME, f"{said}, which is still to come", f"{remedy} {marker.name} {server}.")
        else:
            yield fine(
                _NAME, f"knows {pushed[0].guideline} {pushed[0].version}, pushed {pushed[0].valid_from[:19]} UTC"
            )

    def _schema(self) -> Link:
        found = revision_of(self.engine.url.render_as_string(hide_password=False))
        if found is None:
            raise StoreFault(self.place, EMPTY)
        if found != newest_revision():
            raise StoreFault(self.place, OLDER)
        return fine(_NAME, f"{self.place}, schema {found}")

    def _writable(self) -> Link:
        """Write what is taken back at once."""
        with self.engine.connect() as connection, connection.begin() as writing:
            claim(connection, TaskKey("doctor", 0, 0), "doctor")
            writing.rollback()
        return fine("store, writing", "can be written")

    def _held(self) -> Iterator[Link]:
        for item in held(self.engine):
            since = f"{item.count} of its hints have been held since {item.oldest[:19]} UTC"
            said = f"project {item.project} of {item.server} is not known: {since}"
            remedy = f"Push its guideline with this store: guidelint push GUIDELINE {item.server}"
            yield broken("store, held", said, f"{remedy} --project {item.project}.")

    def _faulty(self, fault: Fault) -> Link:
        nothing_there = fault in {GONE, no_folder(str(Path(self.place).parent))}
        if nothing_there and self.place == DEFAULT_STORE:
            return unclear(_NAME, f"there is none at its usual place, {self.place}", _USE)
        return broken(_NAME, f"{self.place} {fault.said}", fault.remedy)


def store_doctor(url: str) -> StoreDoctor:
    """Make one; nothing is opened yet."""
    engine = open_store(url, patience_s=PATIENCE_S)
    return StoreDoctor(engine, place_of(engine))


def rights_link(file: Path) -> Link:
    """Tell who may read a store in a file."""
    open_to_others = [str(found) for found in files_of(file) if stat.S_IMODE(found.stat().st_mode) & 0o077]
    if not open_to_others:
        return fine("store, rights", "only its owner may read it")
    return broken(
        "store, rights",
        f"others on this machine may read {', '.join(open_to_others)}",
        f"Take the right from them: chmod 600 {' '.join(open_to_others)}",
    )


def space_link(free_bytes: int) -> Link:
    """Tell how much room is left where a store lies."""
    said = f"{free_bytes / 1024**3:.1f} GB are free on its disk"
    if free_bytes < NOTHING_BYTES:
        return broken("store, room", said, "Make room now: without it no delivery can be stored.")
    return unclear("store, room", said, "Make room soon.") if free_bytes < LITTLE_BYTES else fine("store, room", said)


def _cut(text: str) -> tuple[str, str]:
    """Cut what is wrong from what to do about it."""
    said, _, remedy = text.partition(". ")
    return said, remedy
