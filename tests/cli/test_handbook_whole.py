"""Whatever an author writes that people are to read stands in the handbook: a key that is told nowhere is noticed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import yaml

from guidelint import api

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOT_READ: Final = {
    "aliases of an answer": r"attributes\..*\.aliases",
    "a name, whose title is told": r".*\.(to|ask|adjudicator|kind_of|of|class|attribute|child|parent|record|on|width)",
    "names of answers, whose titles are told": r".*\.values",
    "numbers of the language": r"guidelint",
    "names of questions and classes, whose titles are told": r".*\.(when|pairs|measured)\..*|empty_reading\.say\..*",
    "told in words": r".*\.(draw|border|color|level|rule|method|burned_in_text|faces|reading|entered|mode|at_limit)"
    r"|images\.(synthetic|keys\..*)|status",
    "of the editor": r"control_aliases\..*",
}
"""Why words of a guideline do not stand in its handbook as they are written → where they are written."""
GUIDELINE: Final = """
guidelint: 1
guideline: whole
version: 2.1.0
title: Everything there is
summary: Every key is set once.
licence: CC-BY-4.0
authors: [{name: A. Ng, affiliation: General Hospital, orcid: 0000-0002}]
approvals: [{name: C. Diaz, role: head of radiology, date: 2026-03-31, means: The definitions are right.}]
effective: 2026-04-13
supersedes: 2.0.0
changes: [Nodules at the pleura are outlined without it.]
sources: [{title: A first source, doi: 10.1000/1}, {title: A second source, url: 'https://example.org/b'}]
images:
  modality: MR
  body_part: CHEST
  views: [PA, AP]
  time_points: [baseline, week-8]
  matrix: {min_rows: 217, min_columns: 181}
  slice_thickness: {max_mm: 2.5}
  pixel_spacing: {max_mm: 1.25}
  of_task: {t1: {title: Before contrast}, t2: {title: After contrast}}
  one_grid: true
  windows: {lung: {center: -600, width: 1500}}
  series: {no_missing_slices: true, min_slices: 33, covers: The whole chest}
  refused_if: [motion doubles the heart]
  privacy: {profile: Basic Profile, burned_in_text: refused, faces: defaced}
  synthetic: refused
families: {finding: {title: Findings of the chest, draw: polygon, border: inner}}
classes:
  nodule:
    title: Nodule
    definition: A round opacity.
    kind_of: finding
    includes: [ground glass]
    excludes: [vessels]
    aliases: [coin lesion]
    codes: [{scheme: SCT, value: '27925004', meaning: Nodule of something}]
    count: {max: 7}
    rules: {diameter-limits: {longest_min_mm: 3.5, of: region, note: Measure it twice.}}
  lung: {title: Lung, definition: All of it., draw: brush}
attributes:
  view: {title: View, of: image, choose_one: {pa: From behind, ap: From the front}, required: true}
  margin:
    title: Margin
    definition: As it is on the best slice.
    of: nodule
    choose_one: {smooth: {title: Smooth edge, definition: Nowhere spiky.}, spiky: Spiky edge}
    required: true
  ratio:
    title: Ratio
    of: image
    number: {min: 0, max: 1, step: 0.01}
    required: true
rules: {separate: {pairs: [[nodule, nodule]]}}
relations: {in-lung: {inside: {child: nodule, parent: lung, min_fraction: 0.75}}}
not_annotated: {scar: {title: Scar, definition: A line., because: It is old.}}
edge_cases: {twin: {title: Twins, do: Mark both., seen_as: Two that touch., ask: senior}}
procedure:
  blinded_to: [earlier reports]
  steps: {look: {do: Scroll through all slices., shall_not: [mark anything yet], record: [margin]}}
empty_reading: {means: There is no nodule.}
escalation:
  routes: {senior: {who: Thoracic radiologist, within_hours: 26, message: Leave it as it is., readers: 3}}
  when: {spiky: {answer-escalates: {attribute: margin, values: [spiky]}, to: senior, because: It may be cancer.}}
readers:
  blinded_to_each_other: true
  answers: {margin: {min_kappa: 0.61}}
  regions: {nodule: {min_dice: 0.72, max_hd95_mm: 5.5}}
  rules: {enough-readers: {min: 2}}
annotators:
  roles: {reader: {title: First reader, qualification: Radiologist in training, valid_months: 13}}
review: {tiers: {second: {who: Second reader, share: 0.2}}}
delivery: {formats: [label-studio, nifti], includes: [a list of what is missing], min_accepted_share: 0.95}
instructions: Mark every nodule.
"""


def test_every_word_of_an_author_stands_in_the_handbook(tmp_path: Path) -> None:
    (tmp_path / "whole.yaml").write_text(GUIDELINE, encoding="utf-8")
    book = api.load(tmp_path / "whole.yaml").handbook("markdown")
    text = plain(book)
    missing = [(where, words) for where, words in leaves(yaml.safe_load(GUIDELINE)) if not is_told(words, text)]
    reasons = [re.compile(where) for where in NOT_READ.values()]
    assert [one for one in missing if not any(reason.fullmatch(one[0]) for reason in reasons)] == []
    assert "The line itself belongs to it." in book
    assert "They show the same pixels" in book


def leaves(part: object, where: str = "") -> Iterator[tuple[str, str]]:
    """List every value with the keys that lead to it."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from leaves(value, f"{where}.{key}".lstrip("."))
    elif isinstance(part, list):
        for value in part:
            yield from leaves(value, where)
    else:
        yield where, str(part).lower() if isinstance(part, bool) else str(part)


def is_told(words: str, text: str) -> bool:
    """Whether words stand there, or a share as percent; what is only switched on has words of its own."""
    share = f"{100 * float(words):g} %" if re.fullmatch(r"0\.\d+", words) else words
    return words in {"true", "polygon", "brush"} or any(plain(one).rstrip(".") in text for one in (words, share))


def plain(words: str) -> str:
    """Take out the signs of Markdown, and capitals."""
    return re.sub(r"\s+", " ", re.sub(r"[\\*`]", "", words)).casefold()
