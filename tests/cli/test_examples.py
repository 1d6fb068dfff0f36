"""``guidelint test``: examples beside a guideline get the verdict that they expect, or it is told where and why not."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import yaml
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid
from tests.cli.delivery_file import run

from guidelint.checking.asked.chosen_plan import chosen_plan
from guidelint.checking.examples.mutation.mutants import mutants
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.fake.fake import FakeLabelStudio
from guidelint.labelstudio.fake.http import transport
from guidelint.language.compile.plan import compile_plan
from guidelint.language.examples.folder import Folder
from guidelint.language.examples.read import examples_in
from guidelint.language.library import find, holdings, released
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from typer.testing import Result

    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.rule.rule import Catalogue

GUIDELINE = with_part("""\
images: {modality: CT, pixel_spacing: {max_mm: 1}}
classes:
  lesion:
    title: Lesion
    definition: Whatever looks different.
    draw: [polygon, rectangle, ellipse, brush, bitmask]
    count: {max: 2}
    rules:
      area-limits: {min_mm2: 25}
  spot: {title: Spot, definition: A small lesion., draw: keypoint}
  vessel: {title: Vessel, definition: A line., draw: vector}
attributes:
  margin:
    title: Margin
    of: lesion
    choose_one: {sharp: Sharp, blurred: Blurred}
    required: true
escalation:
  routes:
    senior: {who: Senior reader}
  when:
    blurred: {answer-escalates: {attribute: margin, values: [blurred]}, to: senior}
""")
EXAMPLES = """\
common:
  image: {rows: 100, columns: 120, spacing_mm: 0.5}
  regions: {lesion: {margin: sharp}}
examples:
  large-enough:
    shows: lesion
    is: borderline
    verdict: accepted
    drawn:
      - {class: lesion, polygon: [[10, 10], [20, 10], [20, 20], [10, 20]]}
      - {class: lesion, brush: [[40, 40, 10, 5], [40, 45, 10, 5]]}
      - {class: spot, keypoint: [5, 5]}
      - {class: vessel, vector: [[1, 1], [50, 90]]}
  too-small:
    verdict: returned
    by: area-limits
    drawn: [{class: lesion, rectangle: [10, 10, 10, 9]}]
  three:
    verdict: returned
    by: count-limits
    drawn:
      - {class: lesion, ellipse: [20, 20, 8, 8]}
      - {class: lesion, ellipse: [50, 50, 8, 8]}
      - {class: lesion, bitmask: [[70, 70, 10, 10]]}
  open-question:
    verdict: returned
    by: [attributes.margin.required, classes.lesion.rules.area-limits]
    drawn: [{class: lesion, rectangle: [10, 10, 5, 5], unanswered: margin}]
  to-the-senior:
    verdict: escalated
    by: blurred
    use: exam
    drawn: [{class: lesion, rectangle: [10, 10, 10, 10], answers: {margin: blurred}}]
  coarse:
    image: {spacing_mm: 2}
    verdict: returned
    by: calibrated-spacing
  nothing: {verdict: accepted}
"""


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A guideline in the current folder, and the folder of its examples."""
    monkeypatch.chdir(tmp_path)
    Path("lesions.yaml").write_text(GUIDELINE)
    folder = Path("lesions.examples")
    folder.mkdir()
    return folder


def ran(*arguments: str) -> Result:
    return run("test", "lesions.yaml", *arguments)


