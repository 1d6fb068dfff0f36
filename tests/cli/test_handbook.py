"""`guidelint handbook`: everything that a guideline tells people on one page, and nothing that is kept for exams."""

from __future__ import annotations

import base64
import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from tests.cli.delivery_file import run
from tests.cli.test_examples import write_dicom
from tests.edits import edited

from guidelint import api

if TYPE_CHECKING:
    from pathlib import Path

GUIDELINE = """
guidelint: 1
guideline: spots
version: 1.2.0
title: 'Spots & <b>stains</b>'
summary: Spots are found, with *stars*.
authors: [{name: Ada Lovelace, affiliation: Analytical Society, orcid: 0000-0001}]
approvals: [{name: Grace Hopper, role: clinical lead, date: 2026-03-31, means: The definitions are clinically right.}]
effective: 2026-04-01
supersedes: 1.1.0
changes: ['Stains are marked, too.']
licence: MIT
sources: [{title: On spots, doi: 10.1000/1}]
images:
  modality: US
  slice_thickness: {max_mm: 2}
  refused_if: [it is blurred]
classes:
  spot:
    title: Spot
    definition: 'A dark spot of at least 10 mm, </script><script>alert(1)</script> whatever it is.'
    includes: [scars]
    excludes: [shadows]
    draw: polygon
    border: outer
    rules:
      diameter-limits: {longest_min_mm: 10, of: region}
      simple-outline: {}
attributes:
  kind:
    title: Kind
    of: spot
    choose_one: {good: {title: Good, points: 1}, bad: {title: Bad, points: 3}}
    required: true
  grade:
    title: Grade
    of: spot
    scale: {1: Mild, 2: Severe}
    higher_means: worse
    derive: {points: [kind], bands: {1: {at_most: 2}, 2: {at_least: 3}}, entered: never}
not_annotated: {dust: {title: Dust, definition: Specks of dust.}}
edge_cases: {twin: {title: Twins, do: Mark both., ask: chief}}
empty_reading: {means: There is no spot.}
escalation:
  routes: {chief: {who: Chief of spots, within_hours: 24}}
  when: {bad: {answer-escalates: {attribute: kind, values: [bad]}, to: chief}}
readers: {blinded_to_each_other: true}
review: {tiers: {second: {who: Second reader, share: 0.2}}}
instructions: Mark **every** spot.
"""
EXAMPLES = """
common: {image: {rows: 80, columns: 100, spacing_mm: 0.5}, regions: {spot: {kind: good}}}
examples:
  large:
    title: A large spot
    shows: spot
    is: positive
    drawn: [{class: spot, polygon: [[10, 10], [60, 12], [50, 60]]}]
    verdict: accepted
  small:
    title: A small spot
    shows: spot
    is: negative
    drawn: [{class: spot, polygon: [[10, 10], [20, 12], [15, 20]]}]
    verdict: returned
    by: [diameter-limits]
    because: It is shorter than it must be.
  secret:
    title: Kept for the exam
    shows: spot
    is: positive
    use: exam
    drawn: [{class: spot, polygon: [[11.25, 10], [61, 13], [51, 61]]}]
    verdict: accepted
    because: Nobody knows it before.
"""
TOLD = (
    "Ada Lovelace, Analytical Society (ORCID 0000-0001)",
    "Grace Hopper, clinical lead, 2026-03-31: The definitions are clinically right.",
    "1.2.0 (draft), in place of 1.1.0",
    "2026-04-01",
    "Stains are marked, too.",
    "At most 2\N{NO-BREAK SPACE}mm.",
    "it is blurred",
    "A dark spot of at least 10 mm, </script><script>alert(1)</script> whatever it is.",
    "scars",
    "shadows",
    "Draw just outside the edge",
    "at least 10\N{NO-BREAK SPACE}mm",
    "Dust",
    "Mark both.",
    "If you are not sure, ask: Chief of spots.",
    "There is no spot.",
    "Chief of spots, within 24\N{NO-BREAK SPACE}hours",
    "Second reader",
    "20\N{NO-BREAK SPACE}% goes on to",
    "If you are not sure: Twins.",
    "3 or more",
    "Readers do not see each other's work.",
    "It is shorter than it must be.",
    "On spots. doi 10.1000/1",
)


