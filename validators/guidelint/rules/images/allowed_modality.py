"""The rule ``allowed-modality``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import ImageFacts
from guidelint.validation.rule.case import Case, Handed
from guidelint.validation.rule.parameters.modality import Modality
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import either
from guidelint.validation.scopes.image import ImageRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class AllowedModality(ImageRule):
    """The image was made by a modality that the guideline is about.

    ## Why
    A class defined on CT means something else on MR. Images slip in when folders are filled by hand.

    ## How it is measured
    Modality (0008,0060) of the image, as delivered with the task, is one of those listed.

    ## Source
    DICOM PS3.3, C.7.3.1.1.1.
    """

    modality: Annotated[tuple[Modality, ...], Field(min_length=1), From("images.modality")]
    """Allowed values of Modality (0008,0060)."""

    follows = "images.modality"
    says = {
        "other": Says(
            "the image was made by {modality}; the guideline is about images made by {allowed}",
            "Tell the person who chose the images.",
            "Leave the image out, or tell the person who chose the images.",
            beyond_reach=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"The image was made by {either(self.modality)}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"the image was made by anything but {either(self.modality)}"

    def check(self, image: ImageFacts) -> Iterator[Departure]:
        """Look the modality up."""
        if image.modality is None:
            why = image.unknown.get("modality")
            raise NotMeasurable(f"the modality of the image is not {f'known: {why}' if why else 'stated'}")
        if image.modality not in self.modality:
            source = image.sources.get("modality")
            found = f"{image.modality} ({source})" if source else image.modality
            yield self.departs("other", modality=found, allowed=" or ".join(self.modality))

    cases = (
        Case("a modality of the list", {"modality": ["CT", "MR"]}, "#"),
        Case(
            "another modality",
            {"modality": ["CT", "PT"]},
            "#",
            finds="was made by MR; the guideline is about images made by CT or PT",
            modality="MR",
        ),
        Case(
            "another modality, by a header beside the task data",
            {"modality": ["CT"]},
            (
                Handed(
                    draws="#",
                    image=ImageFacts(modality="MR", sources={"modality": "DICOM (0008,0060) of scan/12.dcm"}),
                ),
            ),
            finds="was made by MR (DICOM (0008,0060) of scan/12.dcm); the guideline is about images made by CT",
        ),
        Case(
            "told by no row of a table beside the task data",
            {"modality": ["CT"]},
            (Handed(draws="#", image=ImageFacts(unknown={"modality": "images.csv tells nothing of this image"})),),
            cannot="the modality of the image is not known: images.csv tells nothing of this image",
        ),
        Case("not stated", {"modality": ["CT"]}, "#", cannot="modality of the image is not stated", modality=None),
    )
