"""How work is done, step by step, for annotators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.labelstudio.instructions.elements import authored, listed, told
from guidelint.validation.rule.wording import both, full_stop, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.form.guideline import Guideline
    from guidelint.language.form.sections.ai_assistance import AiAssistance
    from guidelint.language.form.sections.procedure import Procedure, Step
    from guidelint.language.form.sections.review import Review
    from guidelint.validation.rule.names import Names

STEPS: Final = "Step by step"
SUGGESTED: Final = "What is suggested to you"
NEW: Final = "What is new"
REVIEW: Final = "Who looks at it after you"
_LOOK: Final = (
    "Look at each suggestion as at a mark of your own: correct it, or delete it. Find everything else yourself."
)
_READING: Final[Mapping[str, str]] = {
    "blinded": "Read without what else is known of the patient.",
    "unblinded": "Read with what else is known of the patient.",
    "sequential": "Read first without what else is known of the patient, then with it.",
}


def changes(guideline: Guideline) -> Iterator[ET.Element]:
    """Tell what is new, where anything is."""
    yield from listed(authored("li", line) for line in guideline.changes)


def steps(procedure: Procedure | None, names: Names) -> Iterator[ET.Element]:
    """Tell how work is done, where a guideline says so."""
    if procedure is None:
        return
    if procedure.reading:
        yield told("p", _READING[procedure.reading])
    if procedure.blinded_to:
        yield told("p", f"Not told to you: {both(procedure.blinded_to)}.")
    numbered = ET.Element("ol", {"dir": "auto"})
    numbers = {name: number for number, name in enumerate(procedure.steps, 1)}
    numbered.extend(_step(step, numbers, names) for step in procedure.steps.values())
    if len(numbered):
        yield numbered


def suggestions(assistance: AiAssistance | None, names: Names) -> Iterator[ET.Element]:
    """Tell which classes are suggested, and by what."""
    if assistance is None:
        return
    models = [f"{model.title} {model.version}" for model in assistance.models.values()]
    suggested = both([names.class_(name) for name in assistance.of])
    yield told("p", f"{both(models) if models else 'A model'} suggests {suggested}. {_LOOK}")


def looked_at(review: Review | None) -> Iterator[ET.Element]:
    """Tell who looks at the work once more, tier by tier, and that accepted work is drawn for it."""
    if review is None:
        return
    before = "of your work"
    for tier in review.tiers.values():
        own = ", also where it is work of their own" if tier.own_work else ""
        yield told("p", f"{tier.who}: {_share(tier.share)} {before}{own}.")
        before = f"of what {tier.who} looked at"
    if review.audit:
        yield told("p", f"Of what was accepted {percent(review.audit.share)} is drawn and looked at again.")


def _share(share: float) -> str:
    return "all" if share == 1 else percent(share)


def _step(step: Step, numbers: Mapping[str, int], names: Names) -> ET.Element:
    item = authored("li", step.do)
    item.extend(listed(told("li", words) for words in _beneath(step, numbers, names)))
    return item


def _beneath(step: Step, numbers: Mapping[str, int], names: Names) -> Iterator[str]:
    yield from (f"Always: {_sentence(line)}" for line in step.shall)
    yield from (f"Never: {_sentence(line)}" for line in step.shall_not)
    if step.record:
        yield f"Answer {both([names.question(name) for name in step.record])}."
    for found, then in step.decide.items():
        yield f"{_without_stop(found)}: go on with step {numbers[then]}."
    if step.checkpoint:
        yield f"Before you go on, {step.checkpoint.who} looks at it: {_sentence(step.checkpoint.check)}"


def _sentence(words: str) -> str:
    return f"{words}{full_stop(words)}"


def _without_stop(words: str) -> str:
    return words.rstrip(". ")
