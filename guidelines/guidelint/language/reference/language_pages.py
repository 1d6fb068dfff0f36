"""The reference of the language: its keys, its problems and its JSON Schema, made from the models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guidelint.imaging.keys import ImageKeys, delivered
from guidelint.language.library import source
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

_DERIVE = """\
Under a question's `derive`. The rule [derived-answer](rules/derived-answer.md) compares what was entered with what
follows; with `entered: never` nobody is asked, and what follows is told, stored and exported:

```yaml
attributes:
  level:
    title: Level
    of: nodule
    choose_one: {benign: Benign, suspicious: Suspicious}
    derive:
      points: [composition, margin]
      bands: {benign: {at_most: 2}, suspicious: {above: 2}}
      entered: never
```

With `told: false` beside it, it is a helper that conditions go by; no verdict, column, instruction or export has it.

In every way of deriving, a question that is not asked (`required: {when: …}` is not met, or `forbidden:` is) counts
nothing, even where it was answered all the same, and criteria that ask for it do not hold. Where none of the questions
is asked, or one that may always be left open was, nothing follows; where one that must be answered is missing, it
cannot be told."""

_CHANGES = """\
What no one image answers is asked `of: series`, `of: study` or `of: patient`, and follows from all that one annotator
has read of it (`derive:` with `entered: never`). Regions of one class that bear one object name are one object, of
which the largest counts. The value is told on every task of it once all are in, has a column in the Data Manager, and
stands in what `guidelint check` gives. `answer-escalates` may name it: the patient escalates once all tasks are in. A
number `of: study` may be followed over the studies of a patient, which stand in the order of their Study Date
(0008,0020); those of one time point, or of one day, count together. Of `changes` the first option counts whose limits
all hold:

```yaml
attributes:
  sum-of-diameters:
    title: Sum of diameters
    of: study
    number: {min: 0, unit: mm}
    derive: {measured: {longest-diameter: lesion, short-axis: node}, entered: never}
  response:
    title: Response
    of: patient
    choose_one: {pd: Progressive disease, cr: Complete response, pr: Partial response, sd: Stable disease}
    derive:
      change_of: sum-of-diameters
      changes:
        pd: {since_smallest_percent: {at_least: 20}, since_smallest: {at_least: 5}}
        cr: {largest: {lesion: {at_most: 0}, node: {below: 10}}}       # nodes under 10 mm count as gone
        pr: {since_baseline_percent: {at_most: -30}}
        sd: otherwise
      entered: never
escalation:
  routes: {adjudicator: {who: Independent radiologist}}
  when: {growth: {answer-escalates: {attribute: response, values: [pd]}, to: adjudicator}}
```

Such an answer may follow from others that are told of the same series, study or patient, by `table`, `first_of` (of
answers and numbers), `worst_of`, `points` and `sum`. What is answered in each task has several answers there: which of
them counts, a question of its own says, `worst_of` with its options from the lowest to the highest. A question
`of: patient` that follows from a change is told at each time point but the first, and takes the answers `of: study` of
that time point:

```yaml
attributes:
  new-lesion: {title: New lesion here, of: image, choose_one: {yes: Yes, no: No}, required: true}
  new-lesions:
    title: New lesions
    of: study
    choose_one: {no: No, yes: Yes}                                     # yes, where any task says yes
    derive: {worst_of: new-lesion, entered: never}
  overall:
    title: Overall response
    of: patient
    choose_one: {pd: Progressive disease, cr: Complete response, pr: Partial response, sd: Stable disease}
    derive:
      first_of:
        pd: {any_of: [{answer: {response: pd}}, {answer: {new-lesions: yes}}]}
        cr: {answer: {response: cr}}
        pr: {answer: {response: pr}}
        sd: otherwise
      entered: never
```

What is drawn may decide of a series, a study or a patient, too: `take: largest` (or `smallest`) beside `measured` or
`sum` is one number in place of the sum, and `where` says which regions count. An object on several images counts where
it is so on any of them, with the sizes of its largest; the largest of nothing is 0, and of the smallest nothing
follows. So a study has an enlarged node, whatever anybody answered, and a number of them:

```yaml
attributes:
  enlarged:
    title: Any node of 10 mm or more
    of: study
    choose_one: {no: No, yes: Yes}
    derive:
      measured: {short-axis: node}
      take: largest
      unit: mm
      bands: {yes: {at_least: 10}, no: {below: 10}}
      entered: never
  enlarged-nodes:
    title: Nodes of 10 mm or more
    of: study
    number: {min: 0, max: 99}
    derive: {measured: {count: node}, where: {size: {short_axis_mm: {at_least: 10}}}, entered: never}
```

Criteria decide as far as they can be told: with a new lesion it is progressive disease, whatever is missing elsewhere.
Where a question was left open that may be, nothing follows; `left_open: ne` beside the way in which it follows says
that the answer is that option then. Of a change it is so at the time point without a number, and, where that is the
baseline, at all that come after it. What must be answered and is not returns the work, and leaves the answer untold.