@pytest.fixture(scope="module")
def guideline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A guideline with examples beside it, one of them for exams."""
    folder = tmp_path_factory.mktemp("spots")
    (folder / "spots.yaml").write_text(GUIDELINE, encoding="utf-8")
    (folder / "spots.examples").mkdir()
    (folder / "spots.examples" / "all.yaml").write_text(EXAMPLES, encoding="utf-8")
    return folder / "spots.yaml"


@pytest.fixture(scope="module")
def page(guideline: Path) -> str:
    """Its handbook as HTML."""
    made = run("handbook", str(guideline), "--output", str(guideline.parent / "book.html"))
    assert (made.exit_code, made.stdout) == (0, "")
    return (guideline.parent / "book.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(guideline: Path) -> str:
    """Its handbook as Markdown."""
    return run("handbook", str(guideline), "--format", "markdown").stdout


class Words(HTMLParser):
    """The words of a page; fails where elements are not closed as they were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.addresses: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href", "action", "data"}]
        if tag not in {"meta", "input", "img", "br", "hr"}:
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._within.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._within[-1:] not in (["style"], ["script"]):
            self.said.append(data)


def test_the_page_tells_everything_in_one_file_that_calls_for_nothing(page: str) -> None:
    read = Words()
    read.feed(page)
    words = re.sub(r"[ \n]+", " ", "".join(read.said))
    assert [told for told in TOLD if told not in words] == []
    assert [one for one in read.addresses if not one.startswith(("#", "data:image/"))] == []
    assert page.count("<script>") == 1
    assert not re.search(r"@import|url\((?!data:)", page)
    assert len(page) < 2**20


def test_markdown_tells_the_same_and_obeys_no_sign_of_an_author(text: str) -> None:
    assert text.startswith("# Spots & \\<b\\>stains\\</b\\>\n")
    assert "with \\*stars\\*." in text
    assert "Mark **every** spot." in text
    assert re.search(r"\| Answer \| Points \|\n +\| --- \| --- \|\n +\| Good \| 1 \|\n +\| Bad \| 3 \|", text)
    plain = re.sub(r"\\(?=[^\w\s])|\*", "", text)
    assert [told for told in TOLD if told not in plain] == []


def row(page: str, heading: str) -> str:
    """The first row of a page with a heading."""
    return page[page.index(f'<th dir="auto" scope="row">{heading}</th>') :].partition("</tr>")[0]


def test_points_are_tables_and_rules_and_examples_are_drawn_with_their_verdicts(page: str) -> None:
    assert re.search(r">Kind</em>\s*</caption>.*?>Bad</th>\s*<td>3</td>", page, re.DOTALL)
    size = row(page, "Size")
    assert re.findall(r"hb-figure hb-(\w+)", size) == ["accepted", "returned"]
    assert "below the limit of 10\N{NO-BREAK SPACE}mm" in size
    boundary = row(page, "Boundary")
    assert "The outline crosses itself." in boundary
    examples = row(page, "Examples")
    assert re.findall(r"hb-figure hb-(\w+)", examples) == ["accepted", "returned"]
    assert examples.count("M10 10 60 12 50 60Z") == 1


def test_the_same_guideline_and_examples_give_the_same_bytes_from_python_too(
    guideline: Path, page: str, text: str
) -> None:
    loaded = api.load(guideline)
    assert loaded.handbook() == page
    assert loaded.handbook("markdown") == text


def test_nothing_is_shown_of_what_is_kept_for_exams(guideline: Path, page: str, text: str, tmp_path: Path) -> None:
    assert "Kept for the exam" not in page + text
    assert "Nobody knows it before" not in page + text
    copy = tmp_path / "spots.yaml"
    copy.write_bytes(guideline.read_bytes())
    (tmp_path / "spots.examples").mkdir()
    without = EXAMPLES[: EXAMPLES.index("  secret:")]
    (tmp_path / "spots.examples" / "all.yaml").write_text(without, encoding="utf-8")
    assert api.load(copy).handbook() == page


IMAGED = """
examples:
  imaged:
    shows: spot
    image: {file: scan.dcm}
    drawn: [{class: spot, polygon: [[10, 10], [60, 12], [50, 60]], answers: {kind: good}}]
    verdict: accepted
    because: Its edge is followed.
"""


def beside(guideline: Path, folder: Path, examples: str) -> Path:
    """Lay the guideline into another folder, with other examples."""
    (folder / "spots.yaml").write_bytes(guideline.read_bytes().replace(b"modality: US", b"modality: CT"))
    (folder / "spots.examples").mkdir()
    (folder / "spots.examples" / "all.yaml").write_text(examples, encoding="utf-8")
    return folder / "spots.yaml"


