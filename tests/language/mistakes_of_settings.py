"""Mistakes in a guideline for pictures without calibration, which sets rules: keys, units, values, places."""

from __future__ import annotations

from functools import partial

from tests.language.mistakes import Mistake as _Mistake

SOUND_SETTINGS = """\
guidelint: 1
guideline: fundus-lesions
version: 1.10.0
title: Lesions on fundus photographs
summary: Lesions are marked on photographs without calibration.
sources:
  - title: Grading of fundus photographs
    doi: 10.1000/182
images: {modality: [OP, XC]}
classes:
  optic-disc:
    title: Optic disc
    definition: The disc within the scleral ring.
    draw: ellipse
    hotkey: d
    count: {min: 1, max: 1}
    rules:
      area-limits: {min_image_fraction: 0.005, max_image_fraction: 0.08}
      inside-image: {tolerance_px: 5, level: warning}
  haemorrhage:
    title: Haemorrhage
    definition: Anything red that is no vessel.
    draw: [polygon, brush]
    rules:
      diameter-limits: {of: region, longest_min_px: 3}
      single-piece:
      area-limits: {min_px: 12}
attributes:
  severity:
    title: Severity
    of: haemorrhage
    scale: {1: Mild, 2: Moderate, 3: Severe}
    higher_means: more severe
    required: true
  gradable:
    title: Gradable
    of: image
    choose_one: {good: Good, poor: Poor}
relations:
  apart:
    separate: {pairs: [[optic-disc, haemorrhage]], level: note}
rules:
  no-duplicate-regions: {min_iou: 0.8, across_classes: true}
  mask-kept: {min_kept: 0.5, level: error}
empty_reading:
  say: {gradable: poor}
escalation:
  routes:
    centre: {who: Reading centre, within_hours: 72, readers: 2}
  when:
    poor-picture:
      answer-escalates: {attribute: gradable, values: [poor]}
      to: centre
instructions: |
  Mark the disc first.
"""
Mistake = partial(_Mistake, sound=SOUND_SETTINGS)
_DISC_RULES = """\
    rules:
      area-limits: {min_image_fraction: 0.005, max_image_fraction: 0.08}
      inside-image: {tolerance_px: 5, level: warning}
"""
_SCALE = "{1: Mild, 2: Moderate, 3: Severe}"
_PAIRS = "pairs: [[optic-disc, haemorrhage]]"
OTHER_KEYS = (
    Mistake("a key in German", "    title: Optic disc", "    Bezeichnung: Optic disc", "Bezei", "missing", "`title:`"),
    Mistake("a key in French", "    draw: ellipse", "    outil: ellipse", "outil", "missing", "`draw:`"),
    Mistake("a key in Czech", "    title: Severity", "    název: Severity", "název", "missing", "`title:`"),
    Mistake("a key for a missing one", "      to: centre", "      weg: centre", "weg", "`to` is missing", "`to:`"),
    Mistake("another parameter", _PAIRS, "classes: [optic-disc, haemorrhage]", "classes: [", "missing", "`pairs:`"),
    Mistake("type for draw", "    draw: ellipse", "    type: ellipse", "type:", "no key `type`", "`draw`"),
    Mistake("for instead of of", "    of: haemorrhage", "    for: haemorrhage", "for:", "no key `for`", "`of`"),
    Mistake("question for attribute", "attribute: gradable", "question: gradable", "question", "`question`", "`attr"),
    Mistake("mandatory", "required: true", "mandatory: true", "mandatory", "`mandatory`", "`required`"),
    Mistake("severity", "level: warning", "severity: warning", "severity: w", "`severity`", "`level`"),
    Mistake("maximum", "min: 1, max: 1", "min: 1, maximum: 1", "maximum", "`maximum`", "`max`"),
    Mistake(
        "of in a criterion",
        "      to: centre",
        "      of: optic-disc\n      to: centre",
        "of: o",
        "`of`",
        "`class`",
        then="`optic-disc` is not asked `gradable`, which asks the whole image",
    ),
    Mistake(
        "a level of a criterion",
        "to: centre",
        "to: centre\n      level: note",
        "level: note\ni",
        "`level`",
        "answer-esc",
    ),
    Mistake("a level among the rules", "  mask-kept", "  level: note\n  mask-kept", "level: note\n", "`level`", "dup"),
)
OTHER_UNITS = (
    Mistake("mm for pixels", "tolerance_px: 5", "tolerance_mm: 5", "tolerance", "`tolerance_mm`", "in pixels"),
    Mistake("percent for a share", "min_iou: 0.8", "min_iou: 80", "min_iou", "share", "`0.8`"),
    Mistake(
        "a key in percent",
        "min_image_fraction: 0.005",
        "min_image_percent: 0.5",
        "percent",
        "`min_image_percent`",
        "`min_image_fraction: 0.005`",
    ),
    Mistake("micrometres", "longest_min_px: 3", "longest_min_um: 90", "_um", "`longest_min_um`", "_mm: 0.09`"),
    Mistake("a key in days", "within_hours: 72", "within_days: 3", "within_d", "`within_days`", "`within_hours: 72`"),
    Mistake("days in German", "within_hours: 72", "within_hours: 3 Tage", "3 Tage", "in hours", "`72`"),
    Mistake("a unit that nobody knows", "within_hours: 72", "within_hours: 3 lunes", "lunes", "in hours", "how many"),
    Mistake("mm behind pixels", "longest_min_px: 3", "longest_min_px: 3 mm", "3 mm", "in pixels", "how many pixels"),
    Mistake("square pixels", "min_px: 12", "min_px: 12 px²", "12 px²", "unit", "`12`"),
    Mistake("a point between thousands", "min_px: 12", "min_px: 1.200", "1.200", "read as 1200", "`1200`"),
    Mistake("hours with a point", "within_hours: 72", "within_hours: 1.000", "1.000", "read as 1000", "`1`"),
)
SWITCHES = (
    Mistake(
        "a rule switched off",
        "inside-image: {tolerance_px: 5, level: warning}",
        "inside-image: off",
        "off",
        "keys",
        "Delete",
    ),
    Mistake("a level of off", "level: warning", "level: off", "level: off", "`off`", "`note`"),
    Mistake(
        "a rule as its level",
        "inside-image: {tolerance_px: 5, level: warning}",
        "inside-image: warning",
        "inside",
        "keys",
        "{level: warning}",
    ),
    Mistake("a rule switched on", "single-piece:\n", "single-piece: true\n", "single", "keys", "`single-piece: {}`"),
    Mistake("required with a comma", "required: true", "required: true,", "true,", "true or false", "`true`"),
    Mistake("required in Czech", "required: true", "required: ano", "ano", "true or false", "`true`"),
)
KEYS_WANTED = (
    Mistake("a limit without its colon", "{min: 1, max: 1}", "max 1", "max 1", "keys", "`count: {max: 1}`"),
    Mistake("a range for limits", "{min: 1, max: 1}", "0-1", "0-1", "keys", "`count: {min: 0, max: 1}`"),
    Mistake("a list for limits", "{min: 1, max: 1}", "[0, 1]", "[0, 1]", "not a list", "`count: {min: 0, max: 1}`"),
    Mistake("a list for many limits", "{min_px: 12}", "[9, 12]", "[9, 12]", "not a list", "`min_px`, `max_px`"),
    Mistake(
        "brackets for braces",
        "{min_kept: 0.5, level: error}",
        "[min_kept: 0.5, level: error]",
        "[min_k",
        "a list",
        "{min_kept: 0.5, level: error}",
    ),
    Mistake(
        "a dash before every parameter",
        "{min_kept: 0.5, level: error}",
        "\n    - min_kept: 0.5\n    - level: error",
        "- min_k",
        "a list",
        "{min_kept: 0.5, level: error}",
    ),
    Mistake(
        "keys for a list of such",
        "  - title: Grading of fundus photographs\n    doi",
        "    title: Grading\n    doi",
        "title: Grad",
        "a list",
        "dash",
    ),
    Mistake("a name in brackets", "to: centre", "to: [centre]", "[centre]", "text", "`centre`"),
    Mistake(
        "a list in a list",
        "[polygon, brush]",
        "[[polygon, brush]]",
        "[[poly",
        "in the list of `draw`",
        "inner brackets",
    ),
    Mistake(
        "no comma between tools", "[polygon, brush]", "[polygon brush]", "polygon brush", "`draw`", "`polygon, brush`"
    ),
    Mistake(
        "semicolons between tools", "[polygon, brush]", "[polygon; brush]", "polygon;", "`draw`", "`polygon, brush`"
    ),
    Mistake("a bar between tools", "[polygon, brush]", "polygon | brush", "polygon |", "`draw`", "`[polygon, brush]`"),
    Mistake(
        "a pair without its own brackets",
        _PAIRS,
        "pairs: [optic-disc, haemorrhage]",
        "pairs",
        "list of its own",
        "`[[optic-disc, haemorrhage]]`",
    ),
    Mistake(
        "a pair with a colon",
        _PAIRS,
        "pairs: {optic-disc: haemorrhage}",
        "pairs",
        "a list",
        "`[[optic-disc, haemorrhage]]`",
    ),
    Mistake(
        "three in a pair",
        _PAIRS,
        "pairs: [[optic-disc, haemorrhage, optic-disc]]",
        "pairs",
        "at most 2",
        "[[a, b], [a, c]]",
    ),
    Mistake("one in a pair", _PAIRS, "pairs: [[optic-disc]]", "pairs", "too few", "[[a, b]]"),
)
STEPS = (
    Mistake("zeros before steps", _SCALE, "{01: Mild, 02: Moderate, 03: Severe}", "01:", "`01`, `02`", "`1`, `2`, `3`"),
    Mistake("points behind steps", _SCALE, "{1.: Mild, 2.: Severe}", "1.: M", "`1.`", "`1`, `2`"),
    Mistake("Roman steps", _SCALE, "{I: Mild, II: Severe}", "I: M", "`I`", "`1`, `2`"),
    Mistake("a scale by its ends", _SCALE, "{min: 1, max: 3}", "min: 1, max: 3", "whole number", "`1: Low`"),
    Mistake("steps without colons", _SCALE, "{1 Mild, 2 Severe}", "1 Mild", "title", "`{1: Mild, 2: Severe}`"),
    Mistake("steps as text", _SCALE, "1-3", "1-3", "names", "`1: Low`"),
)
NAMES = (
    Mistake("a title for a class", "of: haemorrhage", "of: Haemorrhage", "of: H", "not a name", "`haemorrhage`"),
    Mistake("who for a route", "to: centre", "to: Reading centre", "to: R", "not a name", "`centre`"),
    Mistake("no such route", "to: centre", "to: Senior", "to: S", "not a name", "`centre`"),
    Mistake("images for image", "of: image", "of: images", "of: images", "not a class", "`image`"),
    Mistake("a long hotkey", "hotkey: d", "hotkey: ctrl+d", "ctrl", "one letter", "`hotkey: d`"),
    Mistake("a version with zeros", "1.10.0", "01.10.00", "version", "not a version", "`1.10.0`"),
    Mistake("a version with commas", "1.10.0", "1,10,0", "version", "not a version", "`1.10.0`"),
    Mistake("a version with a semicolon", "1.10.0", "1.10.0;", "version", "not a version", "`1.10.0`"),
)
MODALITIES = (
    Mistake("a modality in small letters", "[OP, XC]", "[op, XC]", "op", "no modality", "`OP`"),
    Mistake("two modalities with a slash", "[OP, XC]", "OP/XC", "OP/", "no modality", "`[OP, XC]`"),
    Mistake("modalities without brackets", "[OP, XC]", "OP, XC", "OP,", "list of `modality`", "`[OP, XC]`"),
    Mistake("a semicolon between modalities", "[OP, XC]", "[OP; XC]", "OP;", "no modality", "`OP, XC`"),
    Mistake("MRI", "[OP, XC]", "MRI", "MRI", "no modality", "`MR`"),
    Mistake("X-ray", "[OP, XC]", "X-ray", "X-ray", "no modality", "`[CR, DX]`"),
    Mistake("a modality in words", "[OP, XC]", "Slit lamp", "Slit", "no modality", "code"),
    Mistake(
        "a modality of a rule",
        "relations:",
        "  # scanner\n  scanner: {title: S, of: image, text: {}}\nrelations:\n"
        "  pictures: {allowed-modality: {modality: [Photograph]}}",
        "Photograph",
        "no modality",
        "`XC`",
    ),
)
SLIPPED = (
    Mistake(
        "rules among the classes",
        _DISC_RULES,
        _DISC_RULES.replace("\n  ", "\n")[2:],
        "  rules:\n    area",
        "among the classes",
        "4 spaces",
    ),
    Mistake(
        "the word rules among the classes",
        _DISC_RULES,
        _DISC_RULES[2:],
        "  rules:\n      area",
        "among the classes",
        "4 spaces",
    ),
    Mistake(
        "a rule among the classes", "      single-piece:\n", "  single-piece:\n", "  single", "is a rule", "6 spaces"
    ),
    Mistake(
        "all rules among the classes",
        _DISC_RULES,
        _DISC_RULES.replace("      ", "  "),
        "  area-limits: {min_image",
        "are rules",
        "6 spaces",
    ),
    Mistake(
        "rules two more",
        _DISC_RULES,
        _DISC_RULES.replace("\n", "\n  ")[:-2].replace("    rules", "      rules"),
        "rules:\n        area",
        "6 spaces",
        "4 spaces",
    ),
    Mistake("a rule two more", "      single-piece:\n", "        single-piece:\n", "single", "8 spaces", "6 spaces"),
)
_VERSION = "version: 1.10.0"
_KEPT = "{min_kept: 0.5, level: error}"
STRAYS = (
    *(
        Mistake(f"a line {text}", _VERSION, f"{text}\n{_VERSION}", text, "no key", "`#`")
        for text in (
            "// new",
            "/* new */",
            "-- new",
            "; new",
            "<!-- new -->",
            "[meta]",
            "====",
            "-----",
            "Ask Anna first",
            "```yaml",
        )
    ),
    Mistake("a key in bold", _VERSION, "**version**: 1.10.0", "**version", "`**`", "`version:`"),
    Mistake(
        "a key in quotation marks with its value", _VERSION, f'"{_VERSION}"', '"version', "one text", f"`{_VERSION}`"
    ),
    Mistake("a dash before a key", _VERSION, f"- {_VERSION}", "- version", "dash", "Delete the dash"),
    Mistake(
        "a dash before a rule", "      single-piece:", "      - single-piece", "- single", "dash", "`single-piece:`"
    ),
    Mistake("a dash before a rule with limits", "  mask-kept", "  - mask-kept", "- mask", "dash", "Delete the dash"),
    Mistake("a text that goes on too far left", "scleral ring.", "scleral\n  ring.", "  ring.", "goes on", "6 spaces"),
    Mistake(
        "braces in the line below",
        f"mask-kept: {_KEPT}",
        f"mask-kept:\n  {_KEPT}",
        f"  {_KEPT}",
        "not indented",
        "4 spaces",
    ),
    Mistake("semicolons in braces", "0.5, level: error", "0.5; level: error", "0.5;", "semicolon", f"`{_KEPT}`"),
    Mistake(
        "semicolons in a scale", _SCALE, "{1: Mild; 2: Moderate; 3: Severe}", "1: Mild;", "semicolon", f"`{_SCALE}`"
    ),
    Mistake(
        "keys without braces",
        _KEPT,
        "min_kept: 0.5, level: error",
        "mask-kept",
        "without braces",
        f"`mask-kept: {_KEPT}`",
    ),
    Mistake(
        "round brackets for braces",
        "{min: 1, max: 1}",
        "(min: 1, max: 1)",
        "(min",
        "without braces",
        "`count: {min: 1, max: 1}`",
    ),
    Mistake("no colon before braces", "mask-kept: {", "mask-kept {", "mask-kept {", "colon", "`mask-kept: {min_kept"),
    Mistake(
        "a remark in braces",
        "min_image_fraction: 0.005,",
        "min_image_fraction: 0.005 # share,",
        "# share",
        "comment",
        "remark",
    ),
)
SETTINGS = (
    *OTHER_KEYS,
    *OTHER_UNITS,
    *SWITCHES,
    *KEYS_WANTED,
    *STEPS,
    *NAMES,
    *MODALITIES,
    *SLIPPED,
    *STRAYS,
)
"""All of them."""
