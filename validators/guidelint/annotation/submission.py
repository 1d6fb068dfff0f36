"""One submission: everything one annotator handed in for one task."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.annotation.each_once import each_once
from guidelint.annotation.outlines import Outlines
from guidelint.annotation.region import Answer, Region, Value
from guidelint.annotation.unit_slip import UnitSlip, unit_slip
from guidelint.geometry.once import once

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from guidelint.annotation.qualification import Qualification
    from guidelint.imaging.facts import ImageFacts


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one region to another."""

    from_id: str
    to_id: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownItem:
    """A result item that fits no control of the guideline."""

    id: str
    control: str
    to_name: str
    delivered_type: str


@dataclass(frozen=True, slots=True)
class UnreadableItem:
    """A result item that could not be read at all."""

    position: int
    """Position in the ``result`` list, from 0."""
    reason: str


@dataclass(frozen=True, slots=True)
class RepeatedItem:
    """An answer or a relation that says in full what an earlier item has said."""

    position: int
    """Position in the ``result`` list, from 0."""
    first: int
    """Position of the item that it repeats."""


@dataclass(frozen=True, slots=True)
class UnreadFact:
    """A fact beside what was drawn and answered that could not be read, and was left out."""

    name: str
    """Name as delivered, e.g. ``lead_time``."""
    reason: str
    position: int | None = None
    """Position in the ``result`` list, from 0; None: a fact of the annotation itself."""


