"""A result item with a side fact of another type: what is sound in it is kept."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.side_facts import FactReader, degrees, identity, labels
from guidelint.labelstudio.decoding.payload import ItemPayload

if TYPE_CHECKING:
    from guidelint.labelstudio.decoding.payload import LooseItem

RELATION = "relation"


def sound_item(item: LooseItem, position: int, facts: FactReader) -> ItemPayload:
    """Keep what is sound. Raises PayloadError when a relation does not say what it relates."""
    found = len(facts.unread)
    rotation = facts.read("image_rotation", item.image_rotation, degrees, position)
    if len(facts.unread) > found:
        rotation = nan
    sound = ItemPayload(
        type=item.type,
        id=facts.read("id", item.id, identity, position),
        from_name=item.from_name,
        to_name=facts.read("to_name", item.to_name, identity, position) or "",
        original_width=item.original_width,
        original_height=item.original_height,
        image_rotation=rotation,
        origin=item.origin,
        meta=item.meta,
        parent_id=facts.read("parentID", item.parent_id, identity, position),
        item_index=item.item_index,
        value=item.value,
    )
    return _with_ends(sound, item, position, facts) if item.type == RELATION else sound


def _with_ends(sound: ItemPayload, item: LooseItem, position: int, facts: FactReader) -> ItemPayload:
    ends = FactReader()
    sound.from_id = ends.read("from_id", item.from_id, identity)
    sound.to_id = ends.read("to_id", item.to_id, identity)
    if ends.unread:
        raise PayloadError(f"{ends.unread[0].name} cannot be read: {ends.unread[0].reason}")
    sound.labels = facts.read("labels", item.labels, labels, position)
    return sound
