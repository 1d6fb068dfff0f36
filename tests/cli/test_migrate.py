"""`guidelint migrate`: work goes on under other names with the same verdicts, and comes back as it was."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.delivery_file import run
from tests.cli.test_impact import decisions
from tests.edits import edited

from guidelint import api
from guidelint.language.load import load
from guidelint.language.versions.mapping import Names

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """
guidelint: 1
guideline: marks
version: {version}
title: Marks
summary: Marks are found.
classes:
  spot:
    title: Spot
    definition: A dark spot.
    draw: rectangle
    rules: {{area-limits: {{min_mm2: 30}}}}
  scar: {{title: Scar, definition: Healed skin., draw: rectangle}}
attributes:
  kind: {{title: Kind, of: [spot, scar], choose_one: {{good: Good, bad: Bad, odd: Odd}}, required: true}}
  sure: {{title: Sure, of: image, choose_one: {{yes-it-is: Yes, not-so: No}}}}
empty_reading: {{means: There is nothing.}}
escalation:
  routes: {{chief: {{who: Chief}}}}
  when: {{odd: {{answer-escalates: {{attribute: kind, values: [odd]}}, to: chief}}}}
instructions: Mark everything.
"""
BURN_AND_CUT = """\
  burn: {title: Burn, definition: A scar of fire., draw: rectangle}
  cut: {title: Cut, definition: A scar of a blade., draw: rectangle}