def test_an_example_is_shown_on_its_image_at_the_size_that_its_header_says(guideline: Path, tmp_path: Path) -> None:
    other = beside(guideline, tmp_path, IMAGED)
    write_dicom(tmp_path / "spots.examples" / "scan.dcm")
    page = api.load(other).handbook()
    examples = row(page, "Examples")
    assert "Its edge is followed." in examples
    assert ">20\N{NO-BREAK SPACE}mm</text>" in examples
    shown = re.search(r'<image href="data:image/jpeg;base64,([^"]+)"', examples)
    assert shown is not None
    with Image.open(io.BytesIO(base64.b64decode(shown[1]))) as image:
        assert (image.width, image.height) == (200, 100)
    assert "Jane" not in page


def test_slices_of_a_series_stand_side_by_side(guideline: Path, tmp_path: Path) -> None:
    shape = "drawn: [{class: spot, object: N1, polygon: [[10, 10], [60, 12], [50, 60]], answers: {kind: good}}]"
    facts = "shows: spot, image: {spacing_mm: 0.5}, because: It goes on., verdict: accepted"
    slices = f"[{{at_mm: 0, {shape}}}, {{at_mm: 1, {shape}}}]"
    other = beside(guideline, tmp_path, f"examples:\n  two: {{{facts}, slices: {slices}}}\n")
    page = api.load(other).handbook()
    examples = row(page, "Examples")
    assert re.findall(r'aria-label="(Slice \d): Spot"', examples) == ["Slice 1", "Slice 2"]
    assert examples.count("<figure") == 1


def test_an_example_that_does_not_get_its_verdict_is_not_shown_and_told(guideline: Path, tmp_path: Path) -> None:
    other = beside(guideline, tmp_path, EXAMPLES.replace("accepted", "escalated", 1))
    made = run("handbook", str(other))
    assert made.exit_code == 2
    assert "the example `large` does not get the verdict that it says" in made.stderr


