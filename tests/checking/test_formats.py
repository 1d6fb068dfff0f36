"""How the format of a file is told, what it is not judged by, and that no other format is accepted unasked."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import Json, run

from guidelint.annotation.decoding.carried import EVERYTHING
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.format_name import format_names
from guidelint.annotation.decoding.formats.coco.decoder import DECODER as COCO
from guidelint.checking.input import formats
from guidelint.checking.input.formats import decoder_of, decoders
from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from pathlib import Path

RING = [10, 10, 30, 10, 30, 30, 10, 30]
SMALL = [[x, 10, x + 5, 10, x + 5, 15, x, 15] for x in range(0, 50, 10)]
"""Apart from each other."""
ASKS = "attributes: {sure: {title: Sure, of: lesion, choose_one: {sharp: Yes, blurred: No}, required: true}}\n"
TAKES_COCO = "delivery: {formats: [label-studio, coco]}\n"


def coco(*annotations: Json, **more: object) -> Json:
    """Make a file with two images of 100 × 100 pixels."""
    images = [{"id": number, "file_name": f"{number}.png", "width": 100, "height": 100} for number in (1, 2)]
    return {"images": images, "categories": [{"id": 7, "name": "Lesion"}], "annotations": annotations, **more}


def ring(number: int, image: object = 1, **more: object) -> Json:
    return {"id": number, "image_id": image, "category_id": 7, "segmentation": [RING], **more}


def checked(folder: Path, delivered: object, part: str = TAKES_COCO, *options: str) -> Json:
    """What `check` tells of one file, as JSON."""
    (folder / "guideline.yaml").write_text(with_part(part), encoding="utf-8")
    text = delivered if isinstance(delivered, str) else json.dumps(delivered)
    (folder / "delivered.json").write_text(text, encoding="utf-8")
    told = run("check", str(folder / "guideline.yaml"), str(folder / "delivered.json"), "-f", "json", *options)
    assert told.exit_code in {0, 1, 2}, told.output
    document: Json = json.loads(told.stdout)
    document["exit"] = told.exit_code
    return document


def decisions(document: Json) -> list[object]:
    records = document["records"]
    assert isinstance(records, list)
    return [record.get("decision", record.get("reason")) for record in records]


def statistics(document: Json) -> Json:
    found = document["statistics"]
    assert isinstance(found, dict)
    return found


def test_every_format_is_known_by_the_name_of_its_file() -> None:
    assert tuple(decoders()) == format_names()
    assert all(decoder.carries <= EVERYTHING for decoder in decoders().values())


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('[{"id": 1, "data": {"image": "a.png"}, "annotations": []}]', "label-studio"),
        ('{"id": 1, "annotations": [], "data": {}}', "label-studio"),
        ('{"images": [], "annotations": [], "categories": []}', "coco"),
        ('\n {"info": {"year": 2026}, "licenses": [', "coco"),
        ('{"annotations": [{"id": 1, "image_id": 4, "category_id": 1, "bbox"', "coco"),
    ],
)
def test_a_file_is_of_the_format_that_it_begins_as(head: str, name: str) -> None:
    assert decoder_of(head.encode()).name == name


def test_a_file_of_no_format_is_told_what_it_is_and_what_is_read(tmp_path: Path) -> None:
    (reason,) = decisions(checked(tmp_path, "task;label\n1;Lesion\n"))
    assert str(reason).startswith("it is a table (CSV or TSV), not a JSON export. ")
    assert "What is read: a JSON export of Label Studio (label-studio)" in str(reason)
    assert "a COCO file (coco)" in str(reason)


def test_a_file_that_could_be_of_several_formats_is_refused_with_how_to_say_which(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = {"coco": decoders()["coco"], "other": replace(COCO, name="other", title="another file")}
    monkeypatch.setattr(formats, "decoders", lambda: both)
    said = r"it could be a COCO file or another file\. Say which it is: `--from coco` or `--from other`"
    with pytest.raises(FormatError, match=said):
        decoder_of(b'{"images": [], "annotations": []}')
    assert decoder_of(b'{"images": [], "annotations": []}', "other") is both["other"]


def test_what_packs_too_well_is_refused_before_it_fills_memory(tmp_path: Path) -> None:
    """33 MiB of blanks in some 100 kB: more than is always read, and more than 32 times what was delivered."""
    path = tmp_path / "packed.json.gz"
    text = b'{"images":[],"categories":[],"annotations":[' + b" " * (33 * 2**20) + b"]}"
    path.write_bytes(gzip.compress(text, compresslevel=1))
    (tmp_path / "guideline.yaml").write_text(with_part(TAKES_COCO), encoding="utf-8")
    told = run("check", str(tmp_path / "guideline.yaml"), str(path), "-f", "concise")
    assert told.exit_code == 2
    assert "it is larger than 32 MiB, the most that is read of such a file" in told.stdout


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ([ring(number) for number in range(3)], "it has 3 annotations, more than the 2 that are read"),
        ([ring(1, segmentation=[], keypoints=[1, 1, 2] * 4)], "it has 3 regions; more than 2 on one image"),
    ],
)
def test_an_image_with_too_much_on_it_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marks: list[Json], said: str
) -> None:
    for module in ("parts.drawn", "formats.coco.reading"):
        monkeypatch.setattr(f"guidelint.annotation.decoding.{module}.MAX_ITEMS", 2)
    reason, accepted = decisions(checked(tmp_path, coco(*marks, ring(9, 2))))
    assert str(reason).startswith(said)
    assert accepted == "accepted"


def test_after_so_many_findings_no_more_is_looked_for_and_nothing_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("ask", "judge"):
        monkeypatch.setattr(f"guidelint.validation.judging.{module}.MOST_FINDINGS", 3)
    part = TAKES_COCO + "classes: {lesion: {title: Lesion, definition: Any., draw: polygon, rules: {area-limits: {"
    part += "max_px: 1, level: note}}}}\n"
    document = checked(tmp_path, coco(*(ring(number, segmentation=[SMALL[number]]) for number in range(5))), part)
    records = document["records"]
    assert isinstance(records, list)
    (record,) = records
    found = [finding["rule"] for finding in record["findings"]]
    assert (found, record["decision"]) == (["area-limits"] * 3 + ["too-many-findings"], "unverified")


def test_a_format_that_is_told_is_taken(tmp_path: Path) -> None:
    document = checked(tmp_path, coco(ring(1)), TAKES_COCO, "--from", "label-studio")
    assert document["exit"] == 2
    assert "it is a COCO file" in str(decisions(document))


def test_a_format_that_there_is_none_of_is_refused_with_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "guideline.yaml").write_text(with_part(""), encoding="utf-8")
    told = run("check", str(tmp_path / "guideline.yaml"), "x.json", "--from", "cocoa")
    assert told.exit_code == 2
    assert "--from: there is no format `cocoa`. Did you mean `coco`?" in told.output


def test_work_in_a_format_that_the_guideline_takes_is_accepted(tmp_path: Path) -> None:
    document = checked(tmp_path, coco(ring(1), ring(2, 2)))
    assert (decisions(document), document["exit"]) == (["accepted", "accepted"], 0)


def test_work_in_any_other_format_is_judged_and_never_accepted(tmp_path: Path) -> None:
    document = checked(tmp_path, coco(ring(1)), "")
    assert (decisions(document), document["exit"]) == (["unverified"], 1)
    (finding,) = document["records"][0]["findings"]  # type: ignore[index]
    assert finding["message"] == (
        "the work came as a COCO file, and the guideline takes deliveries in the format label-studio only"
    )
    assert "`delivery: {formats: [label-studio, coco]}`" in finding["do"]
    assert statistics(document)["formats_not_taken"] == {"coco": finding["message"]}


def test_a_guideline_may_take_another_format_alone(tmp_path: Path) -> None:
    export = [{"id": 1, "data": {}, "annotations": [{"id": 2, "completed_by": 3, "result": []}]}]
    document = checked(tmp_path, export, "delivery: {formats: coco}\n")
    assert decisions(document) == ["unverified"]


def test_what_is_judged_above_one_submission_is_not_accepted_either(tmp_path: Path) -> None:
    part = "delivery: {rules: {complete-delivery: {}}}\n"
    assert decisions(checked(tmp_path, coco(ring(1), ring(2, 2)), part)) == ["unverified"] * 3
    taken = "delivery: {formats: coco, rules: {complete-delivery: {}}}\n"
    assert decisions(checked(tmp_path, coco(ring(1), ring(2, 2)), taken)) == ["accepted"] * 3


def test_regions_of_work_that_is_not_taken_are_not_accepted_either(tmp_path: Path) -> None:
    by_class = statistics(checked(tmp_path, coco(ring(1), ring(2, 2)), ""))["by_class"]
    (row,) = by_class["rows"]  # type: ignore[index]
    assert (row["unverified"]["count"], row["accepted"]["count"]) == (2, 0)


def test_telling_of_some_classes_only_does_not_hide_that_the_format_is_not_taken(tmp_path: Path) -> None:
    assert decisions(checked(tmp_path, coco(ring(1)), "", "--class", "lesion")) == ["unverified"]


def test_rules_that_the_format_cannot_feed_are_listed_once(tmp_path: Path) -> None:
    listed = statistics(checked(tmp_path, coco(ring(1), ring(2, 2)), TAKES_COCO + ASKS))["not_judged_here"]
    assert isinstance(listed, dict)
    by_rule = {one["rule"]: one for one in listed["coco"]}
    assert by_rule["required-attribute"] == {
        "rule": "required-attribute",
        "clauses": ["attributes.sure.required"],
        "lacks": ["answers"],
    }
    assert "area-limits" not in by_rule
    assert len(by_rule) == len(listed["coco"])


def test_a_rule_under_a_condition_that_the_format_cannot_feed_is_not_judged(tmp_path: Path) -> None:
    part = "relations: {apart: {separate: {pairs: [[lesion, lesion]], when: {answer: {sure: sharp}}}}}\n"
    listed = statistics(checked(tmp_path, coco(ring(1), ring(2)), TAKES_COCO + ASKS + part))["not_judged_here"]
    assert "separate" in {one["rule"] for one in listed["coco"]}  # type: ignore[index]


def test_label_studio_feeds_every_rule(tmp_path: Path) -> None:
    export = [{"id": 1, "data": {}, "annotations": []}]
    told = statistics(checked(tmp_path, export, ""))
    assert (told["not_judged_here"], told["formats_not_taken"]) == ({}, {})
    assert told["files_by_format"] == {"label-studio": 1}


def test_people_read_what_was_not_judged(tmp_path: Path) -> None:
    (tmp_path / "guideline.yaml").write_text(with_part(""), encoding="utf-8")
    (tmp_path / "coco.json").write_text(json.dumps(coco(ring(1))), encoding="utf-8")
    told = run("check", str(tmp_path / "guideline.yaml"), str(tmp_path / "coco.json")).stdout
    assert "Not taken     coco: the work came as a COCO file" in told
    assert "known-parent, " in told
    assert "a COCO file does not carry: names of the controls" in told
