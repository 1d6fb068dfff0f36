"""A labeling config becomes a guideline by which exports of its project judge without an unknown label or control."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.cli.delivery_file import run

from guidelint.cli import demonstration
from guidelint.cli.write_outputs import library_outputs
from guidelint.labelstudio.taken_over.config import ConfigNotReadError, TakenOver, taken_over
from guidelint.language.compile.vocabulary import vocabulary_of
from guidelint.language.library import find, released
from guidelint.language.load import load, loaded
from guidelint.language.sketch.yaml_text import yaml_text

pytestmark = pytest.mark.many

DATA = Path(__file__).parents[1] / "data" / "label_studio"
RECORDED = (DATA / "label_config.xml").read_text("utf-8")
SAMPLE = Path(demonstration.__path__[0]) / "sample.json.gz"
COMPILED = {path.parts[-3]: path for path in library_outputs().rglob("label_config.xml")}
UNKNOWN = {"known-label", "known-control", "drawn-with-allowed-tool", "attribute-in-range"}
_MOST_TASKS = 60


def guideline(read: TakenOver) -> str:
    head = {"guidelint": 1, "guideline": "taken-over", "version": "0.1.0", "title": "Taken over", "summary": "TODO"}
    return yaml_text({**head, **read.parts, "empty_reading": {"means": "TODO"}, "instructions": "TODO"})


def parts(inner: str) -> dict[str, Any]:
    return dict(taken_over(f'<View><Image name="img" value="$image"/>{inner}</View>').parts)


def unknown(config: Path, export: Path, folder: Path) -> list[str]:
    """Judge an export by what `init` makes of its config: findings of what the guideline does not know."""
    made = folder / "project"
    assert run("init", str(made), "--from-config", str(config)).exit_code == 0
    result = run("check", str(made / "project.yaml"), str(export), "--format", "jsonl")
    assert result.exit_code in {0, 1}, result.output
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert sum(record["type"] == "verdict" for record in records) > 0
    findings = [finding for record in records for finding in record.get("findings", ())]
    return [f"{finding['rule']}: {finding['message']}" for finding in findings if finding["rule"] in UNKNOWN]


def test_an_export_of_the_recorded_project_holds_nothing_unknown(tmp_path: Path) -> None:
    assert unknown(DATA / "label_config.xml", DATA / "export_json.json", tmp_path) == []


def test_what_a_config_lacks_is_found_in_an_export(tmp_path: Path) -> None:
    poorer = RECORDED.replace("Mass box", "Mass").replace('name="margin"', 'name="edge"')
    (tmp_path / "poorer.xml").write_text(poorer, encoding="utf-8")
    found = unknown(tmp_path / "poorer.xml", DATA / "export_json.json", tmp_path)
    assert {finding.partition(":")[0] for finding in found} == {"known-label", "known-control"}


def test_everything_of_the_recorded_config_is_taken_over_or_told() -> None:
    read = taken_over(RECORDED)
    made = load(guideline(read))
    assert made.classes["solid-nodule"].draw == ("brush",)
    assert made.classes["solid-nodule"].definition.startswith("Solid: soft-tissue density")
    assert made.classes["artifact"].title == "Artefact"
    assert made.classes["mass-box"].count is not None
    assert made.classes["mass-box"].count.max == 2
    assert made.control_aliases["lesion"] == "brush"
    assert made.attributes["esc-reason"].required is not None
    assert made.attributes["esc-reason"].required.when == {"quality": ("non-diagnostic",)}
    assert made.attributes["margin"].of == ("solid-nodule", "part-solid-nodule", "ground-glass-nodule")
    assert made.attributes["diameter"].number is not None
    assert [one.partition(" ")[0] for one in read.left_out] == ["Text", "HyperText", "Table"]


@pytest.mark.parametrize("name", sorted({item.name for item in released()}))
def test_what_we_compile_comes_back(name: str) -> None:
    again = load(guideline(taken_over(COMPILED[name].read_text("utf-8"))))
    before = find(name)
    assert again.classes.keys() == before.classes.keys()
    for key, item in before.classes.items():
        assert (again.classes[key].draw, again.classes[key].title) == (item.draw, item.title)
    assert again.attributes.keys() == before.attributes.keys()
    for key, question in before.attributes.items():
        assert again.attributes[key].kind == question.kind
        assert again.attributes[key].of == question.of
        assert again.attributes[key].required == question.required
        assert again.attributes[key].options.keys() == question.options.keys()


def test_the_sample_judges_by_what_its_compiled_config_becomes(tmp_path: Path) -> None:
    assert unknown(COMPILED["lung-nodule-ct"], SAMPLE, tmp_path) == []


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("config", "export"),
    [
        ("lidc/label_config.xml", "lidc/lidc_dev.json.gz"),
        ("chestxdet/label_config.xml", "chestxdet/chestxdet_dev.json.gz"),
        ("bccd/label_config.xml", "bccd/bccd.json"),
        ("eiph/eiph_label_config.xml", "eiph/eiph_round1_manual.json.gz"),
        ("bubil/label_config_cell.xml", "bubil/bubil_ds1_experts.json.gz"),
        ("bubil/label_config_aorta.xml", "bubil/bubil_ds6_experts.json.gz"),
        ("dsb2018/label_config.xml", "dsb2018/dsb2018_before_after.json.gz"),
    ],
)
def test_exports_of_real_projects_hold_nothing_unknown(
    real_data: Path, tmp_path: Path, config: str, export: str
) -> None:
    content = (real_data / export).read_bytes()
    tasks = json.loads(gzip.decompress(content) if export.endswith(".gz") else content)
    (tmp_path / "some.json").write_text(json.dumps(tasks[:_MOST_TASKS]))
    assert unknown(real_data / config, tmp_path / "some.json", tmp_path) == []


def test_every_name_that_a_config_stores_is_known() -> None:
    vocabulary = vocabulary_of(load(guideline(taken_over(RECORDED))))
    root = ET.fromstring(RECORDED)  # noqa: S314 - recorded by ourselves
    stored = {item.get("alias") or item.get("value") for item in root.iter("Label")}
    assert stored <= {label for entry in vocabulary.classes.values() for label in entry.labels}
    asked = {
        item.get("name") for tag in ("Choices", "Number", "Rating", "TextArea", "Taxonomy") for item in root.iter(tag)
    }
    drawn = {item.get("name") for item in root.iter() if item.tag.endswith("Labels")}
    assert asked | drawn <= set(vocabulary.controls)


def test_a_label_of_several_tools_is_one_class() -> None:
    made = parts(
        '<PolygonLabels name="finding" toName="img"><Label value="Mass"/></PolygonLabels>'
        '<RectangleLabels name="box" toName="img"><Label value="Mass"/></RectangleLabels>'
    )
    assert made["classes"] == {"mass": {"title": "Mass", "definition": "TODO", "draw": ["polygon", "rectangle"]}}
    assert made["control_aliases"] == {"finding": "polygon", "box": "rectangle"}


def test_labels_that_differ_by_a_sign_only_have_names_that_tell_them_apart() -> None:
    made = parts(
        '<PolygonLabels name="a" toName="img"><Label value="Nodule &gt;=3mm"/><Label value="Nodule &lt;3mm"/>'
        '<Label value="结节"/><Label value="Nodule ≥3mm"/></PolygonLabels>'
    )
    assert list(made["classes"]) == ["nodule-from-3mm", "nodule-below-3mm", "class", "nodule-from-3mm-2"]


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        ('<Labels name="l" toName="t"><Label value="A"/></Labels><Text name="t" value="$text"/>', "Text 't'"),
        ('<PolygonLabels name="rectangle" toName="img"><Label value="B"/></PolygonLabels>', "another tool's"),
        ('<BrushLabels name="b" toName="img"><Label value="C" background="green"/></BrushLabels>', "green"),
        ('<BrushLabels name="b" toName="img"><Label value="C" hotkey="shift+1"/></BrushLabels>', "shift+1"),
        ('<BrushLabels name="b" toName="img"><Label value="$labels"/></BrushLabels>', "data of tasks"),
        ('<Choices name="flag" toName="img"><Choice value="Bad"/></Choices>', "a single option"),
        ('<Choices name="grade" toName="img"><Choice value="5"/></Choices>', "a single option"),
        (
            '<Choices name="grade" toName="img"><Choice value="A" alias="1"/><Choice value="A" alias="2"/></Choices>',
            "of that name already",
        ),
        ('<Pairwise name="p" toName="img"/>', "nothing in a guideline"),
        ('<Number name="size" toName="img" min="few"/>', "its min 'few' is no number"),
        ('<Number name="polygon" toName="img" min="1"/>', "its name is taken"),
    ],
)
def test_what_cannot_be_taken_over_is_told(inner: str, told: str) -> None:
    known = '<EllipseLabels name="node" toName="img"><Label value="Node"/></EllipseLabels>'
    read = taken_over(f'<View><Image name="img" value="$image"/>{known}{inner}</View>')
    assert told in "\n".join(read.left_out)
    assert {problem.code for problem in loaded(guideline(read)).warnings.problems} <= {"to-be-written"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("no config", "not XML"),
        ("<View/>", "no labels"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><View/>', "document type"),
        ("<View>" + " " * (1 << 20) + "</View>", "1 MiB"),
    ],
)
def test_what_is_no_config_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ConfigNotReadError, match=reason):
        taken_over(text)
