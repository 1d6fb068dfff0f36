"""Several images in one task, each by its name: sequences, views, eyes, time points."""

from typing import Annotated, Literal

from pydantic import Field

from guidelint.language.form.enforced import READ, EnforcedBy
from guidelint.language.form.fields import Line, Name, Written
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.naming import ImageFact, NameOf

ImageKey = Annotated[Name, NameOf("image")]
DataKey = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=64)]
_STATED = EnforcedBy("on submit", "task data that say otherwise are told, and nothing that rests on it is accepted")


class TaskImage(Written):
    """One of the images that a task shows at once."""

    title: Annotated[Line, AlsoCalled("label", "name", "display_name"), READ]
    """Name that annotators see above it."""
    key: Annotated[DataKey | None, EnforcedBy("nothing", "it says where the task data hold the image")] = None
    """Key of the task data that holds it; left out: its name, with `_` for `-`."""
    view: Annotated[Line | None, AlsoCalled("projection", "view_position"), _STATED] = None
    """View that it is in every task, View Position (0018,5101), e.g. PA, LL, CC or MLO."""
    side: Annotated[Literal["left", "right", "both"] | None, AlsoCalled("laterality", "eye"), _STATED] = None
    """Side that it shows in every task, Image Laterality (0020,0062); left is the patient's left."""
    time_point: Annotated[Line | None, AlsoCalled("visit"), _STATED] = None
    """Time point that it is of in every task, e.g. baseline, Clinical Trial Time Point ID (0012,0050)."""
    aliases: Annotated[tuple[Line, ...], EnforcedBy(rules=("known-control",))] = ()
    """Names that other configurations use for it (`to_name`)."""
    keys: Annotated[dict[ImageFact, str], EnforcedBy("nothing", "it says where the task data hold its facts")] = {}
    """Keys of the task data that hold facts of this image alone: fact → key. Left out: its `key`, `_` and the key of
    the fact, e.g. flair_SeriesInstanceUID; what is not there is as for the whole task."""