"""
KEYS = {"spot": "Spot", "scar": "Scar", "kind": "Kind", "sure": "Sure", "good": "Good", "bad": "Bad", "odd": "Odd"}


def task(number: int) -> dict[str, Any]:
    chance = random.Random(number)
    size = {"original_width": 100, "original_height": 100, "image_rotation": 0}
    result: list[dict[str, Any]] = []
    for mark in range(chance.randrange(4)):
        width, where = chance.randrange(3, 12), {"id": f"r{mark}", "to_name": "image", **size}
        value = {"x": 20 * mark, "y": 40, "width": width, "height": 5, "rotation": 0}
        label = chance.choice(["spot", "scar"])
        drawn = {**where, "type": "rectanglelabels", "from_name": "rectangle"}
        result.append({**drawn, "value": {**value, "rectanglelabels": [label]}})
        if chance.random() < 0.8:
            said = {**where, "type": "choices", "from_name": "kind"}
            result.append({**said, "value": {**value, "choices": [chance.choice(["good", "bad", "odd"])]}})
    sure = {"id": "s", "to_name": "image", "type": "choices", "from_name": "sure", "value": {"choices": ["not-so"]}}
    return {
        "id": number,
        "data": {"image": f"{number}.png", "PixelSpacing": [1, 1], "guideline": "marks 1.0.0"},
        "annotations": [{"id": 100 + number, "completed_by": number % 2, "result": [*result, sure]}],
        "predictions": [{"id": 500 + number, "result": result}],
    }


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.json"
    path.write_text(json.dumps([task(number) for number in range(30)]), "utf-8")
    return path


def pair(folder: Path, renamed: dict[str, str], *edits: tuple[str, str], aliases: bool = True) -> tuple[Path, Path]:
    """Two versions: in the second some keys are others, and list the first ones."""
    first, second = folder / "first.yaml", folder / ("second.yaml" if aliases else "bare.yaml")
    first.write_text(TEXT.format(version="1.0.0"), "utf-8")
    text = TEXT.format(version="2.0.0")
    for key, name in renamed.items():
        text = text.replace(f"{key}: {KEYS[key]}", f"{key}: {{title: {KEYS[key]}}}")  # an option in its long form
        for there in (f"  {key}:", f"{key}: {{title", f"[{key}", f", {key}]", f"attribute: {key},"):
            text = text.replace(there, there.replace(key, name))
        if aliases:
            text = text.replace(f"title: {KEYS[key]}}}", f"title: {KEYS[key]}, aliases: [{key}]}}")
            text = text.replace(f"title: {KEYS[key]},", f"title: {KEYS[key]}, aliases: [{key}],")
            text = text.replace(f"title: {KEYS[key]}\n", f"title: {KEYS[key]}\n    aliases: [{key}]\n")
            text = text.replace(f", aliases: [{key}], aliases: [{key}]", f", aliases: [{key}]")
    second.write_text(edited(text, *edits), "utf-8")
    return first, second


@pytest.mark.parametrize("seed", range(8))
def test_renamed_work_has_the_same_verdicts_and_comes_back_as_it_was(tmp_path: Path, export: Path, seed: int) -> None:
    chance = random.Random(seed)
    renamed = {key: f"{key}-{chance.randrange(100)}" for key in KEYS if chance.random() < 0.6}
    first, second = pair(tmp_path, renamed)
    there, back = tmp_path / "there.json", tmp_path / "back.json"
    ran = run("migrate", str(first), str(second), str(export), "--output", str(there))
    assert ran.exit_code == 0, ran.output
    _, bare = pair(tmp_path, renamed, aliases=False)
    assert decisions(bare, there) == decisions(first, export)
    assert run("migrate", str(first), str(second), str(there), "--back", "-o", str(back)).exit_code == 0
    assert json.loads(back.read_text("utf-8")) == json.loads(export.read_text("utf-8"))
    assert '"guideline": "marks 2.0.0"' in json.dumps(json.loads(there.read_text("utf-8")))


def test_two_classes_that_become_one_are_mapped_and_one_way_only(tmp_path: Path, export: Path) -> None:
    first, second = pair(
        tmp_path,
        {},
        ("  scar: {title: Scar, definition: Healed skin., draw: rectangle}\n", ""),
        ("of: [spot, scar]", "of: spot"),
        ("    definition: A dark spot.", "    definition: A dark spot.\n    aliases: [scar]"),
    )
    there = tmp_path / "there.json"
    assert run("migrate", str(first), str(second), str(export), "-o", str(there)).exit_code == 0
    assert '"scar"' not in there.read_text("utf-8")
    made = api.load(first).migrate(api.load(second), there, tmp_path / "back.json", back=True)
    assert {(one.what, one.choices) for one in made.redo} == {("class `spot`", ("spot", "scar"))}


def test_on_the_way_back_only_those_that_became_one_are_to_choose_from() -> None:
    there = Names({"spot": "mark", "scar": "mark", "burn": "burn"}, {}, {})
    back = there.back(load(TEXT.format(version="1.0.0")))
    assert (back.classes, back.classes_for("mark")) == ({"mark": None, "burn": "burn"}, ("spot", "scar"))


def test_a_label_that_is_none_stays(tmp_path: Path, export: Path) -> None:
    first, second = pair(tmp_path, {"spot": "dot"})
    text = export.read_text("utf-8").replace('["spot"]', "[null]").replace('["good"]', "[null, {}]")
    export.write_text(text, "utf-8")
    made = api.load(first).migrate(api.load(second), export, tmp_path / "there.json")
    assert (made.redo, made.changed) == ((), 0)


def test_what_was_split_stays_and_is_listed_for_somebody(tmp_path: Path, export: Path) -> None:
    first, second = pair(
        tmp_path,
        {},
        ("  scar: {title: Scar, definition: Healed skin., draw: rectangle}\n", BURN_AND_CUT),
        ("of: [spot, scar]", "of: [spot, burn, cut]"),
        ("odd: Odd", "other: Other"),
        ("values: [odd]", "values: [other]"),
    )
    there = tmp_path / "there.json"
    ran = run("migrate", str(first), str(second), str(export), "-o", str(there), "--format", "json")
    assert ran.exit_code == 1
    redo = json.loads(ran.stdout)["redo"]
    assert {(one["what"], *one["choices"]) for one in redo} == {
        ("class `scar`", "burn", "cut"),
        ("answer `odd` to `kind`", "other"),
    }
    told = {(one["task"], one["annotation"]) for one in redo if int(one["annotation"]) < 500}
    returned = {
        tuple(key.split("/")[2:4]) for key, decision in decisions(second, there).items() if decision == "returned"
    }
    assert told <= returned
    text = run("migrate", str(first), str(second), str(export), "-o", str(there)).stdout
    assert "× class `scar`, now perhaps `burn` or `cut`" in text
    for one in json.loads(there.read_text("utf-8")):
        marked = json.dumps(one["annotations"])
        assert one["data"]["guideline"] == ("marks 1.0.0" if '"scar"' in marked or '"odd"' in marked else "marks 2.0.0")


def test_another_kind_of_answer_is_asked_again(tmp_path: Path, export: Path) -> None:
    first, second = pair(tmp_path, {}, ("choose_one: {yes-it-is: Yes, not-so: No}", "number: {min: 0, max: 9}"))
    ran = run("migrate", str(first), str(second), str(export), "-o", str(tmp_path / "there.json"))
    assert ran.exit_code == 1
    assert "30 × question `sure` (choices)" in ran.stdout


@pytest.mark.parametrize(
    ("content", "output", "said"),
    [
        ("[]", "export.json", "is the export itself"),
        ("{}", "there.json", "is no list of tasks"),
        ("[{", "there.json", "is no JSON"),
        ("[]", "none/there.json", "cannot be written"),
    ],
)
def test_what_cannot_be_mapped_is_refused(tmp_path: Path, content: str, output: str, said: str) -> None:
    first, second = pair(tmp_path, {})
    export = tmp_path / "export.json"
    export.write_text(content, "utf-8")
    ran = run("migrate", str(first), str(second), str(export), "-o", str(tmp_path / output))
    assert (ran.exit_code, said in ran.stderr) == (2, True), ran.stderr
    assert export.read_text("utf-8") == content


def test_a_packed_export_is_known_by_its_content_and_a_damaged_one_is_refused(tmp_path: Path, export: Path) -> None:
    first, second = pair(tmp_path, {})
    packed = bytearray(gzip.compress(export.read_bytes()))
    misnamed, damaged, made = tmp_path / "packed.json", tmp_path / "damaged.json.gz", tmp_path / "made.json"
    misnamed.write_bytes(packed)
    assert run("migrate", str(first), str(second), str(misnamed), "--output", str(made)).exit_code == 0
    plain = tmp_path / "plain.json"
    assert run("migrate", str(first), str(second), str(export), "--output", str(plain)).exit_code == 0
    assert made.read_bytes() == plain.read_bytes()
    packed[10] ^= 0xFF
    damaged.write_bytes(packed)
    ran = run("migrate", str(first), str(second), str(damaged), "--output", str(made))
    assert ran.exit_code == 2
    assert "the compressed file is damaged or was cut off" in ran.output


def test_a_number_in_another_unit_is_returned_until_it_is_measured_again(tmp_path: Path) -> None:
    sized = "  long: {{title: Long, of: image, number: {{max: 100, unit: {unit}}}}}\n"
    for name, version, unit in (("old", "1.0.0", "mm"), ("new", "2.0.0", "cm")):
        text = TEXT.replace("empty_reading:", f"{sized}empty_reading:").format(version=version, unit=unit)
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    data = {"image": "1.png", "guideline": {"1": "1.0.0", "2": "2.0.0"}}
    number = {"id": "n", "to_name": "image", "type": "number", "from_name": "long", "value": {"number": 5}}
    work = [{"id": 1, "data": {"image": "1.png"}, "annotations": [{"id": 1, "completed_by": 1, "result": [number]}]}]
    (tmp_path / "work.json").write_text(json.dumps([*work, {"id": 2, "data": data}]), "utf-8")
    old, new, mapped = (str(tmp_path / name) for name in ("old.yaml", "new.yaml", "mapped.json"))
    assert run("migrate", old, new, str(tmp_path / "work.json"), "-o", mapped).exit_code == 1
    first, second = json.loads((tmp_path / "mapped.json").read_bytes())
    assert first["annotations"][0]["result"][0]["from_name"] == "long@1.0.0"
    assert second["data"]["guideline"] == {"1": "2.0.0", "2": "2.0.0"}
    assert set(decisions(tmp_path / "new.yaml", tmp_path / "mapped.json").values()) == {"returned"}
    back = tmp_path / "back.json"
    assert run("migrate", old, new, mapped, "--back", "-o", str(back)).exit_code == 0
    assert json.loads(back.read_bytes())[0] == work[0]
