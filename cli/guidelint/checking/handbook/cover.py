"""What stands in front: what the guideline is, who wrote it and answers for it, and by which digest it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.instructions.elements import authored, listed, told
from guidelint.labelstudio.instructions.narrowed import narrowed
from guidelint.labelstudio.instructions.part import Part
from guidelint.language.form.places.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from guidelint.language.form.guideline import Guideline
    from guidelint.language.form.sections.provenance import Author
    from guidelint.validation.judging.plan import Plan

_NOBODY: Final = "No approval is recorded."


def cover(guideline: Guideline, plan: Plan) -> Part:
    """Tell what the guideline is before anything that it says."""
    rows = {name: list(content) for name, content in _rows(guideline, plan)}
    return Part("cover", guideline.title, tuple(_lead(guideline)), rows, is_authored=True)


def _lead(guideline: Guideline) -> Iterator[ET.Element]:
    if where := standing(guideline):
        yield told("p", f"This guideline is {where}.", "hb-standing")
    yield authored("p", guideline.summary, "hb-summary")
    yield from narrowed(guideline)


def _rows(guideline: Guideline, plan: Plan) -> Iterator[tuple[str, list[ET.Element]]]:
    yield "Guideline", [told("div", guideline.name)]
    yield "Version", [told("div", _version(guideline))]
    if guideline.effective:
        yield "In force from", [told("div", guideline.effective)]
    if guideline.authors:
        yield "Authors", list(listed(authored("li", _author(one)) for one in guideline.authors))
    yield "Approved by", _approvals(guideline)
    if guideline.licence:
        yield "Licence", [authored("div", guideline.licence)]
    digest = told("div", plan.text_digest or guideline.text_digest, "hb-digest")
    yield "Digest of the text", [digest, told("div", "SHA-256. Another text has another digest.", "gli-note")]


def _version(guideline: Guideline) -> str:
    instead = f", in place of {guideline.supersedes}" if guideline.supersedes else ""
    return f"{guideline.version} ({guideline.status.replace('-', ' ')}){instead}"


def _author(author: Author) -> str:
    where = f", {author.affiliation}" if author.affiliation else ""
    return f"{author.name}{where}{f' (ORCID {author.orcid})' if author.orcid else ''}"


def _approvals(guideline: Guideline) -> list[ET.Element]:
    if not guideline.approvals:
        return [told("div", _NOBODY, "gli-note")]
    lines = (f"{one.name}, {one.role}, {one.date}: {one.means}" for one in guideline.approvals)
    return list(listed(authored("li", line) for line in lines))
