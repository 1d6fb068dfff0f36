"""Several images in one task, each by its name: what lies on which, what each is asked, and what is known of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest

from guidelint.annotation.decoding.parts.task_data import judged_facts
from guidelint.labelstudio.decoding.decoder import decode
from guidelint.labelstudio.taken_over.config import taken_over
from guidelint.labelstudio.target import outputs
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Plan

TEXT = (Path(__file__).parents[1] / "data" / "four_sequences.yaml").read_text("utf-8")
DATA: dict[str, object] = {**{name: f"{name}.png" for name in ("t1", "t1c", "t2", "flair")}, "PixelSpacing": [1, 1]}
SQUARE = [[10, 10], [50, 10], [50, 50], [10, 50]]


def plan(text: str = TEXT) -> Plan:
    made = compile_plan(load(text), catalogue())
    return Plan.from_json(made.to_json(), catalogue())


def outline(id_: str, label: str, image: str, **more: object) -> dict[str, object]:
    return {
        "id": id_,
        "type": "polygonlabels",
        "from_name": f"polygon_{image}",
        "to_name": image,
        "original_width": 100,
        "original_height": 100,
        "value": {"points": SQUARE, "closed": True, "polygonlabels": [label]},
        **more,
    }


def answer(question: str, image: str, option: str, control: str = "") -> dict[str, object]:
    value = {"choices": [option]}
    name = control or f"{question}_{image}"
    return {"id": f"{question}-{image}", "type": "choices", "from_name": name, "to_name": image, "value": value}


def sharp(id_: str, image: str) -> dict[str, object]:
    return {
        **outline(id_, "", image),
        **answer("sharpness", image, "sharp"),
        "id": id_,
        "value": {"choices": ["sharp"]},
    }


ANSWERED = (answer("motion", "t1c", "none"), answer("motion", "flair", "some"), answer("cavity", "t1", "no", "cavity"))
WHOLE = (
    *(outline("a", "oedema", "flair"), sharp("a", "flair")),
    *(outline("b", "enhancing-tumour", "t1c"), sharp("b", "t1c")),
    *ANSWERED,
)


def judged(*items: dict[str, object], text: str = TEXT, **data: object) -> tuple[str, list[str]]:
    under = plan(text)
    read = decode(msgspec.json.encode({"result": items}), {**DATA, **data}, under.vocabulary, "1")
    verdict = judge(under, read)
    return verdict.decision, [f"{', '.join(one.title for one in f.subjects)}: {f.message}" for f in verdict.findings]


def test_work_on_two_sequences_that_fits_together_is_accepted() -> None:
    assert judged(*WHOLE) == ("accepted", [])


def test_where_items_lie_and_what_answers_are_about() -> None:
    read = decode(msgspec.json.encode({"result": WHOLE}), DATA, plan().vocabulary)
    assert [(region.image_index, region.title) for region in read.regions] == [
        (3, "Region 1 Oedema on FLAIR"),
        (1, "Region 2 Enhancing tumour on T1 after contrast"),
    ]
    assert {item: said["motion"].values for item, said in read.item_answers.items()} == {1: ("none",), 3: ("some",)}
    assert read.answers["cavity"].values == ("no",)


def test_a_part_on_another_sequence_than_its_own_is_returned() -> None:
    found = judged(outline("a", "enhancing-tumour", "flair"), sharp("a", "flair"), *WHOLE[:2], *ANSWERED)
    assert found[0] == "returned"
    assert "Region 1 Enhancing tumour on FLAIR: drawn on FLAIR; the guideline asks for T1 after contrast" in found[1]


@pytest.mark.parametrize("image", ["dwi", ""])
def test_a_region_on_an_image_that_the_task_does_not_have_is_never_accepted(image: str) -> None:
    decision, found = judged(*WHOLE, outline("c", "oedema", image))
    assert decision == "returned"
    assert any("lies on an image that the guideline does not have" in message for message in found)


def test_a_region_on_a_further_image_of_one_that_is_no_list_cannot_be_read() -> None:
    decision, found = judged(*WHOLE, outline("c", "oedema", "flair", item_index=2))
    assert decision == "returned"
    assert any("it lies on image 3 of 'flair', which is no list of images" in message for message in found)


def test_an_image_that_is_asked_and_not_answered_for_is_named() -> None:
    assert judged(*WHOLE[:5], WHOLE[-1]) == ("returned", [": Motion is not answered for FLAIR"])


def test_an_answer_about_an_image_that_nobody_asked_is_told() -> None:
    decision, found = judged(*WHOLE, answer("motion", "t2", "none", "motion"))
    assert decision == "returned"
    assert any("in another way than the guideline has it (stored as choices of t2" in message for message in found)


def test_without_one_grid_nothing_lies_inside_what_is_on_another_image() -> None:
    decision, found = judged(*WHOLE, text=TEXT.replace("one_grid: true", "one_grid: false"))
    assert decision == "returned"
    assert any("to lie inside Oedema, but no Oedema is marked" in message for message in found)


def test_facts_of_one_image_stand_under_its_key_and_those_of_all_once() -> None:
    under = plan()
    data = {**DATA, "flair_PixelSpacing": [2, 2], "flair_SeriesInstanceUID": "1.2", "t1c_SeriesInstanceUID": "1.3"}
    read = decode(msgspec.json.encode({"result": WHOLE}), data, under.vocabulary)
    spacings = [image.spacing.row_mm for image in read.images if image.spacing]
    assert spacings == [1, 1, 1, 2]
    assert [image.series_uid for image in read.images] == [None, "1.3", None, "1.2"]
    assert read.regions[0].known_spacing.row_mm == 2
    assert {"flair", "flair_PixelSpacing", "PixelSpacing"} <= judged_facts(data, under.vocabulary.image).keys()


VIEWS = TEXT.replace("t1: {title: T1}", "t1: {title: T1, side: left, view: PA}")


@pytest.mark.parametrize(
    ("told", "side"), [({}, "left"), ({"t1_ImageLaterality": "L"}, "left"), ({"t1_ImageLaterality": "R"}, None)]
)
def test_what_the_guideline_says_of_an_image_holds_unless_the_task_says_otherwise(
    told: dict[str, object], side: str | None
) -> None:
    read = decode(msgspec.json.encode({"result": WHOLE}), {**DATA, **told}, plan(VIEWS).vocabulary)
    first = read.images[0]
    assert (first.side, first.view) == (side, "PA")
    assert ("side" in first.contradicted) is (side is None)


def test_each_image_has_its_own_controls_and_no_others() -> None:
    guideline = load(TEXT)
    config = ET.fromstring(outputs(guideline, compile_plan(guideline, catalogue()))["label_config.xml"])  # noqa: S314
    drawn = {
        (control.get("name"), control.get("toName")): [label.get("alias") for label in control]
        for tag in ("PolygonLabels", "BrushLabels")
        for control in config.iter(tag)
    }
    assert drawn == {
        ("polygon_t1c", "t1c"): ["enhancing-tumour"],
        ("brush_t1c", "t1c"): ["enhancing-tumour"],
        ("polygon_t2", "t2"): ["oedema"],
        ("polygon_flair", "flair"): ["oedema"],
    }
    assert {(one.get("name"), one.get("toName")) for one in config.iter("Choices")} == {
        *((f"sharpness_{image}", image) for image in ("t1c", "t2", "flair")),
        *((f"motion_{image}", image) for image in ("t1c", "flair")),
        ("cavity", "t1"),
    }
    assert [image.get("value") for image in config.iter("Image")] == ["$t1", "$t1c", "$t2", "$flair"]


def test_a_guideline_begun_from_its_own_config_has_the_same_images_classes_and_questions() -> None:
    guideline = load(TEXT)
    config = outputs(guideline, compile_plan(guideline, catalogue()))["label_config.xml"]
    parts: dict[str, Any] = dict(taken_over(config).parts)
    assert parts["images"]["of_task"].keys() == guideline.images.of_task.keys()
    assert {name: item.get("on") for name, item in parts["classes"].items()} == {
        "enhancing-tumour": "t1c",
        "oedema": ["t2", "flair"],
    }
    assert {name: item.get("on") for name, item in parts["attributes"].items()} == {
        "sharpness": None,
        "motion": ["t1c", "flair"],
        "cavity": None,
    }
    assert "control_aliases" not in parts


def test_images_of_another_config_keep_the_names_that_its_annotations_have() -> None:
    config = """<View><Image name="Left_MLO" value="$left"/><Image name="Right_MLO" value="$right"/>
    <RectangleLabels name="boxes" toName="Left_MLO"><Label value="Mass"/></RectangleLabels></View>"""
    parts: dict[str, Any] = dict(taken_over(config).parts)
    assert parts["images"]["of_task"] == {
        "left-mlo": {"title": "Left mlo", "key": "left", "aliases": ["Left_MLO"]},
        "right-mlo": {"title": "Right mlo", "key": "right", "aliases": ["Right_MLO"]},
    }
    assert parts["classes"]["mass"]["on"] == "left-mlo"
    text = TEXT.replace("flair: {title: FLAIR}", "flair: {title: FLAIR, aliases: [Flair_3D]}")
    elsewhere = [{**item, "to_name": "Flair_3D"} if item["to_name"] == "flair" else item for item in WHOLE]
    assert judged(*elsewhere, text=text) == ("accepted", [])
