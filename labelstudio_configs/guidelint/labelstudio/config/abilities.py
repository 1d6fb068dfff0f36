"""What Label Studio's Community edition holds annotators to by itself, by control and attribute of its editor.

Read in the editor's sources of Label Studio 1.23.2 and tried in the editor.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.config.questions import insists
from guidelint.language.compile.target import Able

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.form.enforced import Ability
    from guidelint.language.form.guideline import Guideline
    from guidelint.language.text.tree import KeyPath

ABILITIES: Final[Mapping[Ability, Able]] = MappingProxyType(
    {
        "answer forbidden": Able(None, "the editor hides a question, and keeps what was answered before"),
        "answer of a question": Able("in the editor", "Choices offers these answers and no others"),
        "answer required": Able("before submit", "`required` of the control: it is not submitted without an answer"),
        "answer required of what waits": Able(None, "the editor would insist on it, whatever was answered"),
        "classes of a tool": Able("in the editor", "each tool has its own labels, which draw nothing else"),
        "classes of an image": Able("in the editor", "each image has its own labels, which draw on no other"),
        "classes to choose": Able("in the editor", "Label: a region has one of these labels"),
        "images of a task": Able("in the editor", "an Image for each, side by side"),
        "length of a text": Able(None, "TextArea takes texts of any length"),
        "looks of a class": Able("in the editor", "Label is shown so"),
        "nothing handed in": Able("before submit", "the project's `enable_empty_annotation`"),
        "number of regions": Able(None, "`maxUsages` knows no fewest, and counts each tool by itself"),
        "pictures of a text": Able("in the editor", "pictures of other hosts are left out of the instructions"),
        "question of a class": Able("in the editor", "`whenLabelValue` of the control: it is shown for these only"),
        "question of an image": Able("in the editor", "each image that is asked has a control of its own"),
        "question that waits": Able("in the editor", "`visibleWhen` of the control: it is shown only then"),
        "range of a number": Able("before submit", "`min`, `max` and `step` of Number"),
        "readers of a task": Able(None, "the project's `maximum_annotations` would undo what escalations asked for"),
        "several classes of a region": Able("in the editor", "`choice` of the labels: a region takes several"),
        "view of an image": Able(None, "the editor shows pictures of 8 bits, with brightness and contrast only"),
        "who works": Able(None, "the Community edition has no roles, no assignment and no review"),
    }
)


class LabelStudio:
    """Label Studio as a target of guidelines."""

    name = "Label Studio, Community edition"

    def able(self, ability: Ability, guideline: Guideline, path: KeyPath) -> Able:
        """Tell what the editor does; a question about the whole image may wait for an option and still be required."""
        if ability == "answer required of what waits" and insists(guideline.attributes[str(path[1])], guideline):
            return ABILITIES["answer required"]
        if ability == "nothing handed in" and guideline.empty_reading.means is not None:
            return Able("in the editor", ABILITIES[ability].how + ": it takes work in which nothing is marked")
        if path[0] == "attributes" and not guideline.attributes[str(path[1])].is_entered:
            return Able("in the editor", "nobody is asked: it has no control")
        return ABILITIES[ability]
