"""Recorded payloads and a vocabulary for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.vocabulary import AttributeEntry, ClassEntry, Vocabulary
from guidelint.imaging.keys import ImageKeys
from guidelint.labelstudio.decoding.decoder import decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.submission import Submission

FOLDER = Path(__file__).parent.parent / "data" / "label_studio"

VOCABULARY = Vocabulary(
    classes={
        "mass": ClassEntry(title="Mass", tools=("rectangle",), labels=("Mass box",)),
        "node": ClassEntry(title="Lymph node", tools=("ellipse",)),
        "effusion": ClassEntry(title="Pleural effusion", tools=("polygon",), border="outer"),
        "centre": ClassEntry(title="Nodule centre", tools=("keypoint",)),
        "fissure": ClassEntry(title="Fissure line", tools=("vector",)),
        "emphysema": ClassEntry(title="Emphysema", tools=("bitmask",)),
        "ground-glass": ClassEntry(title="Ground-glass nodule", tools=("brush",)),
        "vessel": ClassEntry(title="Vessel", tools=("polygon",), excluded_from="effusion"),
    },
    attributes={
        "margin": AttributeEntry(
            title="Margin", kind="choice", per="region", options={"spiculated": ("Spiculated",), "smooth": ("Smooth",)}
        ),
        "malignancy": AttributeEntry(
            title="Malignancy", kind="scale", per="region", controls=("likely",), options={"1": ("no",), "2": ("yes",)}
        ),
        "long-axis": AttributeEntry(title="Long axis", kind="number", per="region", unit="mm"),
        "remark": AttributeEntry(title="Remark", kind="text", per="region"),
        "quality": AttributeEntry(title="Quality", kind="choice", per="image", options={"limited": ("Limited",)}),
    },
    geometry_controls={
        "rectangle": ("box",),
        "ellipse": ("ell",),
        "polygon": ("poly",),
        "keypoint": ("kp",),
        "vector": ("vec",),
        "bitmask": ("bm",),
        "brush": ("lesion", "br"),
    },
    image=ImageKeys(pixel_spacing="meta.PixelSpacing"),
)


def recorded(name: str) -> Submission:
    """Decode one recorded annotation."""
    payload = msgspec.json.decode((FOLDER / f"{name}.json").read_bytes())
    return decode(msgspec.json.encode(payload["annotation"]), payload["task"]["data"], VOCABULARY)


def submission(*items: object, data: dict[str, object] | None = None, **annotation: object) -> Submission:
    """Decode an annotation made of these result items."""
    raw = msgspec.json.encode({"id": 7, "task": 3, "completed_by": 5, "result": items, **annotation})
    return decode(raw, data or {}, VOCABULARY)


def item(type_: str, control: str, value: Mapping[str, object], **more: object) -> dict[str, object]:
    """Make a result item on an image of 200 × 100 pixels."""
    return {
        "id": "r1",
        "type": type_,
        "from_name": control,
        "to_name": "image",
        "original_width": 200,
        "original_height": 100,
        "value": value,
        **more,
    }
