"""Images in Python: annotations judged by their pixels, and images judged before a task exists."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as Pillow
from pydicom.data import get_testdata_file
from tests.cli.delivery_file import run
from tests.cli.test_check_image_places import on
from tests.cli.test_check_images import GUIDELINE, painted
from tests.imaging.file_server import serving

from guidelint.api import Guideline, GuidelintError, load
from guidelint.api.given import of_task
from guidelint.checking.asked.chosen_plan import chosen_plan
from guidelint.checking.delivery import Delivery
from guidelint.checking.record import Judged
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.given import Given
from guidelint.imaging.pixels.not_now import NotNow
from guidelint.imaging.providers.images import Images
from guidelint.imaging.providers.provider import NoSuchImage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from guidelint.imaging.pixels.grey import Grey

MODALITIES = GUIDELINE + "images: {modality: [CT]}\nrules: {calibrated-spacing: {max_mm: 2}}\n"


def real(name: str) -> Path:
    """A real DICOM file of pydicom's."""
    return Path(str(get_testdata_file(name, download=False)))


@pytest.fixture(scope="module")
def pixels() -> Guideline:
    return load(GUIDELINE)


@pytest.fixture(scope="module")
def modalities() -> Guideline:
    return load(MODALITIES)


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    shutil.copy(real("CT_small.dcm"), folder / "ct.dcm")
    return folder


def test_one_annotation_is_judged_by_its_pixels(pixels: Guideline, scans: Path) -> None:
    true, moved = on("/x/ct.png")
    assert pixels.judge(true, images=scans).decision == "accepted"
    found = pixels.judge(moved, images=[scans])
    assert (found.decision, [one.rule for one in found.findings]) == (
        "returned",
        ["intensity-plausible", "on-the-body"],
    )
    share = found.findings[1]
    assert (share.measured is not None and 0 < share.measured < 50, share.limit, share.unit) == (True, 90.0, "%")
    nowhere = pixels.judge(true)
    assert (nowhere.decision, nowhere.findings[0].outcome) == ("unverified", "cannot-evaluate")