def test_each_shape_and_verdict_is_as_expected(beside: Path) -> None:
    (beside / "all.yaml").write_text(EXAMPLES)
    result = ran()
    assert result.stdout == "7 examples of 1 guideline: nothing to tell.\n"
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("10, 9]", "10, 10]", "15:14: error unexpected-verdict: too-small: it is accepted, not returned"),
        ("10, 9]", "10, 10]", "16:9: error unexpected-verdict: too-small: nothing departs from `area-limits`"),
        ("by: blurred", "by: area-limits", "more is found than expected: `escalation.when.blurred.answer-escalates`: "),
        ("returned\n    by: count-limits", "accepted", "three: it is returned, not accepted: `classes.lesion.count`"),
    ],
)  # fmt: skip
def test_what_is_otherwise_is_told_at_its_place(beside: Path, before: str, after: str, told: str) -> None:
    (beside / "all.yaml").write_text(EXAMPLES.replace(before, after))
    result = ran("--format", "concise")
    assert told in result.stdout
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("shows: lesion", "shows: leison", "6:12: error unknown-class: `leison` is no class of the guideline"),
        ("by: area-limits", "by: area-limit", "16:9: error unknown-rule: `area-limit` is no rule of the guideline"),
        ("{margin: blurred}", "{margin: blured}", "unknown-option: `blured` is no option of the guideline"),
        ("{margin: blurred}", "{margn: blurred}", "unknown-question: `margn` is no question of the guideline"),
        ("unanswered: margin", "unanswered: margins", "unknown-question: `margins` is no question of the guideline"),
        ("verdict: escalated", "verdikt: escalated", "unknown-key: `to-the-senior` has no key `verdikt`"),
        ("examples:", "together: {}\nexamples:", "unknown-key: a file of examples has no key `together`"),
        ("use: exam", "use: exams", "32:10: error unknown-value: `exams` is not something `use` can be"),
        ("keypoint: [5, 5]", "keypoint: [5, 5], brush: [[1, 1, 2, 2]]", "give one shape: polygon, rectangle"),
    ],
)  # fmt: skip
def test_a_name_that_is_none_is_told_with_what_was_meant(beside: Path, before: str, after: str, told: str) -> None:
    (beside / "all.yaml").write_text(EXAMPLES.replace(before, after))
    result = ran("--format", "concise")
    assert told in result.stdout
    assert result.exit_code == 1
    if "unknown-" in told and "a file" not in told:
        assert "Did you mean" in ran().stdout or "use" in told


def test_where_there_is_nothing_to_run_nothing_was_shown(beside: Path) -> None:
    assert ran().exit_code == 1
    assert "lesions.yaml has no examples to run: lesions.examples is where they lie" in ran().stderr
    assert ran("--allow-empty").exit_code == 0
    assert beside.is_dir()


def test_formats_are_those_of_lint(beside: Path) -> None:
    (beside / "all.yaml").write_text(EXAMPLES.replace("by: blurred", "by: area-limits"))
    document = json.loads(ran("--format", "json").stdout)
    assert document["statistics"]["examples"] == 7
    assert {one["code"] for one in document["guidelines"][0]["problems"]} == {"unexpected-verdict"}
    suites = ET.fromstring(ran("--format", "junit").stdout)  # noqa: S314 - our own
    assert [suite.get("failures") for suite in suites] == ["1"]
    assert ran("--format", "github", "--example", "nothing").exit_code == 0


def test_several_slices_and_several_readers(beside: Path) -> None:
    (beside / "several.yaml").write_text("""\
common:
  image: {spacing_mm: 1}
  regions: {lesion: {margin: sharp}}
examples:
  slices:
    verdict: returned
    by: area-limits
    slices:
      - {at_mm: 0, drawn: [{class: lesion, rectangle: [5, 5, 9, 9]}]}
      - {at_mm: 2, drawn: [{class: lesion, rectangle: [5, 5, 2, 2]}]}
  readers:
    verdict: escalated
    by: blurred
    readings:
      - {reader: ann, drawn: [{class: lesion, rectangle: [5, 5, 9, 9]}]}
      - {reader: bob, drawn: [{class: lesion, rectangle: [5, 5, 9, 9], answers: {margin: blurred}}]}
""")
    assert ran().stdout == "2 examples of 1 guideline: nothing to tell.\n"


SEVERAL = """\
common:
  image: {rows: 100, columns: 100, spacing_mm: 1}
  regions: {oedema: {sharpness: blurred}, enhancing-tumour: {sharpness: sharp}}
  answers: {motion: none, cavity: no}
examples:
  each-on-its-own:
    verdict: accepted
    drawn:
      - {class: oedema, polygon: [[10, 10], [60, 10], [60, 60], [10, 60]]}
      - {class: enhancing-tumour, polygon: [[20, 20], [40, 20], [40, 40], [20, 40]]}
    answers_on: {flair: {motion: some}}
  on-another:
    verdict: returned
    by: drawn-on-allowed-image
    drawn:
      - {class: oedema, on: t2, polygon: [[10, 10], [60, 10], [60, 60], [10, 60]]}
      - {class: enhancing-tumour, on: t1, polygon: [[20, 20], [40, 20], [40, 40], [20, 40]]}
  of-another-size:
    verdict: returned
    by: size-matches-image
    images: {flair: {rows: 80, columns: 100, spacing_mm: 1}}
    drawn:
      - {class: enhancing-tumour, polygon: [[20, 20], [40, 20], [40, 40], [20, 40]]}
      - {class: oedema, polygon: [[10, 10], [60, 10], [60, 60], [10, 60]]}
"""


