"""Tasks with several images: what lies on which image, what was answered about which, and what is known of each."""

from __future__ import annotations

import msgspec
import pytest
from tests.labelstudio.payloads import FOLDER, VOCABULARY, item, submission

from guidelint.annotation.decoding.parts.task_data import judged_facts
from guidelint.annotation.vocabulary import AttributeEntry
from guidelint.imaging.slice_place import Orientation
from guidelint.labelstudio.decoding.decoder import decode
from guidelint.rules.structure.readable_facts import ReadableFacts
from guidelint.validation.cases.run import plan_of
from guidelint.validation.judging.judge import judge

BOX = {"x": 10, "y": 20, "width": 30, "height": 40, "rectanglelabels": ["Mass"]}
LIMITED = {"choices": ["Limited"]}


def box(index: int, id_: str, **more: object) -> dict[str, object]:
    return item("rectanglelabels", "box", BOX, id=id_, item_index=index, **more)


def test_answers_per_image_stay_apart_from_one_another_and_from_those_about_the_task() -> None:
    read = submission(
        item("choices", "quality", LIMITED, id="a", item_index=0),
        item("choices", "quality", {"choices": ["other"]}, id="b", item_index=2),
        item("textarea", "remark", {"text": "seen"}, id="c"),
    )
    assert {index: answers["quality"].values for index, answers in read.item_answers.items()} == {
        0: ("limited",),
        2: ("other",),
    }
    assert list(read.answers) == ["remark"]
    assert read.items == (0, 2)


def test_what_a_real_label_studio_sent() -> None:
    payload = msgspec.json.decode((FOLDER / "multi_image_rotated_view.json").read_bytes())
    per_slice = AttributeEntry(title="Slice", kind="choice", per="image", controls=("slice_q",))
    study = AttributeEntry(title="Study", kind="choice", per="image", controls=("study",))
    vocabulary = msgspec.structs.replace(VOCABULARY, attributes={"slice": per_slice, "study": study})
    read = decode(msgspec.json.encode(payload["annotation"]), payload["task"]["data"], vocabulary)
    assert {index: answers["slice"].values for index, answers in read.item_answers.items()} == {
        2: ("Motion",),
        0: ("OK",),
    }
    assert {name: answer.values for name, answer in read.answers.items()} == {"study": ("Positive",)}
    assert read.item_count == len(payload["task"]["data"]["images"])
    assert read.items == tuple(range(read.item_count))


def test_facts_are_read_from_lists_with_an_entry_for_each_image() -> None:
    data: dict[str, object] = {
        "image": ["a.png", "b.png"],
        "meta": {"PixelSpacing": [[0.5, 0.5], "0.7\\0.7"]},
        "Rows": [100, 50],
        "Columns": [200, 100],
        "Modality": ["CT", "MR"],
        "SeriesInstanceUID": "1.2",
    }
    read = submission(box(0, "a"), box(1, "b", original_width=100, original_height=50), data=data)
    facts = [(one.rows, one.columns, one.modality, one.series_uid) for one in read.images]
    assert facts == [(100, 200, "CT", "1.2"), (50, 100, "MR", "1.2")]
    spacings = [region.spacing for region in read.regions]
    assert [spacing.row_mm for spacing in spacings if spacing] == [0.5, 0.7]
    assert spacings == [one.spacing for one in read.images]


@pytest.mark.parametrize(
    ("data", "spacing_mm"),
    [
        ({"meta": {"PixelSpacing": [0.5, 0.7]}}, [0.5, 0.5]),
        ({"meta": {"PixelSpacing": [[0.5, 0.5]]}}, [0.5, None]),
        ({"meta": {"PixelSpacing": [[0.5, 0.5], None]}}, [0.5, None]),
        ({"meta": {"PixelSpacing": ["0.5", "0.7"]}}, [0.5, 0.5]),
    ],
    ids=["one pair for all", "one of two", "none for the second", "one pair as text"],
)
def test_a_pair_of_numbers_is_no_list_of_images(data: dict[str, object], spacing_mm: list[float | None]) -> None:
    read = submission(box(0, "a"), box(1, "b"), data=data)
    assert [region.spacing and region.spacing.row_mm for region in read.regions] == spacing_mm
    unknown = [region.spacing_problem for region in read.regions if region.spacing is None]
    assert all("meta.PixelSpacing in the task data cannot be read" in problem for problem in unknown)


def test_each_slice_of_a_task_lies_where_its_entry_says() -> None:
    data: dict[str, object] = {
        "image": ["a.png", "b.png"],
        "ImagePositionPatient": [[-10, -20, 5.0], "-10\\-20\\7.5"],
        "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
        "SliceThickness": [2.5, "3"],
        "InstanceNumber": [4, 5],
    }
    read = submission(box(0, "a"), box(1, "b"), data=data)
    assert [one.place.position_mm for one in read.images] == [(-10, -20, 5), (-10, -20, 7.5)]
    assert {one.place.orientation for one in read.images} == {Orientation((1, 0, 0), (0, 1, 0))}
    assert [one.place.thickness_mm for one in read.images] == [2.5, 3]
    assert [one.instance_number for one in read.images] == [4, 5]


def test_what_cannot_be_read_of_one_slice_is_told_once() -> None:
    data: dict[str, object] = {"image": ["a.png", "b.png", "c.png"], "SliceThickness": [2.5, "thin", "thin"]}
    read = submission(box(0, "a"), box(1, "b"), box(2, "c"), data=data)
    assert [finding.message.split(": ", 1)[0] for finding in judge(plan_of(ReadableFacts()), read).findings] == [
        "SliceThickness in the task data cannot be read and is left out"
    ]


def test_a_list_of_sizes_says_nothing_of_a_region_that_names_no_image() -> None:
    read = submission(item("rectanglelabels", "box", BOX), data={"Rows": [100], "Columns": [200]})
    assert read.items == ()
    assert set(read.image.unreadable) == {"Rows", "Columns"}


def test_an_excluded_area_is_taken_out_on_its_own_image_only() -> None:
    def area(id_: str, label: str, index: int) -> dict[str, object]:
        value = {"points": [[0, 0], [50, 0], [50, 50], [0, 50]], "polygonlabels": [label]}
        return item("polygonlabels", "poly", value, id=id_, item_index=index, meta={"text": ["n1"]})

    whole, other, hole = submission(area("a", "effusion", 0), area("b", "effusion", 1), area("c", "Vessel", 1)).regions
    assert (len(whole.excluded), len(other.excluded), len(hole.excluded)) == (0, 1, 0)
    alone = submission(area("a", "effusion", 0), area("c", "Vessel", 1)).regions
    assert [len(region.excluded) for region in alone] == [0, 0]


def test_a_verdict_rests_on_the_list_of_images_and_on_facts_within_other_facts() -> None:
    data: dict[str, object] = {"images": ["a.png"], "meta": {"PixelSpacing": [1, 1], "note": "x"}, "gl_status": "new"}
    assert judged_facts(data, VOCABULARY.image) == {"images": ["a.png"], "meta.PixelSpacing": [1, 1]}
