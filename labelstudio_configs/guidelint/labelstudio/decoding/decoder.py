"""Label Studio annotation JSON → ``Submission``.

One bad item never costs the others: it is kept as an unreadable item with its reason. Label Studio repeats the whole
geometry of a region with every per-region answer; items are joined by region id and the geometry is read once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.json_record import PayloadError, read
from guidelint.annotation.decoding.parts.answers import about_images
from guidelint.annotation.decoding.parts.taken_out import TakenOut
from guidelint.annotation.decoding.parts.task_data import MAX_IMAGES, TaskData, TaskImage
from guidelint.annotation.submission import Submission
from guidelint.labelstudio.decoding.annotation_facts import facts_of
from guidelint.labelstudio.decoding.items import ItemSorter
from guidelint.labelstudio.decoding.payload import MAX_ITEMS, AnnotationPayload
from guidelint.labelstudio.decoding.regions import RegionMaker
from guidelint.labelstudio.decoding.whole_payload import WholeAnnotation, read_whole

if TYPE_CHECKING:
    import msgspec

    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.imaging.facts import ImageFacts


def decode(annotation: bytes, data: TaskData | TaskImage, vocabulary: Vocabulary, task: str = "") -> Submission:
    """Decode one annotation of one task, given the ``data`` of that task, or what was read of its images from them.

    ``task``: id of the task, where the annotation does not state it. Raises PayloadError when it is no annotation.
    """
    image = data if isinstance(data, TaskImage) else TaskImage(data, vocabulary.image)
    return AnnotationDecoder(vocabulary).submission(annotation, image, task)


class AnnotationDecoder:
    """Decodes any number of annotations under one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._sorter = ItemSorter(vocabulary)
        self._maker = RegionMaker(vocabulary)
        self._taken_out = TakenOut(vocabulary)

    def submission(
        self, annotation: bytes | msgspec.Raw | WholeAnnotation, image: TaskImage, task: str = ""
    ) -> Submission:
        """Decode one annotation. Raises PayloadError when it is no annotation at all."""
        payload = _payload(annotation)
        facts = facts_of(payload)
        if len(payload.result) > MAX_ITEMS:
            raise PayloadError(f"its result has {len(payload.result)} items, more than the {MAX_ITEMS} that are read")
        if image.count > MAX_IMAGES:
            raise PayloadError(f"its task lists {image.count} images, more than the {MAX_IMAGES} that are read")
        items = self._sorter.sort(payload.result)
        regions = self._maker.regions(items, image)
        answers, item_answers = about_images(items.image_answers)
        made = Submission(
            task=task or facts.task,
            annotation=facts.annotation,
            annotator=facts.annotator,
            image=image.facts(next((region.image_shape for region in regions if any(region.image_shape)), (0, 0))),
            regions=self._taken_out.of(regions),
            answers=answers,
            item_answers=item_answers,
            item_count=image.count,
            one_grid=self.vocabulary.one_grid,
            relations=tuple(items.relations),
            unknown_items=tuple(items.unknown),
            unreadable_items=tuple(items.unreadable),
            repeated_items=tuple(items.repeated),
            items_without_id=items.unnamed.count,
            result_items=len(payload.result),
            unread_facts=(*facts.unread, *items.facts.unread),
            skipped=facts.skipped,
            skip_problem=facts.skip_problem,
            lead_time_s=facts.lead_time_s,
            submitted_at=facts.submitted_at,
            updated_at=facts.updated_at,
            parent_prediction=facts.parent_prediction,
            annotator_name=facts.annotator_name,
        )
        return replace(made, item_images=_item_images(made, image)) if made.items else made


def _item_images(submission: Submission, image: TaskImage) -> dict[int, ImageFacts]:
    """Facts of every image of a task with several, in the frame of the first region that states the size of it."""
    shapes = {
        region.image_index: region.image_shape for region in reversed(submission.regions) if any(region.image_shape)
    }
    return {item: image.facts(shapes.get(item, (0, 0)), item) for item in submission.items}


def _payload(annotation: bytes | msgspec.Raw | WholeAnnotation) -> AnnotationPayload | WholeAnnotation:
    if isinstance(annotation, WholeAnnotation):
        return annotation
    return read_whole(annotation, WholeAnnotation) or read(annotation, AnnotationPayload)
