"""The reference of the language: its keys, its problems and its JSON Schema, made from the models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guidelint.imaging.keys import ImageKeys, delivered
from guidelint.language.library import source
from guidelint.language.reference.answers_that_follow import (
    CHANGES,
    CRITERIA,
    DERIVE,
    PRODUCTS,
    RATIO,
    TIMES,
    VOLUMES,
)
from guidelint.language.reference.field_forms import default, form, meaning
from guidelint.language.reference.keys import example
from guidelint.language.reference.problem_explanations import Explanation, explanations
from guidelint.language.schema.as_text import FILE, guideline_schema_text, plan_schema_text
from guidelint.language.schema.guideline_schema import whole_schema
from guidelint.validation.rule.described import docstring_below

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Catalogue


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a guideline as the reference shows it."""

    title: str
    definition: str
    """Name of the part in the JSON Schema; empty for the guideline itself."""
    where: str
    """Where the part stands."""


_ROUTES = """\
Each entry of `escalation`, `routes`, under its name. What is done follows from what is written; several may be:

```yaml
escalation:
  routes:
    board: {who: Expert board, readers: 3}                                     # another reader, until there are three
    chief: {who: Chief radiologist, person: ng@example.org, within_hours: 24}  # a person by name looks at it
    nurse: {who: Study nurse, message: Write the case into the register.}      # the annotator reads a message
    quarantine: {who: Data manager, person: data@example.org, hold: true}      # nobody is given it until she has
```"""


SECTIONS = (
    Section("The guideline", "", "The file itself."),
    Section("Sources", "Source", "Each entry of `sources`."),
    Section("Images", "Images", "Under `images`."),
    Section(
        "Images of a task",
        "TaskImage",
        "Each entry of `images`, `of_task`, under its name: several images that one task shows at once. "
        "[Several images](../several-images.md) shows how.",
    ),
    Section("Pixel spacing", "SpacingLimits", "Under `images`, `pixel_spacing`."),
    Section("Classes", "Class", "Each entry of `classes`, under its name."),
    Section(
        "Families",
        "Family",
        "Each entry of `families`, under its name: what classes have in common that say `kind_of: NAME`. "
        "[Reuse](../reuse.md) shows how.",
    ),
    Section("Codes", "Term", "Each entry of a class's `codes`."),
    Section("Counts", "Counts", "Under a class's `count`."),
    Section("Sides of the body", "Laterality", "Under a class's `laterality`."),
    Section("Questions", "WrittenAttribute", "Each entry of `attributes`, under its name."),
    Section(
        "Questions of a set",
        "SharedQuestion",
        "Each entry of a set of `attribute_sets`, under its name; classes ask the set with `asks`, the image with "
        "`images: {asks: NAME}`.",
    ),
    Section("Options", "Option", "Each option of a choice and each step of a scale; a title alone is enough."),
    Section("Numbers", "NumberRange", "Under a question's `number`."),
    Section("Texts", "WrittenText", "Under a question's `text`."),
    Section("When a question must be answered", "Required", "Under a question's `required`, in place of `true`."),
    Section(
        "When a question must not be answered", "Forbidden", "Under a question's `forbidden`: what it is not asked of."
    ),
    Section("Answers that follow", "Derive", f"{DERIVE}\n\n{VOLUMES}\n\n{PRODUCTS}"),
    Section("Ratios and percentages", "Ratio", RATIO),
    Section("Changes over time", "ChangeLimits", CHANGES),
    Section("Tables of answers", "Table", "Under `derive`, `table`."),
    Section("Criteria of an answer", "Criteria", CRITERIA),
    Section("Other time points", "AtOther", TIMES),
    Section("Counts in criteria", "CountIs", "Each entry of `count` in criteria, under the name of a class."),
    Section(
        "Quadrants in criteria",
        "QuadrantsAre",
        "Each entry of `quadrants` in criteria, under the name of a class: in how many of the four its regions lie.",
    ),
    Section(
        "Distances in criteria",
        "DistanceIs",
        "Each entry of `nearest` in criteria, under the name of a class, and under `distance`.",
    ),
    Section("Empty readings", "EmptyReading", "Under `empty_reading`."),
    Section("Escalation", "Escalation", "Under `escalation`."),
    Section("Routes", "RouteDefinition", _ROUTES),
    Section(
        "Criteria", "Criterion", "Each entry of `escalation`, `when`, under its name; together with exactly one rule."
    ),
    Section("Deliveries", "Delivery", "Under `delivery`, beside the rules on all that was handed in."),
    Section("Returned work", "ReturnedWork", "Under `returned_work`."),
    Section("Rules", "AreaLimitsUse", "What every rule takes beside its own parameters."),
    Section(
        "Multiples of a fact",
        "TimesLength",
        "In place of a length in mm in a rule's parameters, e.g. `longest_min_mm: {times: 2, of: slice_thickness}`. An "
        "area in mm² may be a multiple of `pixel_area` in the same way, a volume in ml one of `voxel_volume`.",
    ),
    Section(
        "Bands of sizes", "SizeBand", "Each entry of `bands` of the rule [geometry-by-size](rules/geometry-by-size.md)."
    ),
    Section(
        "Shares of classes",
        "ShareLimits",
        "Each entry of `shares` of the rule [class-balance](rules/class-balance.md).",
    ),
    Section("Conditions", "Condition", "Under the `when` of a rule."),
    Section("Limits in a condition", "Between", "Each entry of a condition's `number`, and each limit below."),
    Section("Sizes in a condition", "SizeIs", "Under a condition's `size`."),
    Section("Images in a condition", "ImageIs", "Under a condition's `image`."),
    Section("Days in a condition", "Days", "Under `study_date` of a condition's `image`."),
)