Asked of a class, the change is that of each object, joined by its name over the studies of a patient. `change_of`
names numbers that are asked of its regions, are sizes of what is drawn, or products of such numbers; `of` and
`in_at_least` say in how many of them the limits must hold, and `any_of` gives alternatives. A number that
was asked of the object at no time point so far counts nothing. It is told of each object at each later time point by
[derived-change-of-object](rules/derived-change-of-object.md). Growth of a thyroid nodule
after ACR TI-RADS:

```yaml
attributes:
  growth:
    title: Growth
    of: nodule
    choose_one: {grown: Grown, not-grown: Not grown}
    derive:
      change_of: [length, width, height, ellipsoid]
      changes:
        grown:
          any_of:
            - of: [length, width, height]
              in_at_least: 2
              since_smallest_percent: {at_least: 20}
              since_smallest: {at_least: 2}
            - {of: ellipsoid, since_smallest_percent: {at_least: 50}}
        not-grown: otherwise
      entered: never
```

Options in an order change by steps, those of a scale by its numbers: `change_of` may name the grade of a study, or the
level of a nodule, entered or not. `since_last` compares with the visit before:

```yaml
attributes:
  rise:
    title: Rise of the level
    of: nodule
    choose_one: {risen: Risen, not-risen: Not risen}
    derive: {change_of: level, changes: {risen: {since_last: {at_least: 1}}, not-risen: otherwise}, entered: never}
```
"""
_VOLUMES = """\
A volume is that of an object over the slices of a series. Asked of a class, it is compared with what was entered on any
slice of the object, or told (`entered: never`) by [derived-of-object](rules/derived-of-object.md); asked `of: series`,
`study` or `patient`, the volumes of all objects of the classes are added up. Units are ml, cm3, mm3 and l. Where the
spacing of pixels, the place of a slice or its series is not known, it is told that the volume cannot be:

```yaml
attributes:
  volume:
    title: Volume
    of: lesion
    number: {min: 0, max: 500, unit: ml}
    derive: {measured: {volume: lesion}, tolerance: 0.5}
  load:
    title: Volume of all lesions
    of: series
    number: {min: 0, unit: ml}
    derive: {measured: {volume: lesion}, entered: never}
```"""
_PRODUCTS = """\
With `product`, numbers are multiplied, `times` a factor. They may be asked on several images of a task (`on:`): what
bears one object name is one object, and its answers are joined. Where all of them are lengths in mm, cm or um, what
comes of two is an area and of three a volume, in the unit of the question; the message shows the conversion (*502.656
mm³ = 0.503 ml*). `bands` lead to an option, as those of a sum do:

```yaml
attributes:
  length: {title: Length, of: nodule, number: {min: 0, max: 150, unit: mm}, required: true}
  width: {title: Width, of: nodule, number: {min: 0, max: 150, unit: mm}, required: true}
  height: {title: Height, of: nodule, number: {min: 0, max: 150, unit: mm}, required: true}
  ellipsoid:
    title: Volume of the ellipsoid
    of: nodule
    number: {min: 0, unit: ml}
    derive: {product: [length, width, height], times: 0.5236, entered: never}
```

`rank_of` gives the place of a region's number among those of all objects in the task, from the highest on; those with
one number share a place, and an object on several images counts with its highest. `among` ranks only those with an
answer. Where it is entered, what was chosen is compared; where nobody enters it, escalations and conditions go by it.
`per: patient` (or `study`, `series`) ranks all objects of the patient, by their names, once all tasks are in; then
[derived-rank](rules/derived-rank.md) compares or tells the place, and only `answer-escalates` goes by it:

```yaml
attributes:
  biopsy:
    title: Among the two for biopsy
    of: nodule
    choose_one: {yes: Yes, no: No}
    derive:
      rank_of: points
      among: {large: yes}
      bands: {yes: {at_most: 2}, no: {above: 2}}
      entered: never
escalation:
  routes: {clinic: {who: Biopsy clinic}}
  when: {to-biopsy: {answer-escalates: {attribute: biopsy, values: [yes]}, to: clinic}}
```"""
_TIMES = """\
Under `earlier` and `later` of criteria: what else has the keys of criteria, and holds at another time point. A question
`of: patient` may ask what was before and what comes after; `days` says how far away that must be. A response that
counts once it is there four weeks later, and what it is called otherwise:

```yaml
attributes:
  confirmed:
    title: Confirmed response
    of: patient
    choose_one: {cr: Complete response, pr: Partial response, open: Not confirmed, sd: Stable, pd: Progressive}
    derive:
      first_of:
        cr: {answer: {overall: cr}, later: {answer: {overall: cr}, days: {at_least: 28}}}
        pr: {answer: {overall: [cr, pr]}, later: {answer: {overall: [cr, pr]}, days: {at_least: 28}}}
        open: {answer: {overall: [cr, pr]}}
        pd: {answer: {overall: pd}}
        sd: otherwise
      entered: never
  best:
    title: Best overall response
    of: patient
    choose_one: {cr: Complete response, pr: Partial response, sd: Stable, pd: Progressive, ne: Not evaluable}
    derive:
      first_of:
        cr: {ever: {answer: {confirmed: cr}}}
        pr: {ever: {answer: {confirmed: pr}}}
        sd: {ever: {answer: {overall: [cr, pr, sd]}, days_since_baseline: {at_least: 42}}}
        pd: {ever: {answer: {overall: pd}}}
        ne: otherwise
      entered: never
```