GROWTH = with_part("""\
classes: {lesion: {title: Lesion, definition: Whatever looks different., draw: rectangle}}
attributes:
  size: {title: Size, of: study, number: {min: 0, unit: mm}, derive: {measured: {width: lesion}, entered: never}}
  lesions: {title: Lesions, of: series, number: {min: 0}, derive: {measured: {count: lesion}, entered: never}}
  growth:
    title: Growth
    of: patient
    choose_one: {grown: Grown, not-grown: Not grown}
    derive:
      change_of: size
      changes: {grown: {since_smallest_percent: {at_least: 20}}, not-grown: otherwise}
      entered: never
escalation:
  routes: {board: {who: Tumour board}}
  when: {grows: {answer-escalates: {attribute: growth, values: [grown]}, to: board}}
""")
VISITS = """\
common: {image: {spacing_mm: 0.5}}
examples:
  just-grown:
    title: From 10 to 12 mm in a year
    verdict: escalated
    by: grows
    derived: {growth: grown}
    visits:
      - {day: 0, drawn: [{class: lesion, object: L, rectangle: [20, 20, 20, 20]}], derived: {size: 10}}
      - day: 365
        time_point: after a year
        slices:
          - {at_mm: 0, drawn: [{class: lesion, object: L, rectangle: [20, 20, 24, 20]}]}
          - {at_mm: 2, drawn: [{class: lesion, object: L, rectangle: [20, 20, 10, 20]}]}
        derived: {size: 12, lesions: 1, growth: grown}
  not-quite:
    title: From 10 to 11.9 mm
    verdict: accepted
    derived: {growth: not-grown}
    visits:
      - day: 0
        image: {file: visit.png, spacing_mm: 0.1}
        drawn: [{class: lesion, object: L, rectangle: [20, 20, 100, 20]}]
      - day: 365
        image: {rows: 512, columns: 512, spacing_mm: 0.1}
        drawn: [{class: lesion, object: L, rectangle: [20, 20, 119, 20]}]
  between:
    title: From 10 to 11.95 mm
    verdict: accepted
    visits:
      - {day: 0, drawn: [{class: lesion, object: L, rectangle: [20, 20, 20, 20]}]}
      - {day: 365, drawn: [{class: lesion, object: L, rectangle: [20, 20, 23.9, 20]}], derived: {growth: not-grown}}
"""


def test_several_visits_of_a_patient(beside: Path) -> None:
    """Judged as work is; what follows at each visit is told where it is otherwise, and a moved limit is noticed."""
    Path("lesions.yaml").write_text(GROWTH)
    (beside / "visits.yaml").write_text(VISITS)
    Image.new("L", (200, 200)).save(beside / "visit.png")
    result = ran("--mutate")
    assert result.exit_code == 0, result.output
    assert "3 examples of 1 guideline" in result.output
    (beside / "visits.yaml").write_text(VISITS.replace("size: 12, lesions: 1, growth: grown", "size: 11"))
    assert "just-grown: `size` at visit 2 is 12, not 11" in ran().output.replace("\n", " ")


def test_visits_stand_in_place_of_what_is_drawn(beside: Path) -> None:
    (beside / "visits.yaml").write_text(
        "examples: {one: {verdict: accepted, answers: {margin: sharp}, visits: [{day: 0}]}}"
    )
    assert "`visits` stand in place of what is drawn and answered" in ran().output.replace("\n", " ")


