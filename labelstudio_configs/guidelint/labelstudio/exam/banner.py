"""What whoever takes an exam reads beside the image: that it is handed in, and after the last item what came of it.

Nothing of it tells what is expected of any item. A task of Label Studio shows everybody the same: whoever has finished
is called by name, and what they read is folded away from the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from markupsafe import Markup

from guidelint.labelstudio.writeback.banner import block
from guidelint.labelstudio.writeback.columns import VERDICT
from guidelint.labelstudio.writeback.words import SIGNS
from guidelint.labelstudio.writeback.write_back import WriteBack
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.validation.judging.verdict import Decision


Outcome = Literal["passed", "failed", "undecided"]
_LIKE: Final[Mapping[Outcome, Decision]] = {"passed": "accepted", "failed": "returned", "undecided": "unverified"}
"""Which verdict an outcome looks like."""
_SAID: Final[Mapping[Outcome, str]] = {"passed": "passed.", "failed": "not passed.", "undecided": "not decided yet."}


@dataclass(frozen=True, slots=True)
class ToldResult:
    """What came of an exam, in the words of the one who took it."""

    who: str
    outcome: Outcome
    lines: tuple[str, ...]
    """What is to be read, in sentences."""
    is_open: bool
    """Whether it is what the reader of this task has just brought about; it is folded away otherwise."""


def exam_banner(images: int, handed_in: Sequence[str], results: Sequence[ToldResult]) -> str:
    """Say who has handed in a task of an exam, and what came of it for those who have handed in all."""
    told = "".join(map(_result, sorted(results, key=lambda one: not one.is_open)))
    return told + _neutral(images, handed_in)


def exam_write_back(data: Mapping[str, object], banner: str) -> WriteBack:
    """Write the banner, where it is another than stands."""
    return WriteBack() if data.get(VERDICT, "") == banner else WriteBack(data={**data, VERDICT: banner})


def _neutral(images: int, handed_in: Sequence[str]) -> str:
    if not handed_in:
        return ""
    after = "the image is handed in" if images == 1 else f"all {images} images are handed in"
    said = Markup("<p><b>Handed in</b> by {}. Each reads the result when {}.</p>")
    return block("neutral", said.format(both(handed_in), after))


def _result(told: ToldResult) -> str:
    kind = _LIKE[told.outcome]
    sign = Markup('<span class="glv-sign" aria-hidden="true">{}</span>').format(SIGNS[kind])
    head = Markup("{} {}: <b>{}</b>").format(sign, told.who, _SAID[told.outcome])
    lines = Markup("").join(Markup("<li>{}</li>").format(line) for line in told.lines)
    if told.is_open:
        return block(kind, Markup("<details open><summary>{}</summary><ul>{}</ul></details>").format(head, lines))
    folded = Markup("<details><summary>The result of {}</summary><p>{}</p><ul>{}</ul></details>")
    return block("neutral", folded.format(told.who, head, lines))