def test_a_plan_tells_no_handbook_and_a_guideline_of_nothing_is_refused(guideline: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(api.load(guideline).compile()["plan.json"], encoding="utf-8")
    with pytest.raises(api.GuidelintError, match="loaded from a plan"):
        api.load(plan).handbook()
    refused = run("handbook", "no-such-guideline")
    assert refused.exit_code == 2
    assert "no-such-guideline" in refused.stderr


@pytest.mark.parametrize("written", [b"\xa8\xd8", b"", b"[]", b"examples: {}", b"examples:\n  one: {verdict: [\n"])
def test_a_file_of_examples_that_is_none_is_refused(guideline: Path, tmp_path: Path, written: bytes) -> None:
    other = beside(guideline, tmp_path, EXAMPLES)
    (tmp_path / "spots.examples" / "broken.yaml").write_bytes(written)
    made = run("handbook", str(other))
    assert (made.exit_code, made.stdout) == (2, "")
    assert "broken.yaml:" in made.stderr
    with pytest.raises(api.GuidelintError, match=r"broken\.yaml"):
        api.load(other).handbook()


def altered(folder: Path, *changes: tuple[str, str]) -> Path:
    """Lay the guideline into another folder, changed, without examples."""
    (folder / "spots.yaml").write_text(edited(GUIDELINE, *changes), encoding="utf-8")
    return folder / "spots.yaml"


RING = "classes:\n  ring: {title: Ring, definition: What is around., draw: polygon}\n"
WITHIN = "relations: {within: {inside: {child: spot, parent: ring%s}}}\nempty_reading"


def test_a_rule_is_drawn_under_the_condition_of_its_use(tmp_path: Path) -> None:
    def relation(under: str) -> str:
        other = altered(tmp_path, ("classes:\n", RING), ("empty_reading", WITHIN % under))
        page = api.load(other).handbook("markdown")
        return page[page.index("## Relations") :].partition("\n## ")[0]

    assert "no Ring is marked" in relation("")
    under = relation(", when: {marked: ring}")
    assert "**Accepted**" in under
    assert "**Returned** Spot: only 50\N{NO-BREAK SPACE}% lies inside Ring" in under
    assert "no Ring is marked" not in under
    assert "**Returned**" in relation(", when: {image: {view: PA}}")


def test_a_rule_is_drawn_just_beyond_its_limit(page: str) -> None:
    longest = re.search(r"longest diameter is ([\d.]+)\N{NO-BREAK SPACE}mm, below", page)
    assert longest is not None
    assert 9.7 < float(longest[1]) < 10


def test_nothing_is_begun_that_has_no_end(tmp_path: Path) -> None:
    readers = "readers: {answers: {kind: {min_kappa: 0.6}, clear: {on_each_task: {to: chief}}}, "
    clear = "attributes:\n  clear: {title: Clear, of: image, choose_one: {clear: Clear, not: Dull}, required: true}\n"
    other = altered(
        tmp_path,
        ("attributes:\n", clear),
        ("readers: {", readers),
        ("within_hours: 24", "within_hours: 24, readers: 3"),
    )
    text = api.load(other).handbook("markdown")
    assert "*Kind*: kappa of at least 0.6." in text
    assert ": ." not in text
    assert "1. Annotator\n2. 20\N{NO-BREAK SPACE}% goes on to **Second reader**" in text


UNUSUAL = """
common: {image: {rows: 80, columns: 100, spacing_mm: 0.5}, regions: {spot: {kind: good}}}
examples:
  edge:
    title: Only just a spot
    shows: spot
    is: borderline
    drawn: [{class: spot, polygon: [[10, 10], [32, 10], [30, 30]]}]
    verdict: accepted
  small:
    title: No spot but a speck
    shows: spot
    is: negative
    drawn: [{class: spot, polygon: [[10, 10], [20, 12], [15, 20]]}]
    verdict: returned
    by: [diameter-limits]
"""


def test_what_an_author_calls_an_example_is_told_whatever_becomes_of_it(guideline: Path, tmp_path: Path) -> None:
    text = api.load(beside(guideline, tmp_path, UNUSUAL)).handbook("markdown")
    assert "**Accepted** Only just a spot." in text
    assert "**Returned** No spot but a speck. The longest diameter is" in text


OF_NO_CLASS = """
common: {image: {rows: 80, columns: 100, spacing_mm: 0.5}, regions: {spot: {kind: bad}}}
examples:
  worst:
    title: The worst of them
    drawn: [{class: spot, polygon: [[10, 10], [60, 12], [50, 60]]}]
    verdict: escalated
    by: bad
    derived: {grade: "2"}
  without-words:
    drawn: [{class: spot, polygon: [[10, 10], [60, 12], [50, 61]]}]
    verdict: escalated
    by: bad
"""


def test_an_example_of_no_class_is_shown_in_its_authors_words_with_what_follows(
    guideline: Path, tmp_path: Path
) -> None:
    page = api.load(beside(guideline, tmp_path, OF_NO_CLASS)).handbook()
    further = page.rpartition(">Further examples<")[2].partition("</section>")[0]
    assert further.count("<figure") == 1
    assert "The worst of them. " in further
    assert "Grade: Severe." in further


def test_a_wrong_example_of_no_class_is_not_shown_and_told(guideline: Path, tmp_path: Path) -> None:
    wrong = OF_NO_CLASS.replace('grade: "2"', 'grade: "1"')
    with pytest.raises(api.GuidelintError, match="the example `worst` does not get the verdict that it says"):
        api.load(beside(guideline, tmp_path, wrong)).handbook()


def test_rules_over_readers_slices_and_answers_are_drawn_on_both_sides_of_their_limits(tmp_path: Path) -> None:
    rules = "{rules: {enough-readers: {min: 3}, overlap-agreement: {min_dice: 0.7}}}"
    changed = altered(
        tmp_path,
        ("readers: {blinded_to_each_other: true}", f"readers: {rules}"),
        ("simple-outline: {}", "volume-limits: {max_ml: 2}"),
    )
    made = tmp_path / "out.html"
    assert run("handbook", str(changed), "--output", str(made)).exit_code == 0
    page = made.read_text()
    enough = row(page, "Enough readers")
    assert enough.count("<svg") == 3 + 2
    assert "This task has 2 readers; at least 3 must read it." in enough
    agreement = row(page, "Overlap agreement")
    shares = [float(one) for one in re.findall(r"is (0\.\d+) between", agreement)]
    assert (len(shares), agreement.count("<svg")) == (1, 2)
    assert 0.65 < shares[0] < 0.7
    volume = row(page, "Size")
    assert re.search(r"is 2\.[01]\d*\N{NO-BREAK SPACE}ml, above the limit of 2\N{NO-BREAK SPACE}ml", volume), volume
    assert {"Slice 1", "Slice 2"} <= set(re.findall(r">(Slice \d)<", volume))
    kind = page[page.index('id="escalation"') :]
    told = re.findall(r">(Good|Bad|Accepted|Escalated)</(?:dd|strong)>", kind)
    assert told[:4] == ["Good", "Accepted", "Bad", "Escalated"]