def test_several_images_of_one_task(beside: Path) -> None:
    guideline = Path(__file__).parents[1] / "data/four_sequences.yaml"
    Path("lesions.yaml").write_bytes(guideline.read_bytes())
    (beside / "several.yaml").write_text(SEVERAL)
    assert ran().stdout == "3 examples of 1 guideline: nothing to tell.\n"
    (beside / "several.yaml").write_text(
        SEVERAL.replace("on: t1,", "on: t1d,").replace("{flair: {rows", "{flare: {rows")
    )
    told = ran("--format", "concise").stdout
    assert "unknown-image: `t1d` is no image of the guideline" in told
    assert "unknown-image: `flare` is no image of the guideline" in told


def test_an_image_and_a_captured_result_lie_beside(beside: Path) -> None:
    Image.fromarray(np.zeros((50, 80), np.uint8)).save(beside / "image.png")
    value = {"points": [[10, 10], [50, 10], [50, 60]], "polygonlabels": ["Lesion"], "closed": True}
    item = {"id": "a", "from_name": "polygon", "to_name": "image", "type": "polygonlabels", "value": value}
    size = {"original_width": 80, "original_height": 50}
    answer = {**item, "from_name": "margin", "type": "choices", "value": {**value, "choices": ["sharp"]}}
    (beside / "one.json").write_text(json.dumps([item | size, answer | size]))
    example = "examples:\n  one: {image: {file: image.png, spacing_mm: 1}, result: one.json, verdict: %s}\n"
    (beside / "one.yaml").write_text(example % "accepted")
    assert (ran().stdout, ran().exit_code) == ("1 example of 1 guideline: nothing to tell.\n", 0)
    (beside / "one.yaml").write_text(
        example % "accepted" + "  two: {image: {file: ../lesions.yaml}, verdict: accepted}\n"
    )
    assert "two: `../lesions.yaml` does not lie in the folder of the examples" in ran().stdout
    (beside / "one.json").write_text("{}")
    assert "unusable-example: one: `one.json` holds no list of results" in ran().stdout


def test_lint_asks_for_each_kind_of_example_and_for_both_uses(beside: Path) -> None:
    def lacking() -> list[str]:
        lines = run("lint", "lesions.yaml", "--select", "no-example", "--format", "concise").stdout.splitlines()[:-1]
        return [line.partition("no-example: ")[2] for line in lines]

    assert lacking() == ["no example is kept beside the guideline: nothing shows or tests it"]
    (beside / "all.yaml").write_text(EXAMPLES)
    assert "`lesion` has no borderline example" not in lacking()
    assert "`spot` has no positive example" in lacking()
    one = "  {name}-{at}: {{shows: {name}, is: {kind}, use: {use}, verdict: accepted}}\n"
    kinds = [("positive", "teach"), ("negative", "exam"), ("borderline", "teach")]
    every = [
        one.format(name=name, at=at, kind=kind, use=use)
        for name in ("lesion", "spot", "vessel")
        for at, (kind, use) in enumerate(kinds)
    ]
    (beside / "more.yaml").write_text("examples:\n" + "".join(every))
    assert lacking() == []
    (beside / "more.yaml").write_text("examples:\n" + "".join(every[:-1]))
    assert lacking() == ["`vessel` has no borderline example"]


def test_what_is_kept_for_an_exam_is_shown_nowhere(beside: Path) -> None:
    secret = EXAMPLES.replace("use: exam\n", "use: exam\n    title: Quagga\n    because: Quagga\n")
    (beside / "all.yaml").write_text(secret.replace("to-the-senior:", "quagga:"))
    assert run("compile", "lesions.yaml", "-o", "out").exit_code == 0
    shown = [path.read_text() for path in Path("out").rglob("*.*") if path.is_file()]
    shown += [
        run("explain", "lesion").stdout,
        run("lint", "lesions.yaml").stdout,
        run("compile", "--report", "lesions.yaml").stdout,
    ]
    assert len(shown) > 6
    assert not [text for text in shown if "quagga" in text.lower()]
    found = examples_in(Folder(beside), find("lesions.yaml"), chosen_plan("lesions.yaml"), catalogue())
    assert {one.name for one in found.found} - {one.name for one in found.to_teach} == {"quagga"}


@pytest.mark.parametrize("label", [one.label for one in holdings() if one.status != "released"])
def test_the_examples_of_drafts_of_the_library_are_as_expected(label: str) -> None:
    result = run("test", label, "--allow-empty")
    assert (result.stdout.rpartition(": ")[2], result.exit_code) == ("nothing to tell.\n", 0)