def test_a_delivery_is_judged_by_its_pixels_as_by_the_command(pixels: Guideline, scans: Path, tmp_path: Path) -> None:
    picture = np.zeros((128, 128), np.uint8)
    picture[80:125, 5:45] = 200
    Pillow.fromarray(picture).save(scans / "grey.png")
    tasks = [
        *on("/x/ct.png"),
        painted(3, "grey.png", np.ones((128, 128), np.bool_)),
        painted(4, "none.png", np.ones((4, 4), np.bool_)),
    ]
    report = pixels.check(tasks, images=scans)
    told = [(one.task, one.decision, [finding.message for finding in one.findings]) for one in report]
    assert [decision for _, decision, _ in told] == ["accepted", "returned", "returned", "unverified"]
    (tmp_path / "pixels.yaml").write_text(GUIDELINE, encoding="utf-8")
    (tmp_path / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    paths = (str(tmp_path / "pixels.yaml"), str(tmp_path / "export.json"))
    records = json.loads(run("check", *paths, "--images", str(scans), "-f", "json").stdout)["records"]
    assert told == [
        (one["subject"]["task"], one["decision"], [found["message"] for found in one["findings"]]) for one in records
    ]


def test_images_by_address_are_allowed_in_python_as_on_the_command_line(pixels: Guideline) -> None:
    body = real("CT_small.dcm").read_bytes()
    with serving({"/ct.dcm": lambda asked: asked.give(body)}) as server:
        place = f"http://127.0.0.1:{server.server_port}"
        true, moved = on(f"{place}/ct.dcm")
        decisions = [pixels.judge(one, images=place, inside="127.0.0.0/8").decision for one in (true, moved)]
        assert decisions == ["accepted", "returned"]
        refused = pixels.judge(true, images=place)
    assert refused.decision == "unverified"
    assert "it leads inside, to 127.0.0.1" in refused.findings[0].message


def test_an_image_is_judged_before_a_task_exists(modalities: Guideline) -> None:
    good = modalities.judge_image(real("CT_small.dcm"))
    assert (good.subject, good.decision, good.image, good.findings) == ("image", "accepted", "CT_small.dcm", ())
    other = modalities.judge_image(str(real("MR_small.dcm")))
    assert other.decision == "returned"
    (finding,) = other.findings
    assert finding.rule == "allowed-modality"
    assert finding.message.startswith("the image was made by MR (DICOM (0008,0060) of MR_small.dcm)")


@pytest.mark.parametrize(
    ("data", "decision"),
    [
        ({"image": "1.png", "Modality": "CT", "PixelSpacing": [0.7, 0.7]}, "accepted"),
        ({"image": "1.png", "Modality": "MR", "PixelSpacing": [0.7, 0.7]}, "returned"),
        ({"image": "1.png"}, "unverified"),
        ({"image": "1.png", "Modality": ["CT"]}, "unverified"),
        ({"image": ["1.png", "2.png"], "Modality": ["CT", "MR"], "PixelSpacing": [0.7, 0.7]}, "returned"),
        ({}, "unverified"),
    ],
)
def test_the_data_of_a_task_that_will_be_are_judged(
    modalities: Guideline, data: Mapping[str, object], decision: str
) -> None:
    assert modalities.judge_image(data).decision == decision


def test_facts_from_beside_count_for_an_image(modalities: Guideline, tmp_path: Path) -> None:
    table = tmp_path / "images.csv"
    table.write_text("image,Modality,PixelSpacing\n1.png,CT,0.7 0.7\n", encoding="utf-8")
    assert modalities.judge_image({"image": "1.png"}, facts=table).decision == "accepted"
    assert modalities.judge_image({"image": "2.png"}, facts=table).decision == "unverified"
    told_otherwise = modalities.judge_image({"image": "1.png", "Modality": "MR"}, facts=str(table))
    assert told_otherwise.decision == "unverified"


REFUSED: list[tuple[Callable[[Guideline], object], str]] = [
    (lambda one: one.judge_image("nowhere.dcm"), "nowhere.dcm: it cannot be opened: no such file or directory"),
    (lambda one: one.judge_image(Path(__file__)), "it is no DICOM file: the mark DICM is not in its place"),
    (
        lambda one: one.judge_image(real("CT_small.dcm"), facts="a.csv"),
        "a DICOM file tells its own facts. Leave it out",
    ),
    (lambda one: one.judge_image({"image": "1.png"}, facts="nowhere.csv"), "nowhere.csv cannot be read"),
    (lambda one: one.judge_image(5), "int is no image. Give the path of a DICOM file"),  # type: ignore[arg-type]
    (lambda one: one.judge(on("a.png")[0], images="nowhere"), "images='nowhere' is no folder"),
    (lambda one: one.judge(on("a.png")[0], inside="10.0.0.0/8"), "inside= names a network, and no images= says"),
    (lambda _: load(GUIDELINE).judge_image({}), "pixels 1.0.0 asks nothing of an image by itself"),
]


@pytest.mark.parametrize(("ask", "said"), REFUSED)
def test_what_cannot_be_judged_is_said(modalities: Guideline, ask: Callable[[Any], object], said: str) -> None:
    with pytest.raises(GuidelintError) as told:
        ask(modalities)
    assert said in str(told.value)


class Broken:
    """A place of images that fails."""

    name = "a broken place"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def read(self, image: str, sop_uid: str, frame: object) -> Grey:
        assert (image, sop_uid, frame) == ("/x/ct.png", "", None)
        raise self._error


@pytest.mark.parametrize(
    "error",
    [
        NotMeasurable("it cannot be read"),
        NotNow("it cannot be read now"),
        NoSuchImage("it is not here"),
        OSError(5, "Input/output error"),
        ValueError("a fault of a reader"),
        MemoryError(),
        RecursionError(),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "a fault of a reader"),
    ],
)
def test_however_an_image_cannot_be_read_the_work_is_not_accepted(error: Exception, tmp_path: Path) -> None:
    guideline = tmp_path / "pixels.yaml"
    guideline.write_text(GUIDELINE, encoding="utf-8")
    plan = chosen_plan(str(guideline))
    delivery = Delivery(plan, (of_task(on("/x/ct.png")[0]),), given=Given(images=Images(Broken(error))))
    judged = [one for one in delivery.records() if isinstance(one, Judged)]
    (verdict,) = [one.verdict for one in judged if one.verdict.subject.kind == "submission"]
    assert verdict.decision == "unverified"
    assert {finding.outcome for finding in verdict.findings} <= {"cannot-evaluate", "rule-failed"}