def pages(catalogue: Catalogue) -> dict[str, str]:
    """Make every page of the reference, by file name."""
    schema = whole_schema(catalogue)
    return {
        "language.md": _language(schema, catalogue),
        "problems.md": _problems(),
        FILE: guideline_schema_text(catalogue),
        "plan.schema.json": plan_schema_text(catalogue),
    }


def _language(schema: dict[str, Any], catalogue: Catalogue) -> str:
    introduction = _INTRODUCTION.format(example=source("blood-cells")[0].rstrip())
    sections = {section.title: shown(section, schema, catalogue) for section in SECTIONS}
    sections["Images"] = f"{sections['Images']}\n{_image_facts()}"
    return "\n".join([introduction, *sections.values()])


def _image_facts() -> str:
    """List what may stand under `images`, `keys`."""
    rows = [
        f"| `{fact}` | `{key}` | {docstring_below(ImageKeys, fact)} |" for fact, key in delivered(ImageKeys()).items()
    ]
    where = "Under `images`, `keys`: the fact, and under which key of the task data it is delivered."
    return "\n".join(
        ["## Image facts", "", where, "", "| fact | key, if left out | meaning |", "|---|---|---|", *rows, ""]
    )


def shown(section: Section, schema: dict[str, Any], catalogue: Catalogue) -> str:
    """Show a part: where it stands, and its keys as a table, with an example of each where any has one."""
    part = schema["definitions"][section.definition] if section.definition else schema
    only = {"rule", "level", "when", "note"} if section.title == "Rules" else set(part["properties"]) - set(catalogue)
    required = {*part.get("required", []), *part.get("then", {}).get("required", [])}
    columns: tuple[str, ...] = ("key", "form", "meaning", "for example")
    rows: list[tuple[str, ...]] = [
        (f"`{name}`{' *' * (name in required)}", form(field), _told(field, schema), _example(name, field))
        for name, field in part["properties"].items()
        if name in only
    ]
    if not any(example for *_, example in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    lines = [f"| {' | '.join(cells)} |" for cells in (columns, *rows)]
    return "\n".join(
        [f"## {section.title}", "", section.where, "", lines[0], "|---" * len(columns) + "|", *lines[1:], ""]
    )


def _example(name: str, field: dict[str, Any]) -> str:
    """Show a key as it may be written, in a cell of a table."""
    shown = example(field)
    return f"`{name}: {shown}`".replace("|", "\\|") if shown else ""


def _told(field: dict[str, Any], schema: dict[str, Any]) -> str:
    left_out = f" Left out: `{default(field)}`." if default(field) else ""
    return f"{' '.join(meaning(field, schema).split())}{left_out}"


def _problems() -> str:
    shown = [_problem(item) for item in explanations().values()]
    return "\n".join([_PROBLEMS, *shown])


def _problem(item: Explanation) -> str:
    examples = [
        f"{title}:\n\n```yaml\n{text}```\n" for title, text in (("Wrong", item.wrong), ("Right", item.right)) if text
    ]
    source = [f"Source: {item.source}\n"] if item.source else []
    return "\n".join([f"## {item.code}", "", f"{item.means} {item.reasons}", "", *examples, *source])


_INTRODUCTION = """\
<!-- Generated from the models by `scripts/generate`; do not edit. -->

# The language of guidelines

A guideline is one YAML file. It says what is marked, how it is marked, what is asked about it, what comes back to the
annotator, and what goes to somebody else. This page lists the keys; the rules and their parameters have
[pages of their own](rules/README.md), and so have [the parts beside classes, questions and rules](parts/README.md) and
[the problems](problems.md) that a guideline can have. [The cookbook](../cookbook.md) begins at the other
end: with what you want.

- **Names** (of classes, questions, options, routes) are lower-case words joined by hyphens. The data is stored under
  them. What people read stands under `title` and may be in any language.
- **Words stay what they are.** `no`, `012`, `12:30` and `1.10` are text where text is wanted. Only `true`, `false`,
  `null` and plain numbers are anything else.
- **One or more.** Where a table says *one or a list*, a single value may stand alone. Everywhere else, also among the
  parameters of rules, a list has brackets or dashes even around one item: `values: [unsure]`.
- **Rules judged under every guideline** need no mention. Their limits and level can be set all the same, under `rules`
  for everything and, where they judge regions, under the `rules` of a class for its own: what the class leaves out is
  as the whole guideline has it. Rules without which work would be accepted that nobody has read cannot be set; the page
  of each rule says which may and which may not. `inside-image: {{tolerance_px: 3, level: warning}}` sets both; none can
  be switched off: `level: note` is the mildest.
- **One rule, several times.** Under `rules`, a use stands under its rule's id, or under a name of its own that says
  which rule it uses: `tr4-size: {{rule: diameter-limits, longest_min_mm: 15}}`. Findings of such a use keep its name in
  their clause; a rule that is judged under every guideline is set under its id alone.
- **Under a condition.** `when` says where a use is asked for: `answer` (question → options), `number` (question →
  `at_least`, `above`, `at_most`, `below`), `size` of the region on its own slice, its `source`, facts of the `image`,
  classes of which one is `marked` on it. Several keys hold together; `any_of` takes a list of which one holds, `not`
  a condition that does not. A rule on regions asks each region, by its own answers and those about its image; a rule
  on a series or a study counts the images on which the condition holds. A rule on everything that is handed in leaves
  out the regions for which a condition on regions does not hold; one on the image decides whether it is asked at all.
  What cannot be told is never passed: such a use cannot be evaluated. A question that need not always be answered may
  stay open; a condition on it does not hold then, and `not` of it does. At a criterion of `escalation`, `when` beside
  the rule's parameters makes it need both. Rules judged under every guideline take no condition.
- **Several labels on one region** are returned, unless the classes may stand together: `together_with: [effusion]` at
  a class. Such a region is judged by the rules of each of its classes, is asked the questions of each, and counts in
  each; it is one region, and no duplicate. One class says it for both; of three, every two must be such.
- **Where classes overlap**, `priority: [enhancing-tumour, core, oedema]` says whose the pixels are: the first of those
  that have them. The others are measured without them, so that the whole may be drawn over its parts. What shape was
  drawn (one piece, holes, inside another) is judged as it was drawn.
- **Sizes** are limited in mm, in pixels (`_px`) or as a fraction of the image (0.1 is a tenth). Each limit is judged in
  its own unit: in pixels and fractions without a pixel spacing, in mm never without. Units stand in the names of keys,
  numbers alone behind them, with a decimal point: `1200`, not `1.200`.
- **What is unwise** compiles, and is told as a warning: somebody could mean it, but hardly you. `compile --strict`
  refuses it. `# guidelint: allow CODE: reason`, in the line of a warning or in the one above, keeps it from being
  told again; `allow CODE until 2027-01-31: reason` to the end of that day.
- **Nothing is left empty.** A key with nothing behind it is a problem, except for rules and kinds of answer, where it
  stands for all defaults. A `#` after a space begins a comment: colours want quotation marks.
- **Not allowed:** anchors and aliases (`&`, `*`), tags (`!`), a key given twice, more than 64 levels, more than 1 MiB.
- **Editors** complete, explain and check keys with [guideline.schema.json](guideline.schema.json): store what
  `guidelint schema` prints beside the guideline, and write `# yaml-language-server: $schema=guideline.schema.json` in
  its first line. What a compiled plan holds stands in [plan.schema.json](plan.schema.json).

A complete guideline of the library:

```yaml
{example}
```

In the tables, `*` marks what must not be left out.
"""
_PROBLEMS = """\
<!-- Generated from explanations.yaml and the lints by `scripts/generate`; do not edit. -->

# The problems that a guideline can have

Each has a code, which `guidelint explain` explains as well. The examples are tested: each wrong part has exactly the
problem under which it stands, each right part has none.

An error keeps the text from being a guideline. A warning does not, unless `guidelint compile --strict` asks for it:
somebody could mean what is written. A note says what a good guideline has besides; only `guidelint lint` tells it.
Whoever means what is written says so in the line of the warning or note, or in the one above:
`# guidelint: allow CODE: reason`, for a time: `# guidelint: allow CODE until 2027-01-31: reason`.
"""