@dataclass(frozen=True)
class Submission:
    """One annotation of one task, decoded; times are UTC."""

    task: str
    annotation: str
    annotator: str | None
    """Who read it, by what tells them from others: the number of a user, or a reading slot."""
    image: ImageFacts
    regions: tuple[Region, ...] = ()
    """A region that bears several labels, as the guideline allows, stands here once for each of its classes."""
    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    """Answers about the task as a whole, which mostly is one image, by attribute key."""
    item_answers: Mapping[int, Mapping[str, Answer]] = field(default_factory=dict[int, "Mapping[str, Answer]"])
    """Answers about one image of a task with several, by image, from 0."""
    item_images: Mapping[int, ImageFacts] = field(default_factory=dict[int, "ImageFacts"])
    """What is known of each image of a task with several."""
    item_count: int = 0
    """How many images the task lists; 0: it lists none."""
    one_grid: bool = False
    """Whether its images show the same pixels: regions are then compared across them."""
    relations: tuple[Relation, ...] = ()
    unknown_items: tuple[UnknownItem, ...] = ()
    unreadable_items: tuple[UnreadableItem, ...] = ()
    unread_facts: tuple[UnreadFact, ...] = ()
    skip_problem: str = ""
    """Why it cannot be told whether the annotator skipped the task, if it cannot."""
    repeated_items: tuple[RepeatedItem, ...] = ()
    items_without_id: int = 0
    """Regions and answers that were delivered without an id; relations have none."""
    result_items: int = 0
    """Length of the delivered ``result`` list."""
    skipped: bool = False
    lead_time_s: float | None = None
    submitted_at: datetime | None = None
    updated_at: datetime | None = None
    parent_prediction: int | None = None
    annotator_name: str = ""
    """What the annotator is called, where the delivery tells it; it is shown and never kept."""
    qualifications: tuple[Qualification, ...] | None = None
    """Who has passed which exam, the annotator or others, as whoever judges was told; None: nothing was told."""
    previous: Submission | None = None
    """The last stored version of the same annotation."""

    @once
    def drawn(self) -> tuple[Region, ...]:
        """Each region once, whatever classes it is of."""
        return tuple(each_once(self.regions))

    @once
    def outlines(self) -> Outlines:
        """What is known of all its outlines together."""
        return Outlines(self.regions)

    @once
    def items(self) -> tuple[int, ...]:
        """Images of a task with several, from 0: those it lists, that were drawn on or answered about."""
        named = {region.item_index for region in self.regions if region.item_index is not None}
        named.update(self.item_answers, range(self.item_count))
        return tuple(sorted(named.union(region.image_index for region in self.regions) if named else named))

    @property
    def images(self) -> tuple[ImageFacts, ...]:
        """What is known of each image of the task."""
        return tuple(self.item_images.values()) or (self.image,)

    def image_of(self, region: Region) -> ImageFacts:
        """Tell what is known of the image that a region lies on."""
        return self.item_images.get(region.image_index, self.image)

    def answers_around(self, region: Region) -> Mapping[str, Answer]:
        """Answers about the image that a region lies on, and about the task as a whole."""
        of_image = self.item_answers.get(region.image_index)
        return {**self.answers, **of_image} if of_image else self.answers

    def answers_elsewhere(self, region: Region) -> Mapping[str, Answer]:
        """Answers about the same object on other named images of the task, of several images all together."""
        if region.named is None or not region.object_name:
            return {}
        on_images = self._objects.get((region.class_name, region.object_name), ())
        said: dict[str, list[Value]] = defaultdict(list)
        for other in on_images:
            if other.image_index != region.image_index:
                for name, answer in other.answers.items():
                    said[name] += answer.said
        return {name: Answer(name, tuple(dict.fromkeys(values))) for name, values in said.items()}

    def is_marked_on(self, region: Region, images: Collection[str]) -> bool:
        """Whether the object of a region is marked on any of these named images."""
        on_images = self._objects.get((region.class_name, region.object_name or ""), ())
        return any(other.named is not None and other.named.name in images for other in on_images)

    @once
    def _objects(self) -> Mapping[tuple[str | None, str], tuple[Region, ...]]:
        """Sort by their objects the regions that name one, on named images."""
        of: dict[tuple[str | None, str], list[Region]] = defaultdict(list)
        for region in self.regions:
            if region.named is not None and region.object_name:
                of[region.class_name, region.object_name].append(region)
        return {name: tuple(regions) for name, regions in of.items()}

    def by_item(self, regions: Iterable[Region]) -> Iterator[tuple[Region, ...]]:
        """For each image of the task, in their order, those of the regions that lie on it."""
        on_item: dict[int, list[Region]] = {item: [] for item in self.items or (0,)}
        for region in regions:
            on_item[region.image_index].append(region)
        yield from map(tuple, on_item.values())

    def grid_of(self, region: Region) -> int:
        """Tell on which grid of pixels a region lies, from 0: that of its image, unless all images have one."""
        return 0 if self.one_grid else region.image_index

    def by_grid(self, regions: Iterable[Region]) -> Iterator[tuple[Region, ...]]:
        """For each grid of pixels, those of the regions that lie on it: each image has its own, unless all have one."""
        yield from (tuple(regions),) if self.one_grid else self.by_item(regions)

    def title_of(self, item: int) -> str:
        """Tell what people call one image of the task; empty: it has no name."""
        image = self.item_images.get(item)
        return image.named.title if image and image.named else ""

    def named_items(self, names: Iterable[str]) -> tuple[int, ...]:
        """List the images of these names, from 0."""
        wanted = {*names}
        images = self.item_images.items()
        return tuple(item for item, image in images if image.named and image.named.name in wanted)

    @once
    def unit_slips(self) -> tuple[UnitSlip, ...]:
        """Images whose regions seem to be placed in another unit than percent; several rules ask."""
        found = (unit_slip(regions) for regions in self.by_item(self.drawn))
        return tuple(slip for slip in found if slip is not None)

    def of_class(self, class_name: str) -> tuple[Region, ...]:
        """Regions of one class, in delivered order."""
        return self._of_classes.get(class_name, ())

    def marked_on(self, item: int | None) -> frozenset[str | None]:
        """Classes of the regions on one image, or on any for None; on one grid of pixels, all images are one."""
        on_item = self._classes_by_item
        if item is None or self.one_grid:
            return frozenset().union(*on_item.values())
        return on_item.get(item, frozenset())

    @once
    def _classes_by_item(self) -> Mapping[int, frozenset[str | None]]:
        on_item: dict[int, set[str | None]] = defaultdict(set)
        for region in self.regions:
            on_item[region.image_index].add(region.class_name)
        return {item: frozenset(names) for item, names in on_item.items()}

    @once
    def _of_classes(self) -> Mapping[str | None, tuple[Region, ...]]:
        """Sort the regions by class once: some rules ask of each region where those of another class lie."""
        of: dict[str | None, list[Region]] = defaultdict(list)
        for region in self.regions:
            of[region.class_name].append(region)
        return {name: tuple(regions) for name, regions in of.items()}
