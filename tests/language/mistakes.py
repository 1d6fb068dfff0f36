"""Typical mistakes of writers: a sound guideline, one edit each, and what a writer needs to be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.load import loaded
from guidelint.language.text.problem import GuidelineProblems

if TYPE_CHECKING:
    from guidelint.language.text.problem import Problem

SOUND = """\
guidelint: 1
guideline: thyroid-nodules
version: 1.2.0
title: Thyroid nodules on ultrasound
summary: Nodules are outlined and rated.
images:
  modality: US
  pixel_spacing: {max_mm: 0.5}
classes:
  thyroid:
    title: Thyroid
    definition: The whole gland.
    draw: brush
    color: '#43a047'
  nodule:
    title: Nodule
    definition: A focal lesion of the gland.
    includes:
      - colloid nodules
      - cysts
    excludes:
      - lymph nodes
    draw: polygon
    border: outer
    color: '#e53935'
    count: {max: 12}
    rules:
      diameter-limits: {longest_min_mm: 4, of: object}
      closed-outline: {max_gap_mm: 1}
attributes:
  texture:
    title: Texture
    of: nodule
    choose_one:
      solid: Solid
      cystic: Cystic
      unsure: Cannot tell
    required: true
  suspicion:
    title: Suspicion
    of: nodule
    scale:
      1: Low
      2: Medium
      3: High
    higher_means: more suspicious
    required: true
  quality:
    title: Image quality
    of: image
    choose_one:
      good: Good
      poor: Poor
relations:
  in-thyroid:
    inside: {child: nodule, parent: thyroid, min_fraction: 0.9}
empty_reading:
  means: No nodule in this view.
escalation:
  routes:
    senior: {who: Senior sonographer, within_hours: 48}
  when:
    unsure:
      uncertain-escalates: {attribute: texture, values: [unsure]}
      to: senior
instructions: |
  Outline each nodule.
  Answer every question.
"""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One edit of a sound guideline, and the one message that a writer needs."""

    title: str
    old: str
    new: str
    at: str
    """Part of the line where the writer must edit."""
    cause: str
    """A word that the message must have."""
    remedy: str
    """A word that the advice must have."""
    then: str = ""
    """What is told next, where the mistake hides another problem."""
    sound: str = SOUND
    """The guideline before the edit."""

    @property
    def text(self) -> str:
        """The guideline with the mistake."""
        assert self.old in self.sound, self.title
        return self.sound.replace(self.old, self.new, 1)

    @property
    def line(self) -> int:
        """The line where the writer must edit, from 1."""
        return self.text[: self.text.index(self.at)].count("\n") + 1