Asked of a class, the same is asked of each object, joined by its name: what was answered of it at other visits, and,
with `is_marked: false`, where it is not marked. A lesion that is new, or was gone and is back, is told at each visit
after the first one at which it is marked, by [derived-course-of-object](rules/derived-course-of-object.md):

```yaml
attributes:
  course:
    title: Course
    of: lesion
    choose_one: {new: New, back: Back again, as-before: As before}
    derive:
      first_of:
        new: {earlier: {which: every, is_marked: false}}
        back: {answer: {state: there}, earlier: {which: last, answer: {state: gone}}}
        as-before: otherwise
      entered: never
```

With `ever` alone, the answer is told once of the patient, by
[derived-from-time-points](rules/derived-from-time-points.md); else at each time point but the first, by
[derived-at-time-points](rules/derived-at-time-points.md). `which: first` before is the baseline, and `last` the visit
before; `which: first` after is the next visit. What follows from a change has no answer at the baseline, so that
nothing holds of it there. Whether something is confirmed can be told once the patient's tasks are in: a visit that is
added later is judged with the others ([why so](../decisions/0047-other-time-points.md)).
"""

_RATIO = """\
Under `derive`, `ratio`: one measure of what is drawn divided by another. With the unit `%` it is a percentage; with
`bands` an option follows. Areas are those of all regions of the classes together, and a width is that from the leftmost
of them to the rightmost:

```yaml
attributes:
  heart-size:
    title: Heart size
    of: image
    choose_one: {normal: Normal, enlarged: Enlarged}
    derive:
      ratio: {of: {width: heart}, to: {width: thorax}}
      bands: {normal: {at_most: 0.5}, enlarged: {above: 0.5}}
  necrosis-share:
    title: Share of necrosis
    of: image
    number: {min: 0, max: 100, unit: "%"}
    derive: {ratio: {of: {area: necrosis}, to: {area: tumour}}, tolerance: 5}
```"""

_CRITERIA = """\
Each entry of `first_of` of a question's `derive`, under the name of an option, each entry of `any_of` in it and what
stands under `not`. The first option whose criteria hold is the answer, and `otherwise` stands for whatever is left.
What stands together in one holds together; `any_of` asks for one of several, `not` for what must not be so. The rule of
4-2-1 for diabetic retinopathy, and how near exudates come to the fovea:

```yaml
attributes:
  grade:
    title: Grade
    of: image
    scale: {0: None, 1: Mild, 2: Moderate, 3: Severe, 4: Proliferative}
    higher_means: more severe
    derive:
      first_of:
        4: {marked: new-vessels}
        3:
          any_of:
            - quadrants: {haemorrhage: {about: fovea, at_least: 4, each: 21}}     # more than 20 in each of four
            - quadrants: {venous-beading: {about: fovea, at_least: 2}}
            - quadrants: {irma: {about: fovea, where: {answer: {prominent: yes}}}}
        2: {marked: [haemorrhage, venous-beading, irma, hard-exudate]}
        1: {marked: microaneurysm}
        0: otherwise
  zone:
    title: Exudates
    of: image
    choose_one: {centre: At the centre, away: Away from it, none: None}
    derive:
      first_of:
        centre: {nearest: {hard-exudate: {to: fovea, diameters: {at_most: 1}, diameter_of: optic-disc}}}
        away: {marked: hard-exudate}
        none: otherwise
      entered: never
```

A region lies in the quadrant of its centre. Where the landmark is not marked, or there are two, what depends on it
cannot be told: one region still lies in one quadrant, and where another criterion decides, the answer is told
([why so](../decisions/0034-criteria-decide-as-far-as-they-can-be-told.md)). Of a question about regions, `answer`,
`number`, `size` and `distance` are those of the region itself, so that a table by size and attribute is written in the
same way:

```yaml
first_of:
  category-4b: {answer: {attenuation: solid}, size: {longest_mm: {at_least: 15}}}
  category-4a: {answer: {attenuation: solid}, size: {longest_mm: {at_least: 8}}}
  category-3: {answer: {attenuation: solid}, size: {longest_mm: {at_least: 6}}}
  category-2: otherwise
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
    Section("Answers that follow", "Derive", f"{_DERIVE}\n\n{_VOLUMES}\n\n{_PRODUCTS}"),
    Section("Ratios and percentages", "Ratio", _RATIO),
    Section("Changes over time", "ChangeLimits", _CHANGES),
    Section("Tables of answers", "Table", "Under `derive`, `table`."),
    Section("Criteria of an answer", "Criteria", _CRITERIA),
    Section("Other time points", "AtOther", _TIMES),
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
