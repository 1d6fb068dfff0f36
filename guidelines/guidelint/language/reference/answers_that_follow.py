"""What the page of the language tells of answers that follow from others, from what is drawn and from other visits."""

from typing import Final

DERIVE: Final = """\
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

CHANGES: Final = """\
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
VOLUMES: Final = """\
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
PRODUCTS: Final = """\
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
TIMES: Final = """\
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

RATIO: Final = """\
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

CRITERIA: Final = """\
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