HANDED = (
    Mistake("01 a key mistyped", "    title: Nodule", "    titel: Nodule", "titel", "`titel`", "`title`"),
    Mistake("02 a key in other spelling", "    color: '#43", "    colour: '#43", "colour", "`colour`", "`color`"),
    Mistake("03 a colour by name", "'#43a047'", "green", "green", "not a colour", "'#"),
    Mistake("04 a colour without quotes", "'#43a047'", "#43a047", "#43a047", "comment", "quotation marks"),
    Mistake("05 a short colour", "'#43a047'", "'#4a4'", "#4a4", "not a colour", "#44aa44"),
    Mistake("06 limits crossed", "{max: 12}", "{min: 14, max: 12}", "min: 14", "nothing lies between", "greater"),
    Mistake("07 a version of two numbers", "1.2.0", "1.2", "version", "not a version", "`1.2.0`"),
    Mistake("08 a version with a letter", "1.2.0", "v1.2.0", "version", "not a version", "`1.2.0`"),
    Mistake("12 a class mistyped", "of: nodule", "of: nodul", "of: nodul", "not a class", "`nodule`"),
    Mistake("13 a parent mistyped", "parent: thyroid", "parent: thyriod", "parent", "not a class", "`thyroid`"),
    Mistake("14 a tab", "    draw: brush", "\tdraw: brush", "draw: brush", "tab", "4 spaces"),
    Mistake("15 one space less", "    draw: brush", "   draw: brush", "draw: brush", "indent", "4 spaces"),
    Mistake("16 one space more", "    draw: brush", "     draw: brush", "draw: brush", "indent", "4 spaces"),
    Mistake("17 a class twice", "  nodule:\n", "  thyroid:\n", "  thyroid:\n    title: Nodule", "twice", "line 10"),
    Mistake("18 a key twice", "draw: brush\n", "draw: brush\n    draw: polygon\n", "draw: polygon", "twice", "line 13"),
    Mistake("20 no space after a colon", "draw: brush", "draw:brush", "draw:brush", "space", "`draw: brush`"),
    Mistake("21 a colon in a title", "nodules on", "nodules: on", "nodules: on", "colon", "quotation marks"),
    Mistake("23 an apostrophe", "title: Image quality", "title: 'Reader's choice'", "Reader", "apostrophe", "double"),
    Mistake("25 an open brace", "min_fraction: 0.9}", "min_fraction: 0.9", "inside:", "not closed", "`}`"),
    Mistake("26 no space after a dash", "- colloid", "-colloid", "-colloid", "space", "dash"),
    Mistake(
        "27 a rule elsewhere",
        "closed-outline: {max_gap_mm: 1}",
        "inside: {parent: thyroid}",
        "parent: thyroid",
        "everything on one image",
        "relations",
    ),
    Mistake(
        "28 a rule for another tool",
        "draw: brush\n",
        "draw: brush\n    rules: {closed-outline: {}}\n",
        "rules: {",
        "never applies",
        "draw",
    ),
    Mistake(
        "29 a rule at the top",
        "relations:",
        "closed-outline: {max_gap_mm: 1}\nrelations:",
        "closed-outline: {max_gap_mm: 1}\nrel",
        "rule",
        "`rules:`",
    ),
    Mistake("31 a rule mistyped", "closed-outline", "close-outline", "close-outline", "no rule", "`closed-outline`"),
    Mistake("32 a rule underscored", "closed-outline", "closed_outline", "closed_", "no rule", "`closed-outline`"),
    Mistake("34 no such question", "attribute: texture", "attribute: form", "form", "not a question", "`texture`"),
    Mistake("35 no such option", "[unsure]", "[not-sure]", "not-sure", "not an option", "`unsure`"),
    Mistake("36 a title for an option", "[unsure]", "[Cannot tell]", "[Cannot tell]", "title", "`unsure`"),
    Mistake("38 a name in capitals", "  nodule:\n", "  Nodule:\n", "Nodule:\n", "lower-case", "`nodule`"),
    Mistake("39 a name underscored", "in-thyroid", "in_thyroid", "in_thyroid", "hyphens", "`in-thyroid`"),
    Mistake("42 a tool by another name", "draw: brush", "draw: bbox", "bbox", "`bbox`", "`rectangle`"),
    Mistake("43 required: yes", "required: true", "required: yes", "yes", "true or false", "`true`"),
    Mistake(
        "44 a scale without direction",
        "    higher_means: more suspicious\n",
        "",
        "suspicion:",
        "higher number",
        "higher_means",
    ),
    Mistake(
        "45 a scale as a list",
        "\n      1: Low\n      2: Medium\n      3: High",
        " [1, 2, 3]",
        "scale: [",
        "list",
        "`1: ",
    ),
    Mistake(
        "47 a choice as a list",
        "      good: Good\n      poor: Poor",
        "      - Good\n      - Poor",
        "- Good",
        "list",
        "`good: Good`",
    ),
    Mistake("49 both at once", "of: image", "of: [image, nodule]", "of: [", "whole image at once", "two questions"),
    Mistake("50 no definition", "    definition: The whole gland.\n", "", "thyroid:", "definition", "definition:"),
    Mistake("52 an empty definition", " The whole gland.", "", "definition:", "nothing is written", "Write"),
    Mistake("54 another language version", "guidelint: 1", "guidelint: 2", "guidelint", "`2`", "`guidelint: 1`"),
    Mistake("55 no language version", "guidelint: 1\n", "", "guideline:", "guidelint", "`guidelint: 1`"),
    Mistake("56 an empty file", SOUND, "", "", "no guideline", "guidelint: 1"),
    Mistake("57 a comment alone", SOUND, "# todo\n", "", "no guideline", "guidelint: 1"),
    Mistake("58 two documents", SOUND, f"{SOUND}---\n{SOUND}", "---", "second document", "one guideline"),
    Mistake(
        "59 marks of a merge",
        "title: Thyroid nodules on ultrasound\n",
        "<<<<<<< HEAD\ntitle: Nodules\n=======\ntitle: Thyroid\n>>>>>>> other\n",
        "<<<<<<<",
        "merge conflict",
        "delete",
    ),
    Mistake(
        "64 no-break spaces",
        "    draw: brush",
        "\u00a0\u00a0\u00a0\u00a0draw: brush",
        "draw: brush",
        "no-break",
        "spaces",
    ),
    Mistake("66 an option in capitals", "good: Good", "NO: No", "NO:", "lower-case", "`no`"),
    Mistake(
        "68 Markdown",
        SOUND,
        "# Thyroid\n\nOutline each nodule.\n- thyroid\n",
        "Outline",
        "not a guideline",
        "guidelint: 1",
    ),
    Mistake("70 a number for keys", "{max_mm: 0.5}", "0.5", "pixel_spacing", "keys", "max_mm"),
    Mistake("73 hours below zero", "within_hours: 48", "within_hours: -48", "-48", "more than 0", "Write"),
    Mistake("74 hours as text", "within_hours: 48", "within_hours: 48h", "48h", "number", "`48`"),
    Mistake(
        "76 a hotkey twice",
        "    color: '#43a047'\n  nodule:\n",
        "    hotkey: a\n  nodule:\n    hotkey: A\n",
        "hotkey: A",
        "hotkey",
        "another key",
    ),
    Mistake("79 a name for reuse", "  nodule:\n", "  nodule: &n\n", "&n", "reuse", "Delete"),
    Mistake(
        "81 limits crossed by name",
        "longest_min_mm: 4",
        "longest_min_mm: 40, longest_max_mm: 4",
        "longest_min_mm: 40",
        "nothing lies between",
        "greater",
    ),
    Mistake(
        "85 two rules in one criterion",
        "      to: senior",
        "      area-limits: {max_mm2: 500}\n      to: senior",
        "    unsure:\n      uncertain",
        "exactly one rule",
        "entry of its own",
    ),
    Mistake("86 no such level", "max_gap_mm: 1}", "max_gap_mm: 1, level: fatal}", "fatal", "`fatal`", "`error`"),
    Mistake(
        "87 no such status",
        "version: 1.2.0",
        "version: 1.2.0\nstatus: approved",
        "approved",
        "`approved`",
        "`released`",
    ),
    Mistake("88 a date as version", "1.2.0", "2024-01-02", "version", "not a version", "`1.0.0`"),
    Mistake("89 a limit without unit", "longest_min_mm: 4", "min: 4", "min: 4", "`min`", "`longest_min_mm`"),
    Mistake("91 an empty summary", " Nodules are outlined and rated.", "", "summary:", "nothing is written", "Write"),
    Mistake(
        "94 a name of two words",
        "  nodule:\n",
        "  thyroid nodule:\n",
        "thyroid nodule:",
        "hyphens",
        "`thyroid-nodule`",
        then="`nodule` is not a class: it is the title of one",
    ),
    Mistake("95 a question without title", "    title: Image quality\n", "", "quality:", "`title`", "Add `title:`"),
    Mistake(
        "96 when in the wrong place",
        "    required: true\n  suspicion:",
        "    when: {quality: good}\n  suspicion:",
        "when: {quality",
        "`when`",
        "`required:`",
    ),
    Mistake(
        "97 required when no such option",
        "    required: true\n",
        "    required: {when: {quality: well}}\n",
        "well",
        "not an option",
        "`good`",
    ),
    Mistake(
        "a6 bands that do not rise",
        "closed-outline: {max_gap_mm: 1}",
        "geometry-by-size: {bands: [{below_mm: 9, tools: [brush]}, {below_mm: 5, tools: [brush]}, {tools: [polygon]}]}",
        "bands:",
        "small to large",
        "larger",
    ),
    Mistake(
        "a7 a last band with an end",
        "closed-outline: {max_gap_mm: 1}",
        "geometry-by-size: {bands: [{below_mm: 10, tools: [polygon]}]}",
        "bands:",
        "last",
        "below_mm",
    ),
    Mistake("b3 a criterion without route", "      to: senior\n", "", "    unsure:\n      uncertain", "`to`", "senior"),
)
"""The mistakes that were handed over, under their numbers; those about the meaning of parameters are not about text."""


def problems(text: str, *, notes: bool = False) -> tuple[Problem, ...]:
    """List what is told of a text, warnings too, and notes where they are asked for."""
    try:
        return loaded(text, notes=notes).warnings.problems
    except GuidelineProblems as found:
        return found.problems
