"""What an example shows, image by image: one, the slices of a series, the images of a task, or what several read."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.checking.handbook.pictures.answered import derived_told
from guidelint.checking.handbook.pictures.scene import Scene
from guidelint.checking.handbook.pictures.view import view_of
from guidelint.labelstudio.decoding.decoder import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.checking.examples.run import Prepared
    from guidelint.checking.handbook.pictures.scene import Backdrop
    from guidelint.geometry.spacing import Spacing
    from guidelint.imaging.given import Given
    from guidelint.language.examples.form import Picture, Visit
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Plan


@dataclass(frozen=True)
class ExampleScenes:
    """Reads what is drawn in an example."""

    guideline: Guideline
    plan: Plan
    prepared: Prepared
    given: Given
    deciding: Finding | None
    """What its verdict rests on; None: on nothing that was found."""
    backdrop: Callable[[str, Picture | None], Backdrop | None]
    """Gives the picture behind a named image, or behind the only one: the empty name; of a visit, that of its own."""

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """Give a scene for each image, seen as one is; none where nothing is drawn on any."""
        found = tuple(scene for number, read in enumerate(self._submissions(), 1) for scene in self._of(read, number))
        every = [region for scene in found for region in scene.regions]
        if not every:
            return ()
        if len({region.image_shape for region in every}) == 1:
            return tuple(replace(scene, view=view_of(every)) for scene in found)
        return tuple(replace(scene, view=view_of(scene.regions)) for scene in found if scene.regions)

    def _submissions(self) -> Iterator[Submission]:
        for line in self.prepared.tasks.splitlines():
            task: dict[str, Any] = json.loads(line)
            image = TaskImage(task["data"], self.plan.vocabulary.image, self.given)
            for annotation in task["annotations"]:
                yield decode(json.dumps(annotation).encode(), image, self.plan.vocabulary, str(task["id"]))

    def _of(self, read: Submission, number: int) -> Iterator[Scene]:
        example = self.prepared.found.example
        if example.visits:
            label, visit = _of_visit(example.visits, number)
            scene = self._scene(read, read.regions, label, picture=visit.image)
            yield replace(scene, answers=tuple(derived_told(visit.derived, self.guideline)))
        elif example.slices:
            yield self._scene(read, read.regions, f"Slice {number}")
        elif example.readings:
            yield self._scene(read, read.regions, example.readings[number - 1].reader)
        elif any(region.named for region in read.regions):
            for _, several in groupby(sorted(read.regions, key=_image), _image):
                regions = tuple(several)
                named = regions[0].named
                yield self._scene(read, regions, named.title if named else "", named.name if named else "")
        else:
            yield self._scene(read, read.regions)

    def _scene(
        self,
        read: Submission,
        regions: tuple[Region, ...],
        label: str = "",
        image: str = "",
        picture: Picture | None = None,
    ) -> Scene:
        subjects = [
            one
            for one in (self.deciding.regions if self.deciding else ())
            if one.task in {"", read.task} and one.annotation in {"", read.annotation}
        ]
        is_meant = not label or any(one.id in {region.id for region in regions} for one in subjects)
        place = self.deciding.place if self.deciding and is_meant else None
        return Scene(
            regions=regions,
            subjects=frozenset(one.id for one in subjects if one.id),
            places=(place,) if place else (),
            spacing_mm=_square_mm(read.image.spacing or next((one.spacing for one in regions), None)),
            backdrop=self.backdrop(image, picture),
            label=label,
        )


def _of_visit(visits: Sequence[Visit], number: int) -> tuple[str, Visit]:
    """Name an image of several visits, counted from 1, by its visit and its slice; and give the visit."""
    images = [
        (f"{one.time_point or f'Day {one.day}'}{f', slice {at}' if one.slices else ''}", one)
        for one in visits
        for at in range(1, len(one.slices or (0,)) + 1)
    ]
    return images[number - 1]


def _image(region: Region) -> int:
    return region.image_index


def _square_mm(spacing: Spacing | None) -> float | None:
    return spacing.column_mm if spacing is not None and spacing.row_mm == spacing.column_mm else None
