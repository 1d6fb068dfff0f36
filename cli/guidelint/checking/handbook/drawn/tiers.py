"""Tiers of review: who looks at whose work, and at how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from guidelint.labelstudio.instructions.elements import told
from guidelint.validation.rule.wording import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.guideline import Guideline


def tiers(guideline: Guideline) -> Iterator[ET.Element]:
    """Draw the tiers one after the other; nothing where nobody reviews."""
    review = guideline.review
    if review is None:
        return
    drawn = ET.Element("ol", {"class": "hb-tiers"})
    drawn.append(told("li", "Annotator"))
    for tier in review.tiers.values():
        drawn.append(_tier(f"{_share(tier.share)} goes on to", tier.who))
    if review.audit is not None:
        drawn.append(_tier(f"{percent(review.audit.share)} of what is accepted goes on to", "Audit"))
    if len(drawn) > 1:
        yield drawn


def _tier(how: str, who: str) -> ET.Element:
    item = ET.Element("li")
    item.append(told("span", how, "hb-share"))
    item[-1].tail = " "
    item.append(told("strong", who))
    return item


def _share(share: float) -> str:
    return "All of it" if share == 1 else percent(share)
