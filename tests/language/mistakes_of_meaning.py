"""Mistakes in what parameters mean: names, numbers and pairs that are well-formed and switch judgement off."""

from __future__ import annotations

from functools import partial

from tests.language.mistakes import Mistake
from tests.language.mistakes_of_settings import SOUND_SETTINGS

Of_fundus = partial(Mistake, sound=SOUND_SETTINGS)
_INSIDE = "inside: {child: nodule, parent: thyroid, min_fraction: 0.9}"
_UNSURE = "uncertain-escalates: {attribute: texture, values: [unsure]}"
_DIAMETER = "longest_min_mm: 4,"
_GAP = "closed-outline: {max_gap_mm: 1}"
_BOTH_REQUIRED = """\
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
"""


def _and_rules(rules: str) -> str:
    """Rules on the whole submission, before the relations."""
    return f"rules:\n  {rules}\nrelations:"


def _pieces(limits: str) -> tuple[str, str]:
    """Rules on the painted class, in place of none."""
    return "draw: brush\n", f"draw: brush\n    rules: {{single-piece: {{{limits}}}}}\n"


def _also(relation: str) -> str:
    """One more relation, before the other."""
    return f"relations:\n  also: {{{relation}}}"


HANDED_MEANING = (
    Mistake("71 a modality in full", "modality: US", "modality: Computed tomography", "Comp", "no modality", "`CT`"),
    Mistake(
        "80 inside and apart",
        "relations:",
        _also("separate: {pairs: [[nodule, thyroid]]}"),
        "also:",
        "must not overlap",
        "Take the pair out",
    ),
    Mistake("82 at_most on a choice", "values: [unsure]", "at_most: 2", "at_most", "compares numbers", "`values:`"),
    Mistake("a1 more than all", "min_fraction: 0.9", "min_fraction: 1.5", "1.5", "a share", "0.015"),
    Mistake("a2 a size below zero", _DIAMETER, "longest_min_mm: -4,", "-4", "at least 0, not -4", "at least 0"),
    Mistake("a9 none and one", "{max: 12}", "{min: 1, max: 12}", "min: 1", "a region on every image", "`means:`"),
)
"""The handed ones that are about the meaning of parameters."""
NUMBERS = (
    Mistake("a percentage for a share", "min_fraction: 0.9", "min_fraction: 90", "90", "a share", "`0.9`"),
    Mistake("a share of nothing", "min_fraction: 0.9", "min_fraction: 0", "min_f", "more than 0", "more than 0"),
    Mistake("3 km", _DIAMETER, "longest_min_mm: 3000000,", "3000000", "3 km", "unit"),
    Mistake("0.1 µm", "max_gap_mm: 1", "max_gap_mm: 0.0001", "0.0001", "0.1 µm", "unit"),
    Mistake("50 m²", _GAP, "area-limits: {max_mm2: 50000000}", "max_mm2", "50 m²", "unit"),
    Mistake("a gap below zero", "max_gap_mm: 1", "max_gap_mm: -1", "-1", "at least 0", "at least 0"),
    Mistake(
        "limits that meet",
        _DIAMETER,
        "longest_min_mm: 4, longest_max_mm: 4,",
        "longest_min",
        "exactly 4",
        "room",
    ),
    Mistake(
        "a short axis longer than the longest",
        _DIAMETER,
        "longest_max_mm: 10, short_axis_min_mm: 20,",
        "short_axis",
        "never exceeds the longest diameter",
        "`longest_max_mm`",
    ),
    Mistake("areas crossed", _GAP, "area-limits: {min_px: 40, max_px: 4}", "min_px", "nothing lies", "greater"),
    Mistake("a lower limit of nothing", _GAP, "area-limits: {min_mm2: 0}", "min_mm2", "limits nothing", "is meant"),
    Mistake(
        "an upper limit of all",
        "relations:",
        _also("separate: {pairs: [[nodule, nodule]], max_dice: 1}"),
        "also",
        "limits nothing",
        "is meant",
    ),
    Mistake(
        "a Dice coefficient in percent",
        "relations:",
        _also("separate: {pairs: [[nodule, nodule]], max_dice: 20}"),
        "also",
        "a share",
        "`0.2`",
    ),
    Mistake("no piece at all", *_pieces("max_pieces: 0"), "max_pieces", "at least 1", "at least 1"),
    Mistake("half a piece", *_pieces("max_pieces: 1.5"), "max_pieces", "whole number", "decimals"),
    Mistake("centuries", "within_hours: 48", "within_hours: 4800000", "4800000", "548 years", "unit"),
    Mistake("a pixel as wide as an arm", "max_mm: 0.5", "max_mm: 500", "500", "more than anybody", "unit"),
    Mistake("a pixel without width", "max_mm: 0.5", "max_mm: 0", "max_mm: 0", "more than 0", "more than 0"),
    Mistake("millions of regions", "{max: 12}", "{max: 12000000}", "12000000", "more than anybody", "number"),
    Mistake(
        "a step over everything",
        "relations:",
        "  grade: {title: Grade, of: image, number: {min: 0, max: 4, step: 10}}\nrelations:",
        "step: 10",
        "wider than the whole range",
        "smaller step",
    ),
    Mistake(
        "a number that can only be one",
        "relations:",
        "  grade: {title: Grade, of: image, number: {min: 4, max: 4}}\nrelations:",
        "min: 4",
        "exactly 4",
        "room",
    ),
    Of_fundus("a share of the image in percent", "0.005, max", "0.5, max", "0.5,", "nothing lies", "greater"),
    Of_fundus(
        "most of an image, as percent", "max_image_fraction: 0.08", "max_image_fraction: 8", "8}", "share", "0.08"
    ),
    Of_fundus("kept, in percent", "min_kept: 0.5", "min_kept: 50", "min_kept", "a share", "`0.5`"),
    Of_fundus("overlap of nothing", "min_iou: 0.8", "min_iou: 0", "min_iou", "more than 0", "more than 0"),
    Of_fundus(
        "pixels beyond any picture", "longest_min_px: 3", "longest_min_px: 3000000", "30000", "more than", "unit"
    ),
)
QUESTIONS = (
    Mistake(
        "below every step", _UNSURE, "uncertain-escalates: {attribute: suspicion, at_most: 0}", "at_m", "no answer", "1"
    ),
    Mistake(
        "every step", _UNSURE, "uncertain-escalates: {attribute: suspicion, at_most: 3}", "at_m", "every answer", "3"
    ),
    Mistake(
        "numbers of a choice",
        "relations:",
        _and_rules("attribute-in-range: {attribute: texture, min: 1}"),
        "min: 1",
        "compares numbers",
        "`options:`",
    ),
    Mistake(
        "the length of a scale",
        "relations:",
        _and_rules("attribute-in-range: {attribute: suspicion, max_length: 9}"),
        "max_length",
        "the length of a text",
        "`text`",
    ),
    Mistake(
        "one answer to a text",
        "relations:",
        "  remark: {title: Remark, of: image, text: {max_length: 80}}\n"
        + _and_rules("choose-one: {attribute: remark}"),
        "choose-one",
        "answered by a text",
        "`choose_one`",
    ),
    Mistake(
        "a question about regions for the image",
        "relations:",
        _and_rules("answer-matches-regions: {attribute: texture, absent: [unsure]}"),
        "answer-matches",
        "about the whole image",
        "`of: image`",
    ),
    Mistake(
        "a class for a question about the image",
        _UNSURE,
        "class: nodule\n      answer-escalates: {attribute: quality, values: [poor]}",
        "class: nod",
        "is not asked `quality`",
        "Delete `class:`",
    ),
    Mistake(
        "classes that are not asked",
        _UNSURE,
        "uncertain-escalates: {attribute: texture, classes: [thyroid], values: [unsure]}",
        "uncertain-",
        "`thyroid` is not asked `texture`",
        "`nodule`",
    ),
    Mistake(
        "a class that is not asked",
        _UNSURE,
        f"class: thyroid\n      {_UNSURE}",
        "class: thy",
        "`thyroid` is not asked `texture`",
        "`nodule`",
    ),
    Mistake(
        "a condition on regions for the image",
        "      poor: Poor\n",
        "      poor: Poor\n    required: {when: {texture: solid}}\n",
        "required: {when",
        "where the one is asked",
        "whole image",
    ),
    Mistake(
        "a condition on itself",
        "relations:",
        _and_rules("required-attribute: {attribute: texture, when: {texture: [solid]}}"),
        "required-attribute",
        "only when it is itself answered",
        "another question",
    ),
    Mistake(
        "two questions that wait for each other",
        _BOTH_REQUIRED,
        _BOTH_REQUIRED.replace("true", "{when: {suspicion: 3}}", 1).replace("true", "{when: {texture: solid}}"),
        "suspicion: 3",
        "none of these is ever asked",
        "always",
    ),
    Mistake(
        "one option for both",
        "relations:",
        _and_rules("answer-matches-regions: {attribute: quality, absent: [poor], present: [good, poor]}"),
        "answer-matches",
        "`poor` stands under",
        "Take it out",
    ),
    Mistake(
        "doubt without an answer",
        _UNSURE,
        "uncertain-escalates: {attribute: texture}",
        "uncertain-",
        "no limit",
        "`values`",
    ),
    Mistake(
        "an answer without options",
        "relations:",
        _and_rules("answer-matches-regions: {attribute: quality}"),
        "answer-matches",
        "no answer",
        "`absent`",
    ),
    Mistake(
        "no answers",
        _UNSURE,
        "answer-escalates: {attribute: texture, values: []}",
        "answer-e",
        "nothing is written",
        "Write",
    ),
    Of_fundus(
        "none and one disc", "say: {gradable: poor}", "means: Nothing to see.", "min: 1", "every image", "`means:`"
    ),
)
CLASSES = (
    Mistake("its own parent", "parent: thyroid", "parent: nodule", "child", "itself", "the class around"),
    Mistake(
        "inside each other",
        "relations:",
        _also("inside: {child: thyroid, parent: nodule}"),
        "child: nodule",
        "around it by another rule",
        "inner",
    ),
    Mistake(
        "inside and apart, the other way round",
        "relations:",
        _and_rules("separate: {pairs: [[thyroid, nodule]]}"),
        "separate",
        "must not overlap",
        "Take the pair out",
    ),
    Mistake(
        "a pair mistyped",
        "relations:",
        _also("separate: {pairs: [[nodule, thyriod]], max_overlap_mm2: 5}"),
        "also",
        "a class",
        "`thyroid`",
    ),
    Mistake("no pairs", "relations:", _also("separate: {pairs: []}"), "also", "nothing is written", "Write"),
    Mistake(
        "the image for a class",
        "relations:",
        _and_rules("count-limits: {classes: [image], max: 1}"),
        "count-l",
        "a class",
        "`nodule`",
    ),
    Mistake(
        "class and classes",
        _UNSURE,
        "class: nodule\n      count-limits: {classes: [thyroid], max: 1}",
        "class: nod",
        "judges `thyroid`",
        "`classes:`",
    ),
    Mistake(
        "one colour",
        "'#e53935'",
        "'#43a047'",
        "color: '#43a047'\n    count",
        "the colour of `thyroid`",
        "another colour",
    ),
    Mistake(
        "a modality of a rule in words",
        "relations:",
        _also("allowed-modality: {modality: [Ultrasound]}"),
        "also",
        "no modality",
        "`US`",
    ),
    Mistake(
        "no modality", "relations:", _also("allowed-modality: {modality: []}"), "also", "nothing is written", "Write"
    ),
    Mistake(
        "tools of other classes",
        _GAP,
        "geometry-by-size: {bands: [{below_mm: 5, tools: [keypoint]}, {tools: [polygon]}]}",
        "geometry",
        "allows only `polygon`",
        "`draw:`",
    ),
    Mistake(
        "a band without tools",
        _GAP,
        "geometry-by-size: {bands: [{below_mm: 5, tools: []}, {tools: [polygon]}]}",
        "geometry",
        "nothing is written",
        "Write",
    ),
)
MEANING = (*HANDED_MEANING, *NUMBERS, *QUESTIONS, *CLASSES)
"""All of them."""
