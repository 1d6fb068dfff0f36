"""Mistakes after which a guideline reads as if it asked for something, and judges nothing, everything, or otherwise."""

from __future__ import annotations

from tests.language.mistakes import SOUND, Mistake

_RELATIONS = "relations:"
_GAP = "closed-outline: {max_gap_mm: 1}"
_IMAGES = "  pixel_spacing: {max_mm: 0.5}"
_MIDDLE = """\
    border: outer
    color: '#e53935'
    count: {max: 12}
    rules:
      diameter-limits: {longest_min_mm: 4, of: object}
      """
_TWO_REQUIRED = "    higher_means: more suspicious\n    required: true"
_TO_SENIOR = "    unsure:\n"
_LOOKED_AT = SOUND.replace("within_hours: 48", "within_hours: 48, readers: 1")
"""What escalates needs no further reading."""


def _with(part: str, under: str = "") -> tuple[str, str]:
    """A part, or keys under one, before the relations."""
    return _RELATIONS, f"{under}{part}\n{_RELATIONS}"


def _readers(rules: str) -> tuple[str, str]:
    return _with(f"readers:\n  rules:\n    {rules}")


def _escalates(rule: str) -> tuple[str, str]:
    """One more criterion, before the other."""
    return _TO_SENIOR, f"    also: {{{rule}, to: senior}}\n{_TO_SENIOR}"


def _banded(draw: str, large: str, small: str = "[keypoint]") -> tuple[str, str]:
    """The nodule drawn so, with one band of sizes for small ones and one for the others."""
    bands = f"{{bands: [{{below_mm: 5, tools: {small}}}, {{tools: {large}}}]}}"
    old = f"draw: polygon\n{_MIDDLE}{_GAP}"
    return old, f"draw: {draw}\n{_MIDDLE}geometry-by-size: {bands}"


