"""What an annotator reads beside the image in Label Studio after Submit: the banner.

The banner is HTML, because Label Studio's ``Markdown`` tag shows HTML as it is and Markdown would read ``*`` and ``_``
inside a guideline's own words. Everything that is not ours is escaped. It stays one block: no blank line may stand in
it, or what follows would be read as Markdown. Its colours come from the style sheet of the labeling config, by class.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from guidelint.labelstudio.writeback.lines import line
from guidelint.labelstudio.writeback.words import NOT_YET, SIGNS, Words, next_step, words_of
from guidelint.validation.judging.groups import groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.labelstudio.writeback.words import Asked
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Route
    from guidelint.validation.judging.verdict import Verdict


_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")
"""All that parts words but the spaces that keep a number and its unit together."""
MOST_LINES = 100
"""So many stand under one lead: nobody mends more at once, and every browser that opens the task loads them."""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one lead."""

    lead: str
    lines: tuple[Markup, ...]
    more: int = 0
    """Lines that it would have besides."""


def banner_of(
    verdict: Verdict,
    routes: Mapping[str, Route],
    *,
    back_in_queue: bool = False,
    asked: Asked = NOT_YET,
    about: str = "",
) -> str:
    """Say one verdict to the one who submitted.

    ``back_in_queue``: the annotation was taken out and its regions stand prefilled in the label stream. ``about``: what
    it is about, where that is not what was just handed in.
    """
    words = words_of(verdict, routes, asked)
    sections = [section for section in _sections(verdict) if section.lines]
    version = Markup("<small>{}</small>").format(verdict.guideline)
    end = Markup(" ").join(filter(None, (escape(next_step(verdict, back_in_queue=back_in_queue)), version)))
    made = (
        _folded(words, sections, end, about)
        if sum(len(item.lines) for item in sections) > 1
        else _open(words, sections, end, about)
    )
    return block(verdict.decision, made)


def banner_above(verdict: Verdict, routes: Mapping[str, Route], asked: Asked) -> str:
    """Say a verdict on what lies above one submission: the task with all its readings, a series, a patient."""
    kind = verdict.subject.kind
    about = "All readings together:" if kind == "task" else f"The {kind}, as far as it is read:"
    said = banner_of(verdict, routes, asked=asked, about=about) if verdict.findings else ""
    return said + _awaited_banner(verdict)


def _awaited_banner(verdict: Verdict) -> str:
    """Say that something is not told yet; nothing of what it may be, which the next task may take back."""
    if verdict.awaited is None:
        return ""
    what, awaited = escape(f"The {verdict.subject.kind} is judged as a whole once all of it is in:"), verdict.awaited
    return block("neutral", Markup("<p>{} <b>{}</b>.</p>").format(what, str(awaited)))


def neutral_banner() -> str:
    """Say nothing of earlier readings to the next reader."""
    text = Markup("<p><b>Please read this image on your own.</b> Other readings of it are not shown.</p>")
    return block("neutral", text)


def held_banner() -> str:
    """Say that a task is held, and nothing of why: others read it afterwards."""
    text = Markup("<p><b>This task is held.</b> Please leave it to whoever is asked to look at it.</p>")
    return block("neutral", text)


def _sections(verdict: Verdict) -> Iterator[Section]:
    """Gather what is to be read under its leads, the most urgent first."""
    yield _section("", verdict.to_change)
    yield _section("Could not be checked; a manager sees to it:" if verdict.to_change else "", verdict.not_checked)
    yield _section("" if verdict.decision == "escalated" else "Somebody else will also look at:", verdict.escalating)
    yield _section("Also noticed; it does not send the image back:", verdict.noticed)
    yield _section("Follows from the answers:", verdict.derived)


def _section(lead: str, findings: Iterable[Finding]) -> Section:
    told = groups(findings)
    return Section(lead, tuple(map(line, told[:MOST_LINES])), len(told[MOST_LINES:]))


def _open(words: Words, sections: Iterable[Section], end: Markup, about: str) -> Markup:
    """Say what there is in a paragraph: it is one thing at most."""
    if not sections:
        return Markup("<p>{} {}</p>").format(_head(words, about), end)
    said = Markup(" ").join(Markup("{} {}").format(item.lead, *item.lines) for item in sections)
    return Markup("<p>{} {}</p><p>{}</p>").format(_head(words, about), said, end)


def _folded(words: Words, sections: Iterable[Section], end: Markup, about: str) -> Markup:
    """Fold several things away under one line, so that they do not push the image out of sight."""
    inside = Markup("").join(map(_listed, sections))
    return Markup("<details><summary>{}</summary>{}<p>{}</p></details>").format(_head(words, about), inside, end)


def _listed(section: Section) -> Markup:
    more = [f"and {section.more:,} more"] if section.more else []
    items = Markup("").join(Markup("<li>{}</li>").format(item) for item in (*section.lines, *more))
    lead = Markup("<p>{}</p>").format(section.lead) if section.lead else ""
    return Markup("{}<ul>{}</ul>").format(lead, items)


def _head(words: Words, about: str) -> Markup:
    """Begin with a sign and a word: the colour is never all that tells a decision; the sign is not read out."""
    sign = Markup('<span class="glv-sign" aria-hidden="true">{}</span>').format(SIGNS[words.decision])
    lead = f"{about} " if about else ""
    return Markup("{} {}<b>{}</b>{}").format(sign, lead, words.stressed, words.rest)


def block(kind: str, inside: Markup) -> str:
    """Make one block that is read out when it changes; no line break in it can end the HTML."""
    block = Markup('<div class="glv glv-{}" role="status">{}</div>').format(kind, inside)
    return _BREAKS.sub(" ", block).strip()
