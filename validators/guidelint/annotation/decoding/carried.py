"""What a format can carry beside marks and their labels; a rule that rests on what is not carried is not judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Carried = Literal[
    "answers",
    "relations",
    "annotators",
    "skipped work",
    "unfinished work",
    "lead time",
    "origins",
    "object names",
    "separate objects",
    "region ids",
    "controls",
    "image rotation",
    "places in percent",
    "earlier versions",
]
WORDS: Mapping[Carried, str] = {
    "answers": "answers to questions",
    "relations": "links between regions, and which region is the parent of which",
    "annotators": "who annotated",
    "skipped work": "tasks that an annotator skipped",
    "unfinished work": "tasks without an annotation, drafts, proposals of a model",
    "lead time": "how long the work took",
    "origins": "whether a person or a model drew a region",
    "object names": "the name that joins the regions of one object over the slices of a series",
    "separate objects": "which pixels of a class on an image are one object, and which another",
    "region ids": "ids of regions",
    "controls": "names of the controls that regions were drawn and questions answered with",
    "image rotation": "how the viewer was turned",
    "places in percent": "places in percent of the image (it counts pixels)",
    "earlier versions": "the version of an annotation before its last correction",
}
EVERYTHING: frozenset[Carried] = frozenset(get_args(Carried))
