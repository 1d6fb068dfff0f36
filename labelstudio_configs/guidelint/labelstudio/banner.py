"""What an annotator reads in Label Studio after Submit: a status, a plain sentence, and the banner above the image.

The banner is HTML, because Label Studio's ``Markdown`` tag shows HTML as it is and Markdown would read ``*`` and ``_``
inside a guideline's own words. Everything that is not ours is escaped. It stays one block: no blank line may stand in
it, or what follows would be read as Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from guidelint.validation.verdict import Decision, Escalation, Verdict, returns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidelint.validation.finding import Finding, RegionRef
    from guidelint.validation.plan import Route

SHOWN = 8
"""So many findings are shown at once; the others fold away."""
SUMMARY_LENGTH = 300
"""Longest summary in characters."""

COLOURS: Mapping[Decision, str] = {
    "returned": "#b3261e",
    "escalated": "#8a4b00",
    "unverified": "#5f4b8b",
    "accepted": "#1b6e3c",
    "skipped": "#5a5a5a",
}
"""Colour of the first words; each has a contrast of at least 5 : 1 on white."""


@dataclass(frozen=True, slots=True)
class Banner:
    """One verdict in words."""

    status: str
    """Value of ``gl_status``: what the Data Manager filters on."""
    summary: str
    """Plain text for a column of the Data Manager."""
    html: str
    """What stands above the image."""


BLANK = Banner("", "", "")
"""Nothing has been submitted."""

NEUTRAL_SUMMARY = "Another reader is asked for. Please read this image on your own."


def banner_of(verdict: Verdict, routes: Mapping[str, Route], *, back_in_queue: bool = False) -> Banner:
    """Say one verdict to the one who submitted.

    ``back_in_queue``: the annotation was taken out and its regions stand prefilled in the label stream.
    """
    head = _head(verdict, routes)
    after = _after(verdict, back_in_queue=back_in_queue)
    last = Markup("<p>{} <small>{}</small></p>").format(after, _plain(verdict.guideline))
    blocks = [_title(verdict.decision, head), *_bodies(verdict), last]
    return Banner(verdict.decision, _summary(head, verdict), _one_block(blocks))


def neutral_banner(status: str) -> Banner:
    """Say nothing of earlier readings to the next reader; only the status stays for the manager's tabs."""
    text = Markup("<p><b>Please read this image on your own.</b> Other readings of it are not shown.</p>")
    return Banner(status, NEUTRAL_SUMMARY, _one_block([text]))


def _head(verdict: Verdict, routes: Mapping[str, Route]) -> str:
    match verdict.decision:
        case "returned":
            count = len(verdict.to_change)
            return f"Returned: {count} thing{'' if count == 1 else 's'} to change.{_open_questions(verdict)}"
        case "escalated":
            return " ".join(("Escalated.", *(_promise(item, routes) for item in verdict.escalations)))
        case "unverified":
            return "Could not be checked completely."
        case "accepted":
            return "Accepted."
        case "skipped":
            return "Skipped: this image was not judged."


def _open_questions(verdict: Verdict) -> str:
    """Say to the manager, who filters on the decision alone, that there is more to see to."""
    count = len(verdict.not_checked)
    return f" {count} thing{'' if count == 1 else 's'} could not be checked." if count else ""


def _promise(escalation: Escalation, routes: Mapping[str, Route]) -> str:
    route = routes.get(escalation.route)
    if route is None:
        return f"It goes to {escalation.route}."
    within = f" within {_duration(route.within_hours)}" if route.within_hours else ""
    return f"{_with_article(route.who)} will look at this{within}."


def _with_article(who: str) -> str:
    """Begin a sentence with a role: ``Thoracic radiologist`` becomes ``A thoracic radiologist``; names stay."""
    first, _, rest = who.partition(" ")
    is_name = first[1:2].isupper() or any(word[:1].isupper() for word in rest.split())
    if is_name or first.lower() in {"a", "an", "the", "two", "another"}:
        return who[:1].upper() + who[1:]
    role = who[:1].lower() + who[1:]
    return f"{'An' if role[:1] in 'aeiou' else 'A'} {role}"


def _duration(hours: float) -> str:
    return f"{hours * 60:.0f} min" if hours < 1 else f"{hours:g} h"


