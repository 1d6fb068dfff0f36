"""What a guideline says beside its classes, questions and rules is read, answered for, and leaves its plan alone."""

from __future__ import annotations

import pytest

from guidelint.labelstudio.config.abilities import LabelStudio
from guidelint.language.compile.plan import compile_plan
from guidelint.language.enforcement.statements import statements
from guidelint.language.load import load, loaded
from guidelint.language.reference.part_pages import PAGES, Page, snippet
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue

CLASSES = """\
classes:
  nodule: {title: Nodule, definition: Whatever is round., draw: polygon, laterality: {asked_in: side}}
attributes:
  malignancy: {title: Malignancy, of: nodule, choose_one: {likely: Likely, unlikely: Unlikely}}
  side: {title: Side, of: nodule, choose_one: {left: Left, right: Right}, required: true}
escalation:
  routes: {senior-reader: {who: Thoracic radiologist}}
  when: {likely: {answer-escalates: {attribute: malignancy, values: [likely]}, to: senior-reader}}
"""
BESIDE = "".join(snippet(key) for page in PAGES for key in page.keys if key not in {"readers", "annotators", "images"})
OTHERS = "images: {modality: CT, windows: {lung: {center: -600, width: 1500}}}\n"


def problems(part: str) -> list[tuple[str, str, str]]:
    with pytest.raises(GuidelineProblems) as found:
        load(with_part(CLASSES + part))
    return [(problem.code, problem.message, problem.help) for problem in found.value.problems]


@pytest.mark.parametrize("page", PAGES, ids=[page.title for page in PAGES])
def test_the_example_of_every_page_may_stand_in_a_guideline(page: Page) -> None:
    text = "".join(snippet(key) for key in page.keys)
    assert all(f"{key}:" in text for key in page.keys)
    assert set(page.keys) <= loaded(with_part(CLASSES + text)).written.model_fields_set


def test_every_statement_of_all_of_them_has_an_answer_and_nothing_changes_the_plan() -> None:
    read = loaded(with_part(CLASSES + OTHERS + BESIDE))
    found = {".".join(map(str, one.path)): one for one in statements(read, catalogue(), LabelStudio())}
    assert [path for path, one in found.items() if not one.answers] == []
    assert found["calibration.gold_tasks"].answers == (("later", "nobody is held against known answers yet"),)
    assert found["edge_cases.at-the-vessel.ask"].answers[0].place == "by people only"
    assert found["review.tiers.second-look.who"].not_by_tool.startswith("the Community edition has no roles")
    assert found["images.windows.lung.width"].not_by_tool
    without = load(with_part(CLASSES + OTHERS + snippet("delivery")))
    assert compile_plan(read.guideline, catalogue()).digest == compile_plan(without, catalogue()).digest


def test_agreement_is_asked_for_by_class_and_size_and_the_report_says_that_nobody_measures_it_yet() -> None:
    small = "{size: {longest_mm: {below: 9}}, answers: {malignancy: {min_kappa: 0.5}}}"
    read = loaded(with_part(f"{CLASSES}readers: {{regions: {{nodule: {{by_size: {{small: {small}}}}}}}}}\n"))
    asked = read.guideline.readers.regions["nodule"].by_size["small"]
    assert asked.size.longest_mm is not None
    assert asked.size.longest_mm.holds(8.9)
    assert not asked.size.longest_mm.holds(9)
    assert asked.answers["malignancy"].min_kappa == 0.5
    found = {".".join(map(str, one.path)): one for one in statements(read, catalogue(), LabelStudio())}
    assert found["readers.regions.nodule.by_size.small.answers.malignancy.min_kappa"].answers[0].place == "later"


def test_what_is_said_reaches_the_guideline() -> None:
    guideline = load(with_part(CLASSES + BESIDE + "readers: {consensus: {method: staple}}\n"))
    assert guideline.approvals[0].date == "2026-03-31"
    assert [author.name for author in guideline.authors] == ["A. Ng", "B. Roy"]
    assert guideline.procedure is not None
    assert [*guideline.procedure.steps] == ["look", "mark", "report"]
    assert guideline.readers.consensus is not None
    assert guideline.readers.consensus.method == "staple"
    assert guideline.delivery.min_accepted_share is None


@pytest.mark.parametrize(
    ("part", "code", "remedy"),
    [
        ("effective: 2026/4/1\n", "wrong-value", "Write `2026-04-01`."),
        ("effective: 2026-02-30\n", "wrong-value", "e.g. `2026-03-31`"),
        ("supersedes: v1.2\n", "wrong-value", "write `1.2.0`"),
        ("procedure: {steps: {look: {do: Look., decide: {Nothing: lok}}}}\n", "unknown-step", "Did you mean `look`?"),
        ("edge_cases: {odd: {title: Odd, do: Ask., ask: senior-readr}}\n", "unknown-route", "`senior-reader`"),
        ("ai_assistance: {of: nodul}\n", "unknown-class", "`nodule`"),
        ("readers: {answers: {malignanzy: {min_kappa: 0.6}}}\n", "unknown-question", "`malignancy`"),
        (
            "readers: {regions: {nodule: {by_size: {small: {size: {longest_mm: {below: 9}}}}}}}\n",
            "wrong-value",
            "say how far readers must agree",
        ),
        ("readers: {regions: {nodule: {answers: {malignanzy: {min_icc: 0.9}}}}}\n", "unknown-question", "`malignancy`"),
        ("images: {slice_thickness: {min_mm: 3, max_mm: 2}}\n", "empty-range", ""),
        ("calibration: {gold_tasks: 9, min_accepted_share: 90, if_below: Again.}\n", "out-of-range", "`0.9`"),
        ("review: {audit: {share: 0.1, by: anotator}}\n", "unknown-value", "`annotator`"),
        ("regulaton: {reporting: CLAIM}\n", "unknown-key", "`regulation`"),
        ("special_cases: {}\n", "unknown-key", "`edge_cases`"),
        ("not_annotated: {dot: {title: nodule, definition: Small.}}\n", "annotated-and-not", "Keep one of the two"),
        ("readers: {regions: {nodule: {surface_dice: {min: 0.9}}}}\n", "missing", "tolerance_mm"),
    ],
)
def test_a_mistake_in_them_is_told_with_its_remedy(part: str, code: str, remedy: str) -> None:
    (found,) = problems(part)
    assert found[0] == code
    assert remedy in found[2]
