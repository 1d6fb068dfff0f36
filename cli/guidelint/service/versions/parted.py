"""The work of a project laid into files, one for each version that it is judged by, as an export would hold it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final

import msgspec

from guidelint.annotation.decoding.files.source import Source
from guidelint.labelstudio.writeback.columns import KEYS
from guidelint.labelstudio.writeback.do_again import DO_AGAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from guidelint.labelstudio.connection.task_client import AnnotationRead, TaskRead
    from guidelint.service.versions.project_address import ProjectAddress
    from guidelint.service.worker.task.as_it_stands import TaskAsItStands
    from guidelint.validation.judging.plan import Plan

_LEFT_OUT: Final = frozenset((*KEYS, DO_AGAIN, "guideline", "guideline_version"))
"""Keys of the data that are ours, or name a version: the store knows better."""


@dataclass(frozen=True, slots=True)
class _File:
    plan: Plan
    path: Path
    stream: IO[bytes]

    def put(self, task: TaskRead, annotations: Iterable[AnnotationRead]) -> None:
        self.stream.write(b"[" if self.stream.tell() == 0 else b",\n")
        self.stream.write(_exported(task, [one.raw for one in annotations]))


@dataclass
class Parted:
    """Work of several projects, by version."""

    folder: Path
    by_version: dict[str, tuple[Plan, list[Source]]] = field(default_factory=dict[str, "tuple[Plan, list[Source]]"])
    """Digest, name and version → the plan, and a file of each project that holds work under it."""

    def add(self, of: ProjectAddress, newest: Plan, every: Iterable[TaskAsItStands]) -> None:
        """Lay the tasks of a project into files; what nobody has annotated stands with the newest version."""
        with ExitStack() as stack:
            files: dict[str, _File] = {}
            for stands in every:
                if stands.task is None:
                    continue
                for plan, annotations in _by_plan(stands, newest):
                    if (key := _key(plan)) not in files:
                        path = self.folder / f"{len(self.by_version)}-{of.project}-{len(files)}.json"
                        files[key] = _File(plan, path, stack.enter_context(path.open("wb")))
                        self._known(plan).append(Source(str(of), path))
                    files[key].put(stands.task, annotations)
            for file in files.values():
                file.stream.write(b"]")

    def _known(self, plan: Plan) -> list[Source]:
        return self.by_version.setdefault(_key(plan), (plan, []))[1]


def _key(plan: Plan) -> str:
    return f"{plan.guideline} {plan.digest}"


def _by_plan(stands: TaskAsItStands, newest: Plan) -> Iterable[tuple[Plan, list[AnnotationRead]]]:
    found: dict[str, tuple[Plan, list[AnnotationRead]]] = {}
    for item in stands.annotations:
        found.setdefault(_key(item.plan), (item.plan, []))[1].append(item.read)
    return found.values() or [(newest, [])]


def _exported(task: TaskRead, annotations: list[msgspec.Raw]) -> bytes:
    data: Mapping[str, object] = {key: value for key, value in task.data.items() if key not in _LEFT_OUT}
    whole = {"id": task.id, "data": data, "annotations": annotations, "predictions": task.predictions}
    return msgspec.json.encode(whole)