READERS = (
    Mistake(
        "agreement of readers that nobody asks for",
        *_readers("overlap-agreement: {min_dice: 0.7}"),
        "overlap-agreement",
        "nothing here asks for more than one",
        "enough-readers: {min: 2}",
    ),
    Mistake(
        "agreement of one reader",
        *_readers("enough-readers: {min: 1}\n    overlap-agreement: {min_dice: 0.7}"),
        "enough-readers",
        "`min: 1` limits nothing",
        "is meant",
    ),
    Mistake(
        "agreement of one reader, or of four",
        *_readers("enough-readers: {min: 1, max: 4}\n    overlap-agreement: {min_dice: 0.7}"),
        "overlap-agreement",
        "nothing here asks for more than one",
        "enough-readers: {min: 2}",
    ),
    Mistake(
        "a refinement of nothing",
        *_readers("enough-readers: {min: 2}\n    overlap-agreement: {min_dice: 0.7, match_iou: 0.5}"),
        "overlap-agreement",
        "only beside `min_matched:`",
        "`min_matched:`",
        sound=_LOOKED_AT,
    ),
    Mistake(
        "readers who draw the same pixels",
        *_readers("enough-readers: {min: 2}\n    overlap-agreement: {min_dice: 1}"),
        "overlap-agreement",
        "hardly anything",
        "limit that is meant",
        sound=_LOOKED_AT,
    ),
    Mistake(
        "borders without a distance",
        *_readers("enough-readers: {min: 2}\n    overlap-agreement: {max_hd95_mm: 0}"),
        "overlap-agreement",
        "hardly anything",
        "limit that is meant",
        sound=_LOOKED_AT,
    ),
    Mistake(
        "a thousand readers",
        *_readers("enough-readers: {min: 1000}"),
        "enough-readers",
        "more than anybody",
        "100",
        sound=_LOOKED_AT,
    ),
    Mistake(
        "readers of another class than the one around",
        _GAP,
        "enough-readers: {min: 2, classes: [thyroid]}",
        "enough-readers",
        "judges `thyroid`, as its `classes:` says, and stands under `nodule`",
        "`readers: rules:`",
    ),
    Mistake(
        "a criterion for another class than its rule",
        *_escalates("class: nodule, enough-readers: {max: 3, classes: [thyroid]}"),
        "also:",
        "whatever stands under `class:`",
        "Delete `class:`",
    ),
)
SIZES = (
    Mistake(
        "a short axis limited beyond the longest diameter",
        "longest_min_mm: 4,",
        "longest_max_mm: 10, short_axis_max_mm: 20,",
        "short_axis",
        "says nothing: `longest_max_mm: 10`",
        "is meant",
    ),
    Mistake(
        "a longest diameter limited below the short axis",
        "longest_min_mm: 4,",
        "longest_min_mm: 4, short_axis_min_mm: 6,",
        "longest_min_mm",
        "says nothing: `short_axis_min_mm: 6`",
        "is meant",
    ),
    Mistake(
        "a band below nothing",
        f"draw: polygon\n{_MIDDLE}{_GAP}",
        f"draw: [polygon, keypoint]\n{_MIDDLE}geometry-by-size: "
        "{bands: [{below_mm: 0, tools: [keypoint]}, {tools: [polygon]}]}",
        "geometry",
        "hardly anything",
        "is meant",
    ),
    Mistake(
        "pieces without number",
        "draw: brush\n",
        "draw: brush\n    rules: {single-piece: {max_pieces: 2000}}\n",
        "max_pieces",
        "more than",
        "1000",
    ),
    Mistake(
        "far outside the image",
        *_with("rules: {inside-image: {tolerance_px: 100000}}"),
        "rules: {i",
        "100000",
        "0.01 to 100",
    ),
    Mistake("a gap as long as a person", "max_gap_mm: 1", "max_gap_mm: 1800", "1800", "1.8 m", "0.0002 to 100"),
    Mistake(
        "an edge wider than browsers show", "longest_min_mm: 4", "longest_min_px: 70000", "70000", "more than", "65535"
    ),
    Mistake("a thousandth in common", "min_fraction: 0.9", "min_fraction: 0.001", "0.001", "less than", "from 0.01"),
    Mistake("nothing may have an area", _GAP, "area-limits: {max_mm2: 0}", "max_mm2", "hardly anything", "is meant"),
    Mistake(
        "days for a picture",
        *_with("annotators: {rules: {minimum-time: {min_s: 600000}}}"),
        "minimum-time",
        "6.94 days",
        "14400",
    ),
    Mistake(
        "everybody may be faster",
        *_with("annotators: {rules: {minimum-time: {min_s: 5, max_faster_fraction: 1}}}"),
        "minimum-time",
        "more than anybody",
        "0.9",
    ),
    Mistake(
        "minutes until nothing",
        "escalation:",
        "returned_work: {requeue_after_minutes: 5}\nescalation:",
        "requeue",
        "only beside `mode: requeue`",
        "`mode: requeue`",
    ),
    Mistake(
        "a direction of no scale",
        "title: Texture\n",
        "title: Texture\n    higher_means: more solid\n",
        "higher_means: more so",
        "only beside `scale:`",
        "`scale:`",
    ),
)
TWO_PLACES = (
    Mistake(
        "a class laxer than all",
        *_with("rules: {diameter-limits: {longest_min_mm: 5}}"),
        "longest_min_mm: 4",
        "says nothing: `longest_min_mm: 5` of `rules: diameter-limits`",
        "comes on top",
    ),
    Mistake(
        "nothing between a class and all",
        *_with("rules: {diameter-limits: {longest_max_mm: 3}}"),
        "longest_min_mm: 4",
        "nothing lies between",
        "each class its own",
    ),
    Mistake(
        "escalated after it is returned",
        *_escalates("class: nodule, diameter-limits: {longest_min_mm: 3, of: object}"),
        "also:",
        "escalates only what `longest_min_mm: 4`",
        "within",
    ),
    Mistake(
        "one key for two facts",
        _IMAGES,
        f"{_IMAGES}\n  keys: {{rows: size, columns: size}}",
        "keys:",
        "`size` is the key of `rows` already",
        "`columns`",
    ),
    Mistake(
        "the key of another fact",
        _IMAGES,
        f"{_IMAGES}\n  keys: {{rows: Columns}}",
        "keys:",
        "`Columns` is the key of `columns` already",
        "`rows`",
    ),
)
POINTS = (
    Mistake("points that share no pixel", "draw: brush", "draw: keypoint", "parent: thyroid", "has no area", "`draw:`"),
    Mistake(
        "a point taken out of an area",
        "  nodule:\n",
        "  spot: {title: Spot, definition: A bright spot., draw: keypoint, excluded_from: nodule}\n  nodule:\n",
        "excluded_from",
        "takes nothing out",
        "outline",
    ),
)
TWICE = (
    Mistake(
        "a class twice",
        "    of: nodule\n    choose_one:",
        "    of: [nodule, nodule]\n    choose_one:",
        "of: [",
        "`nodule` stands in this list twice",
        "what is meant",
    ),
    Mistake(
        "a rule twice",
        _GAP,
        f"{_GAP}\n      again: {{rule: closed-outline, max_gap_mm: 1}}",
        "again:",
        "asks for the same already",
        "Delete one",
    ),
    Mistake(
        "titles alike", "unsure: Cannot tell", "unsure: Cystic.", "unsure: Cystic", "only in capitals", "different"
    ),
    Mistake("colours alike", "'#e53935'", "'#45a347'", "color: '#45", "nearly the colour of `thyroid`", "another"),
    Mistake(
        "included and excluded", "- lymph nodes", "- Cysts.", "- Cysts.", "under `includes:` and under", "Take it out"
    ),
)
ANSWERS = (
    Mistake(
        "nothing is something",
        "  means: No nodule in this view.",
        "  say: {quality: good}\nrules: {answer-matches-regions: {attribute: quality, present: [good]}}",
        "say:",
        "`good` says here that there is nothing",
        "means that there is nothing",
    ),
    Mistake(
        "an image where a question is named",
        _TWO_REQUIRED,
        _TWO_REQUIRED.replace("required: true", "required: {when: {image: {time_point: baseline}}}"),
        "when:",
        "this `when` names other questions and their options, and `image` is neither",
        "Write it beside `when:`, as `where: {image: …}`.",
    ),
    Mistake(
        "answers around a question",
        _TWO_REQUIRED,
        _TWO_REQUIRED.replace("required: true", "required: {when: {answer: {texture: [solid]}}}"),
        "when:",
        "`answer` is neither",
        "`when: {question: option}`",
    ),
    Mistake(
        "a measure that there is not",
        "attributes:\n",
        "attributes:\n  load:\n    title: Load\n    of: series\n    number: {unit: ml}\n"
        "    derive: {measured: {perimeter: nodule}, entered: never}\n",
        "measured:",
        "`perimeter` is not something that `measured` knows",
        "`longest-diameter`, `short-axis`",
    ),
    Mistake(
        "every doubt",
        "values: [unsure]",
        "values: [solid, cystic, unsure]",
        "values:",
        "every answer to `texture`",
        "not meant",
    ),
    Mistake(
        "a condition that always holds",
        _TWO_REQUIRED,
        _TWO_REQUIRED.replace("required: true", "required: {when: {texture: [solid, cystic, unsure]}}"),
        "when:",
        "the condition holds",
        "`true`",
    ),
    Mistake("two ends of a scale", "      2: Medium\n", "", "scale:", "nobody can answer 2", "between"),
    Mistake(
        "means and says",
        "  means: No nodule in this view.",
        "  means: No nodule.\n  say: {quality: good}",
        "say:",
        "has no effect beside `means:`",
        "`means:`",
    ),
    Mistake(
        "a largest answer between two steps",
        _RELATIONS,
        f"  grade: {{title: Grade, of: image, number: {{min: 0, max: 7, step: 2}}}}\n{_RELATIONS}",
        "max: 7",
        "not among the answers",
        "another step",
    ),
)
REST = (
    Mistake(
        "an answer of a hundred metres",
        _RELATIONS,
        f"  length: {{title: Length, of: nodule, number: {{max: 100000, unit: mm}}}}\n{_RELATIONS}",
        "100000",
        "more than anybody measures",
        "up to 3000 mm",
    ),
    Mistake(
        "a class that nobody may draw",
        "count: {max: 12}",
        "count: {max: 0}",
        "max: 0",
        "returns every image",
        "how many",
    ),
    Mistake(
        "a definition of itself",
        "definition: A focal lesion of the gland.",
        "definition: Any nodule.",
        "definition: Any",
        "only repeats its title",
        "told from",
    ),
    Mistake(
        "a text to come",
        "definition: The whole gland.",
        "definition: TODO",
        "TODO",
        "still to be written",
        "Write the text",
    ),
    Mistake(
        "a control of no tool",
        "instructions: |",
        "control_aliases: {box: rectangle}\ninstructions: |",
        "control_a",
        "no class is drawn",
        "`polygon`",
    ),
    Mistake(
        "a tool for no size",
        *_banded("[polygon, brush, keypoint]", "[polygon]"),
        "geometry-by-size",
        "allows `brush`",
        "band",
    ),
    Mistake(
        "one tool for all sizes",
        *_banded("polygon", "[polygon]", "[polygon]"),
        "geometry-by-size",
        "whatever the size",
        "`draw:`",
    ),
    Mistake(
        "a level of a criterion",
        "values: [unsure]}",
        "values: [unsure], level: note}",
        "level: note",
        "escalates whatever",
        "Delete it",
    ),
    Mistake(
        "a route to nowhere",
        "  when:\n    unsure",
        "    board: {who: Board}\n  when:\n    unsure",
        "board:",
        "nothing escalates to `board`",
        "criterion",
    ),
    Mistake(
        "more readings than readers",
        *_readers("enough-readers: {max: 1}"),
        "senior: {who",
        "asks for 2 readings",
        "Allow 2",
    ),
    Mistake(
        "shares of more than all",
        *_with("delivery: {rules: {class-balance: {shares: {thyroid: {min: 0.7}, nodule: {min: 0.7}}}}}"),
        "shares:",
        "more than all",
        "Lower",
    ),
    Mistake(
        "shares of less than all",
        *_with("delivery: {rules: {class-balance: {shares: {thyroid: {max: 0.2}, nodule: {max: 0.7}}}}}"),
        "shares:",
        "no class is left",
        "Raise",
    ),
)
CONDITIONS = (
    Mistake(
        "a condition that another class is not asked",
        *_with("rules: {big: {rule: area-limits, max_mm2: 900, when: {answer: {texture: solid}}}}"),
        "rules: {big",
        "no `thyroid` answers it",
        "under `rules:` of `nodule`",
    ),
    Mistake(
        "a criterion for all, on what some are asked",
        *_escalates("area-limits: {max_mm2: 900, when: {answer: {texture: solid}}}"),
        "also:",
        "no `thyroid` answers it",
        "`class:`",
    ),
    Mistake(
        "escalated and returned at one limit",
        *_escalates("class: nodule, diameter-limits: {longest_min_mm: 4, of: object}"),
        "also:",
        "returns before",
        "delete one",
    ),
    Mistake(
        "more than a class may have",
        *_escalates("class: nodule, count-limits: {max: 20}"),
        "also:",
        "`max: 20` escalates only what `max: 12` of `classes: nodule: count` returns before",
        "within `max: 12`",
    ),
    Mistake(
        "other modalities than those allowed",
        *_escalates("allowed-modality: {modality: [US, MR]}"),
        "also:",
        "`images: modality` returns before",
        "meant to escalate",
    ),
    Mistake(
        "smaller than a multiple is at the least",
        "longest_min_mm: 4, of: object}",
        "longest_min_mm: {times: 2, of: slice_thickness, at_least: 4}, of: object}\n"
        "      few: {rule: diameter-limits, longest_min_mm: 3, of: object}",
        "few:",
        "says nothing",
        "comes on top",
    ),
    Mistake(
        "everything escalates",
        *_escalates("class: nodule, diameter-limits: {longest_max_mm: 3, of: object}"),
        "also:",
        "escalates everything that `longest_min_mm: 4`",
        "somebody else decides",
    ),
    Mistake(
        "an address for a role",
        "who: Senior sonographer",
        "who: ng@example.org",
        "who: ng",
        "nobody is asked at ng@example.org",
        "`person: ng@example.org`",
    ),
    Mistake(
        "as many readings as every task has",
        *_readers("enough-readers: {min: 2}"),
        "      to: senior",
        "every task is read by 2 anyway, and `senior` asks for 2 readings in all",
        "`readers: 3`",
    ),
)
EFFECT = (*READERS, *SIZES, *TWO_PLACES, *POINTS, *TWICE, *ANSWERS, *REST, *CONDITIONS)
"""All of them."""
