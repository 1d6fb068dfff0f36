"""The guidelines that come with the package load, compile, and know the names that real deliveries use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import NoSuchGuidelineError, find, holdings, released, source
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.plan import Plan

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.language.library import Holding

LIBRARY = [item.label for item in holdings()]


def plan_of(what: str) -> Plan:
    return compile_plan(find(what), catalogue())


def test_the_library_holds_what_it_should() -> None:
    assert LIBRARY == [
        "adult-glioma-mri@0.1.0",
        "blood-cells@1.0.0",
        "chest-radiograph-findings@0.1.0",
        "diabetic-retinopathy-fundus@0.1.0",
        "lung-nodule-ct@1.0.0",
        "mitotic-figures@0.1.0",
        "ms-lesions-mri@0.1.0",
        "prostate-gleason@0.1.0",
        "recist-target-lesions@0.1.0",
        "skin-lesion-dermoscopy@0.1.0",
        "thyroid-nodule-ultrasound@0.1.0",
    ]
    assert [item.label for item in released()] == ["blood-cells@1.0.0", "lung-nodule-ct@1.0.0"]


@pytest.mark.parametrize("item", holdings(), ids=lambda item: item.label)
def test_name_version_and_status_agree_with_the_file(item: Holding) -> None:
    guideline = find(item.label)
    assert f"{guideline.name}@{guideline.version}" == item.label
    assert guideline.status == item.status
    assert (item.status == "released") == (item.version >= (1, 0, 0))
    assert guideline.sources


@pytest.mark.parametrize("what", LIBRARY)
def test_a_plan_survives_its_text(what: str) -> None:
    plan = plan_of(what)
    assert plan.digest
    assert Plan.from_json(plan.to_json(), catalogue()) == plan
    assert plan_of(what).to_json() == plan.to_json()


@pytest.mark.parametrize("what", LIBRARY)
def test_every_rule_that_is_always_on_is_in_the_plan(what: str) -> None:
    always = {rule.id() for rule in catalogue().values() if rule.always}
    assert always <= {check.rule.id() for check in plan_of(what).checks}


@pytest.mark.parametrize("what", LIBRARY)
def test_no_clause_and_rule_stand_twice(what: str) -> None:
    clauses = [(check.rule.id(), check.clause, check.escalates_to) for check in plan_of(what).checks]
    assert len(set(clauses)) == len(clauses)


def test_headings_read_like_places_in_the_guideline() -> None:
    headings = {check.heading for check in plan_of("lung-nodule-ct").checks}
    assert {
        "Nodule ≥ 3 mm › Boundary",
        "Nodule ≥ 3 mm › Malignancy",
        "Image › Pixel spacing",
        "When there is nothing to mark",
        "Escalation › Malignancy",
    } <= headings


def test_escalations_keep_their_route_and_say_what_happens() -> None:
    checks = {check.heading: check for check in plan_of("lung-nodule-ct").checks if check.escalates_to}
    assert {check.escalates_to for check in checks.values()} == {"senior-reader"}
    assert checks["Escalation › Nodule ≥ 3 mm"].classes == frozenset({"nodule"})
    assert checks["Escalation › Nodule ≥ 3 mm"].note.startswith("Longer than 30 mm is a mass")
    likely = checks["Escalation › Malignancy"].rule
    assert likely.model_dump()["classes"] == ("nodule",)
    assert likely.model_dump()["title"] == "Malignancy"


def test_blood_cells_needs_no_millimetres() -> None:
    text, _ = source("blood-cells")
    assert not re.search(r"_mm2?:", text)
    assert "calibrated-spacing" not in {check.rule.id() for check in plan_of("blood-cells").checks}


def test_a_guideline_is_found_by_name_version_and_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(source("blood-cells@1.0.0")[0], encoding="utf-8")
    assert find("blood-cells") == find("blood-cells@1.0.0") == find(str(path))


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("lung-nodul-ct", "Did you mean `lung-nodule-ct`?"),
        ("lung-nodule-ct@9.0.0", "there is lung-nodule-ct@1.0.0"),
        ("nowhere/at-all.yaml", "cannot be read: no such file or directory"),
    ],
)
def test_what_is_not_there_is_said(what: str, said: str) -> None:
    with pytest.raises(NoSuchGuidelineError, match=re.escape(said)):
        find(what)


@pytest.mark.real_data
@pytest.mark.parametrize(("what", "folder"), [("lung-nodule-ct", "lidc"), ("blood-cells", "bccd")])
def test_every_name_of_a_real_config_is_declared(what: str, folder: str, real_data: Path) -> None:
    config = ET.parse(real_data / folder / "label_config.xml")  # noqa: S314 - a file of ours
    vocabulary = plan_of(what).vocabulary
    labels = {label for entry in vocabulary.classes.values() for label in entry.labels}
    drawing = {name for names in vocabulary.geometry_controls.values() for name in names}
    asking = {name for entry in vocabulary.attributes.values() for name in entry.controls}
    answers = {
        control: {value for values in entry.options.values() for value in values}
        for entry in vocabulary.attributes.values()
        for control in entry.controls
    }
    assert {tag.attrib["value"] for tag in config.iter("Label")} <= labels
    assert {tag.attrib["name"] for tag in config.iter() if tag.tag.endswith("Labels")} <= drawing
    assert {tag.attrib["name"] for tag in config.iter() if tag.tag in {"Rating", "Choices"}} <= asking
    for tag in config.iter("Choices"):
        assert {choice.attrib["value"] for choice in tag} <= answers[tag.attrib["name"]]


def test_the_pylidc_names_of_scale_ends_are_kept_in_direction() -> None:
    scales = {name: part for name, part in find("lung-nodule-ct").attributes.items() if part.kind == "scale"}
    ends = {name: (part.options["1"].title, part.options["5"].title) for name, part in scales.items()}
    assert ends == {
        "subtlety": ("Extremely subtle", "Obvious"),
        "sphericity": ("Linear", "Round"),
        "margin": ("Poorly defined", "Sharp"),
        "lobulation": ("Not lobulated", "Marked"),
        "spiculation": ("Not spiculated", "Marked"),
        "texture": ("Ground glass", "Solid"),
        "malignancy": ("Highly unlikely", "Highly suspicious"),
    }
