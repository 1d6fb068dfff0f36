"""Readings of a chest radiograph as Label Studio stores them, and what their verdict says above the image."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.labelstudio.decoding.decoder import AnnotationDecoder
from guidelint.labelstudio.writeback.banner import banner_of
from guidelint.validation.judging.judge import judge

if TYPE_CHECKING:
    from tests.labelstudio.chest import Chest

    from guidelint.annotation.submission import Submission
    from guidelint.validation.judging.verdict import Verdict

Item = Mapping[str, object]
Items = Sequence[Item]

PLACES: Final = ((20, 30), (20, 45), (20, 60), (60, 30), (60, 45), (60, 60))
"""Upper left corners of regions, in percent of the image."""
ROUND: Final = ((0, 0), (12, 0), (12, 10), (0, 10))
CROSSED: Final = ((0, 0), (12, 10), (12, 0), (0, 10))
SIDE: Final = 512


def regions(asked: Chest, count: int, *, crossed: bool = False, without: Sequence[str] = ()) -> list[Item]:
    """So many outlines of the class in the middle, all questions answered but those that are left out."""
    shape = CROSSED if crossed else ROUND
    class_name = asked.key(asked.titles[len(asked.titles) // 2])
    items: list[Item] = []
    for number, (x, y) in enumerate(PLACES[:count], 1):
        place = {"points": [[x + dx, y + dy] for dx, dy in shape], "closed": True}
        items.append(item_of(f"r{number}", "polygon", "polygonlabels", {**place, "polygonlabels": [class_name]}))
        items.extend(
            item_of(f"r{number}", asked.question(title), "choices", {**place, "choices": [_middle(asked, title)]})
            for title in asked.of_region
            if title not in without
        )
    return items


def answers(asked: Chest) -> list[Item]:
    """All questions about the image, answered."""
    return [
        {
            "id": f"i-{asked.question(title)}",
            "from_name": asked.question(title),
            "to_name": "image",
            "type": "choices",
            "value": {"choices": [asked.option(title, options[0])]},
        }
        for title, options in asked.of_image.items()
    ]


def twelve_findings(asked: Chest) -> Items:
    """Six outlines whose last two questions are not answered: twelve findings of two kinds."""
    return [*regions(asked, 6, without=list(asked.of_region)[-2:]), *answers(asked)]


def one_finding(asked: Chest) -> Items:
    """One outline that crosses itself."""
    return [*regions(asked, 1, crossed=True), *answers(asked)]


def read(asked: Chest, items: Items) -> Submission:
    """Decode a reading as the service would."""
    vocabulary = asked.plan().vocabulary
    raw = msgspec.Raw(msgspec.json.encode({"id": 1, "result": items}))
    return AnnotationDecoder(vocabulary).submission(
        raw, TaskImage({"Rows": SIDE, "Columns": SIDE}, vocabulary.image), "1"
    )


def judged(asked: Chest, items: Items) -> Verdict:
    """Judge a reading as the service would."""
    return judge(asked.plan(), read(asked, items))


def verdict_html(asked: Chest, items: Items) -> str:
    """What stands above the image once a reading was judged."""
    return banner_of(judged(asked, items), asked.plan().routes)


def _middle(asked: Chest, title: str) -> str:
    options = asked.of_region[title]
    return asked.option(title, options[len(options) // 2])


def item_of(region: str, control: str, kind: str, value: Item) -> Item:
    """One item of a result: a shape or an answer."""
    frame = {"original_width": SIDE, "original_height": SIDE, "image_rotation": 0, "to_name": "image"}
    return {**frame, "id": region, "from_name": control, "type": kind, "value": value, "origin": "manual"}