def _after(verdict: Verdict, *, back_in_queue: bool) -> str:
    match verdict.decision:
        case "returned" if back_in_queue:
            return "It is back in the queue with all its regions: correct it and press Submit."
        case "returned":
            return "Correct it and press Update."
        case "escalated" if not any(finding.do for finding in verdict.findings):
            return "There is nothing for you to change."
        case "unverified":
            return "That is nobody's fault: a manager is told and sees to it."
        case _:
            return ""


def _title(decision: Decision, head: str) -> Markup:
    return Markup('<p><b style="color:{}">{}</b></p>').format(COLOURS[decision], _plain(head))


def _bodies(verdict: Verdict) -> Iterable[Markup]:
    """Write lists of findings, the most urgent first."""
    escalating = [item for item in verdict.findings if item.outcome == "departs" and item.escalates_to]
    advice = [
        item for item in verdict.findings if item.outcome == "departs" and not item.escalates_to and not returns(item)
    ]
    yield from _list("", verdict.to_change)
    yield from _list("Could not be checked; a manager sees to it:" if verdict.to_change else "", verdict.not_checked)
    yield from _list("" if verdict.decision == "escalated" else "Somebody else will also look at:", escalating)
    yield from _list("Worth a second look; it does not send the image back:", advice)


def _list(lead: str, findings: Iterable[Finding]) -> Iterable[Markup]:
    said = [_sentence(finding) for finding in findings]
    if not said:
        return
    if lead:
        yield Markup("<p>{}</p>").format(lead)
    if len(said) == 1:
        yield Markup("<p>{}</p>").format(said[0])
        return
    yield _numbered(said[:SHOWN], 1)
    if said[SHOWN:]:
        more = _numbered(said[SHOWN:], SHOWN + 1)
        yield Markup("<details><summary>{} more</summary>{}</details>").format(len(said) - SHOWN, more)


def _numbered(said: list[Markup], start: int) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(item) for item in said)
    return Markup('<ol start="{}">{}</ol>').format(start, items)


def _sentence(finding: Finding) -> Markup:
    """Region, what was measured against what limit, what to do next, and where the guideline asks for it."""
    between = Markup(", ") if finding.unnamed else Markup(" and ")
    where = between.join(_region(ref) for ref in finding.named_regions) + finding.unnamed
    message = Markup("").join(
        Markup("<b>{}</b>").format(_plain(part.text)) if part.is_evidence else escape(_plain(part.text))
        for part in finding.parts
    )
    text = Markup("{}: {}").format(where, message) if where else _capital(message)
    if not text.endswith((".", "!", "?")):
        text += "."
    if finding.do:
        text += Markup(" → {}").format(_plain(finding.do))
    if finding.clause:
        text += Markup(" <small>§ {}</small>").format(_plain(finding.clause))
    return text


def _region(ref: RegionRef) -> Markup:
    name = ref.title.removeprefix(f"Region {ref.number}").strip()
    return Markup("Region {} <i>{}</i>").format(ref.number, _plain(name)) if ref.number else escape(_plain(ref.title))


def _capital(message: Markup) -> Markup:
    return message if message.startswith("<") else Markup(message[:1].upper() + message[1:])  # noqa: S704 - escaped


def _summary(head: str, verdict: Verdict) -> str:
    first = next(iter((*verdict.to_change, *verdict.not_checked, *verdict.findings)), None)
    if first is None or verdict.decision == "accepted":
        return head
    between = ", " if first.unnamed else " and "
    where = between.join(ref.title for ref in first.named_regions) + first.unnamed
    text = f"{head} {where}: {first.message}." if where else f"{head} {first.message[:1].upper()}{first.message[1:]}."
    text = _plain(f"{text} {first.do}".strip())
    return text if len(text) <= SUMMARY_LENGTH else text[: SUMMARY_LENGTH - 1] + "…"


def _plain(text: str) -> str:
    """Text on one line, so that no blank line can end the HTML block."""
    return " ".join(text.split()) if "\n" in text or "\r" in text else text


def _one_block(blocks: Iterable[Markup]) -> str:
    return str(Markup("<div>{}</div>").format(Markup("").join(blocks)))