@pytest.mark.parametrize("label", [one.label for one in released()])
def test_released_guidelines_have_examples_of_every_kind_that_notice_every_change(label: str) -> None:
    result = run("test", label, "--mutate", "--least-noticed", "1")
    assert (result.stdout.rpartition(": ")[2], result.exit_code) == ("nothing to tell.\n", 0)
    asked = run("lint", label, "--select", "no-example", "--format", "csv").stdout
    assert not [line for line in asked.splitlines() if "has no positive" in line or "to examine with" in line]


def test_what_a_base_does_not_accept_an_extension_must_not_either(
    beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (beside / "all.yaml").write_text(EXAMPLES)
    own = "guidelint: 1\nguideline: site\nversion: 1.0.0\ntitle: Site\nsummary: Ours.\ninstructions: As there.\n"
    Path("site.yaml").write_text(f"{own}extends: ./lesions.yaml\n")
    assert run("test", "site.yaml", "--allow-empty").exit_code == 0
    loose = replace(chosen_plan("site.yaml"), checks=())

    def compiled(read: Guideline, rules: Catalogue) -> Plan:
        return loose if read.name == "site" else compile_plan(read, rules)

    monkeypatch.setattr("guidelint.cli.testing.run_examples.compile_plan", compiled)
    result = run("test", "site.yaml", "--allow-empty", "--format", "concise")
    assert "too-small: site 1.0.0 accepts it, and the guideline that it extends does not" in result.stdout
    assert result.exit_code == 1


def captured(tmp_path: Path, **data: object) -> Path:
    """Write an export with one task of one annotation: a box with its answer."""
    value = {"x": 10, "y": 10, "width": 10, "height": 10, "rotation": 0, "rectanglelabels": ["Lesion"]}
    size = {"original_width": 200, "original_height": 100, "id": "a", "to_name": "image"}
    box = {**size, "from_name": "rectangle", "type": "rectanglelabels", "value": value}
    answer = {**size, "from_name": "margin", "type": "choices", "value": {**value, "choices": ["blurred"]}}
    known = {"image": "http://hospital/ann.dcm", "PatientID": "Ann", "PixelSpacing": [0.5, 0.5], **data}
    task = {"id": 12, "data": known}
    path = tmp_path / "export.json"
    path.write_text(json.dumps([{**task, "annotations": [{"id": 3, "result": [box, answer]}]}]))
    return path


def test_an_annotation_is_captured_with_the_verdict_of_today_and_without_names(beside: Path, tmp_path: Path) -> None:
    arguments = ["--from", str(captured(tmp_path)), "--task-id", "12", "--shows", "lesion", "--is", "borderline"]
    result = run("example", "add", "lesions.yaml", *arguments)
    assert result.exit_code == 0
    assert "task-12.yaml written: it is escalated; escalation.when.blurred.answer-escalates" in result.stderr
    assert (
        (beside / "task-12.yaml").read_text()
        == """\
examples:
  task-12:
    shows: lesion
    is: borderline
    image: {rows: 100, columns: 200, spacing_mm: [0.5, 0.5]}
    result: task-12.json
    verdict: escalated
    by: [escalation.when.blurred.answer-escalates]
"""
    )
    assert ran().stdout == "1 example of 1 guideline: nothing to tell.\n"
    kept = "".join(path.read_text() for path in beside.iterdir())
    assert not [name for name in ("Ann", "ann", "hospital") if name in kept]


def test_of_an_image_pixels_and_spacing_are_stored_alone(beside: Path, tmp_path: Path) -> None:
    write_dicom(tmp_path / "scan.dcm")
    arguments = ["--from", str(captured(tmp_path, PixelSpacing=None)), "--image", str(tmp_path / "scan.dcm")]
    assert run("example", "add", "lesions.yaml", *arguments).exit_code == 0
    assert "image: {file: scan.png, spacing_mm: [0.7, 0.7], modality: CT}" in (beside / "task-12.yaml").read_text()
    assert b"Doe" not in (beside / "scan.png").read_bytes()
    assert ran().exit_code == 0


def test_a_dicom_image_says_by_itself_what_it_is(beside: Path) -> None:
    write_dicom(beside / "scan.dcm")
    region = "{class: lesion, rectangle: [10, 10, 10, 10], answers: {margin: sharp}}"
    (beside / "all.yaml").write_text(
        f"examples:\n  imaged: {{image: {{file: scan.dcm}}, drawn: [{region}], verdict: accepted}}\n"
    )
    assert ran().stdout == "1 example of 1 guideline: nothing to tell.\n"


def write_dicom(path: Path) -> None:
    """Write a small image whose header names a patient."""
    dataset = Dataset()
    dataset.PatientName, dataset.PatientID, dataset.Modality = "Doe^Jane", "Doe", "CT"
    dataset.SOPClassUID, dataset.SOPInstanceUID = CTImageStorage, generate_uid()
    dataset.Rows, dataset.Columns, dataset.PixelSpacing = 100, 200, [0.7, 0.7]
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation, dataset.PixelRepresentation = 1, "MONOCHROME2", 0
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 12, 11
    dataset.PixelData = np.arange(100 * 200, dtype=np.uint16).tobytes()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.save_as(path, enforce_file_format=True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say where the annotation is: --task ADDRESS, or --from EXPORT with --task-id"),
        (("--from", "export.json", "--task-id", "9"), "export.json has 0 tasks 9. Say which: --task-id, one of 12"),
        (("--from", "export.json", "--annotation", "9"), "task 12 has no annotation 9; there are 3"),
        (("--from", "export.json", "--shows", "leison"), "there is no class `leison`. Did you mean `lesion`?"),
        (("--from", "export.json", "--name", "A b"), "`A b` is no name: lower-case words joined by hyphens"),
        (("--from", "lesions.yaml"), "lesions.yaml is no JSON export of Label Studio"),
        (("--from", "export.json", "--image", "no.png"), "no.png is no file"),
        (("--task", "http://host/projects/7"), "is not the address of a task, such as"),
    ],
)
def test_what_cannot_be_captured_leaves_nothing(
    beside: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    captured(tmp_path)
    result = run("example", "add", "lesions.yaml", *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert list(beside.iterdir()) == []


def test_a_task_is_captured_from_label_studio(beside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (task,) = json.loads(captured(tmp_path).read_text())
    server = FakeLabelStudio()
    (number,) = server.add_tasks(server.add_project(), [task["data"]])
    server.submit(number, task["annotations"][0]["result"])
    monkeypatch.setenv("GUIDELINT_TOKEN", "token-1")

    def client(address: str, token: str, _: None) -> TaskClient:
        return TaskClient(address, token, transport(server))

    monkeypatch.setattr("guidelint.labelstudio.connection.task_client.TaskClient", client)
    result = run("example", "add", "lesions.yaml", "--task", f"http://host/projects/1/data?task={number}")
    assert "it is escalated" in result.stderr
    assert (beside / f"task-{number}.yaml").exists()


SMALL = with_part("""\
classes:
  lesion: {title: Lesion, definition: A spot., draw: rectangle, rules: {area-limits: {min_mm2: 25}}}
attributes:
  margin: {title: Margin, of: lesion, choose_one: {sharp: Sharp, blurred: Blurred}, required: true}
""")
WEAK = """\
examples:
  one:
    image: {spacing_mm: 0.5}
    verdict: accepted
    drawn: [{class: lesion, rectangle: [10, 10, 60, 60], answers: {margin: sharp}}]
"""


def test_a_weak_guideline_is_named_and_what_is_drawn_makes_it_strong(beside: Path) -> None:
    Path("lesions.yaml").write_text(SMALL)
    (beside / "weak.yaml").write_text(WEAK)
    result = ran("--mutate", "--format", "concise")
    told = "warning unnoticed-change: no example notices when classes.lesion.rules.area-limits"
    assert f"{told} says otherwise: `min_mm2: 25` is 26" in result.stdout
    assert f"{told} is not asked any more" in result.stdout
    assert result.exit_code == 1
    assert ran("--mutate", "--least-noticed", "0").exit_code == 0
    assert run("example", "add", "lesions.yaml", "--drawn").exit_code == 0
    strong = ran("--mutate", "--format", "json")
    counts = json.loads(strong.stdout)["statistics"]
    assert (counts["unnoticed"], strong.exit_code) == (0, 0)
    assert counts["changes"] == 4
    limits = [one for one in drawn_in(beside / "drawn.yaml") if one["by"] == ["classes.lesion.rules.area-limits"]]
    assert [one["title"] for one in limits if one["is"] == "borderline"]
    assert "nothing is left to draw" in run("test", "lesions.yaml", "--draw").stderr


def drawn_in(path: Path) -> list[dict[str, Any]]:
    """Read what was drawn."""
    every = yaml.safe_load(path.read_text())["examples"].values()
    return [{"by": [], "is": None, **one} for one in every]


def test_answers_of_readers_and_what_the_image_says_of_itself_are_drawn(beside: Path) -> None:
    Path("lesions.yaml").write_text(
        with_part("""\
attributes:
  birads: {title: BI-RADS, of: lesion, scale: {2: Benign, 3: Unclear, 4: Suspect}, higher_means: worse, required: true}
  view: {title: View, of: image, choose_one: {pa: PA, lateral: Lateral}, required: true}
rules:
  answer-matches-image: {attribute: view, fact: view, values: {pa: PA, lateral: LL}}
readers:
  answers: {birads: {on_each_task: {max_steps: 1, to: third}}}
  rules: {enough-readers: {min: 2}}
escalation: {routes: {third: {who: Third reader, readers: 3}}}
""")
    )
    run("example", "add", "lesions.yaml", "--drawn")
    drawn = (beside / "drawn.yaml").read_text()
    assert "by: [readers.answers.birads.on_each_task]" in drawn
    assert "by: [rules.answer-matches-image]" in drawn
    assert ran("--mutate", "--least-noticed", "1").exit_code == 0


def test_what_nothing_can_notice_is_no_change(beside: Path) -> None:
    assert beside.is_dir()
    Path("lesions.yaml").write_text(
        with_part("""\
classes:
  solid: {title: Solid, definition: The solid part., draw: polygon}
  cystic: {title: Cystic, definition: The rest., draw: polygon}
attributes:
  share:
    title: Share
    of: image
    number: {min: 0, max: 100, unit: '%'}
    derive: {ratio: {of: {area: solid}, to: {area: [solid, cystic]}}, entered: never}
  mostly:
    title: Mostly
    of: image
    choose_one: {cystic: Cystic, solid: Solid}
    derive:
      ratio: {of: {area: solid}, to: {area: [solid, cystic]}}
      bands: {cystic: {at_most: 0.5}, solid: {above: 0.5}}
      entered: never
""")
    )
    every = mutants(chosen_plan("lesions.yaml"))
    changes = [one.change.what for one in every if one.clause.startswith("attributes.")]
    assert [what for what in changes if "Share" in what] == ["`Share.min: 0` is 1", "`Share.max: 100` is 99"]
    assert [what for what in changes if "above" in what] == ["`limits.above: 0.5` is 0.6"]
    assert "`limits.at_most: 0.5` is `below`" in changes


def test_thumbnails_are_of_what_is_to_teach_and_bounded(beside: Path) -> None:
    (beside / "all.yaml").write_text(EXAMPLES.replace("is: borderline", "is: positive"))
    assert run("compile", "lesions.yaml", "-o", "plain").exit_code == 0
    assert run("compile", "lesions.yaml", "-o", "out", "--thumbnails").exit_code == 0
    assert run("compile", "lesions.yaml", "-o", "out", "--thumbnails", "--check").exit_code == 0
    (path,) = Path("out").rglob("label_config.xml")
    config, plain = path.read_text(), next(Path("plain").rglob("label_config.xml")).read_text()
    assert "gl-thumb" not in plain
    (address,) = re.findall(r"url\((?:&quot;|\")(data:[^)]+?)(?:&quot;|\")\)", config)
    assert len(address) < 8_000
    assert b"<path d=" in base64.b64decode(address.partition(",")[2])
    assert config.count("gl-thumb gl-thumb-lesion") == 5 + 1
    (beside / "all.yaml").write_text(
        EXAMPLES.replace("is: borderline", "is: positive\n    use: exam").replace("large-enough", "kept-back")
    )
    assert run("compile", "lesions.yaml", "-o", "none", "--thumbnails").exit_code == 0
    assert next(Path("none").rglob("label_config.xml")).read_text() == plain
