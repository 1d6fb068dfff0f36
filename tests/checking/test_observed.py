"""What surely holds in work is proposed, with its share, its bound and its counter-examples; nothing else is."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.delivery_file import run

from guidelint.checking.observed.as_parts import as_parts
from guidelint.checking.observed.every_proposal import proposals
from guidelint.checking.observed.observe import observe
from guidelint.checking.observed.proposal import Outcome, held
from guidelint.language.library import find, find_loaded

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from guidelint.checking.observed.facts import Observed

TASKS = 200
SIDE = 100
_SPLITS = 20


def box(label: str, mark: str, *place: float) -> dict[str, Any]:
    x, y, width, height = place
    value = {"x": x, "y": y, "width": width, "height": height, "rotation": 0, "rectanglelabels": [label]}
    size = {"original_width": SIDE, "original_height": SIDE}
    return {"id": mark, "type": "rectanglelabels", "from_name": "box", "to_name": "img", **size, "value": value}


def answer(mark: str, name: str, kind: str, value: object) -> dict[str, Any]:
    return {"id": mark, "type": kind, "from_name": name, "to_name": "img", "value": {kind: value}}


def task(number: int, *, flawed: bool) -> dict[str, Any]:
    """A tumour with a core in it and a vessel apart; flawed, the core lies outside and the grade is not answered."""
    core = (60, 60, 12, 12) if flawed else (30, 30, 12 + number % 5, 10)
    items = [
        box("Whole tumour", "t", 20, 20, 30, 30 + number % 7),
        box("Core", "c", *core),
        box("Vessel", "v", 80, 80, 10, 10),
        answer("t", "tumourGrade", "rating", 1 + number % 3),
        answer("c", "necrosis", "choices", ["yes" if number % 2 else "no"]),
    ]
    items = items[:3] + items[4:] if flawed else items
    data = {"image": f"{number}.png", "PixelSpacing": [0.5, 0.5]}
    return {"id": number, "data": data, "annotations": [{"id": 1000 + number, "completed_by": 1, "result": items}]}


def export(folder: Path, tasks: Iterable[dict[str, Any]]) -> str:
    file = folder / "export.json"
    file.write_text(json.dumps(list(tasks)))
    return str(file)


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> Observed:
    folder = tmp_path_factory.mktemp("observed")
    return observe([export(folder, (task(number, flawed=number == 7) for number in range(TASKS)))])


def test_it_proposes_tools_sizes_counts_nesting_and_answers(observed: Observed) -> None:
    found = {one.path: one.value for one in proposals(observed)}
    assert found["classes", "core", "draw"] == "rectangle"
    assert found["classes", "whole-tumour", "count", "max"] == 1
    assert found["attributes", "tumour-grade", "required"] is True
    assert found["attributes", "necrosis", "required"] is True
    assert found["relations", "core-in-whole-tumour"] == {"inside": {"child": "core", "parent": "whole-tumour"}}
    assert found["relations", "core-apart-from-vessel"] == {"separate": {"pairs": [["core", "vessel"]]}}
    assert ("relations", "vessel-in-whole-tumour") not in found
    assert ("relations", "core-apart-from-whole-tumour") not in found
    assert found["classes", "vessel", "rules", "diameter-limits", "longest_min_mm"] == 7.0  # √2 × 10 px × 0.5 mm
    assert found["classes", "vessel", "rules", "diameter-limits", "longest_max_mm"] == 7.5


def test_a_proposal_tells_share_bound_and_counter_examples(observed: Observed) -> None:
    (inside,) = [one for one in proposals(observed) if one.path[-1] == "core-in-whole-tumour"]
    assert inside.comment(observed) == [
        "observed: 199 of 200 core regions inside a whole-tumour (99.5 %, with 95 % confidence over 97.2 %)",
        "not so: task 7, annotation 1007, region 2",
    ]


def test_what_holds_in_few_cases_only_is_not_proposed(tmp_path: Path) -> None:
    few = observe([export(tmp_path, (task(number, flawed=False) for number in range(120)))])
    assert proposals(few) == ()


@pytest.mark.parametrize(
    ("departing", "is_alike", "bound"),
    [(0, False, 0.981), (2, False, 0.964), (2, True, 0.945)],
    ids=["all hold", "two depart", "two depart in one group"],
)
def test_cases_that_hang_together_tell_less(departing: int, is_alike: bool, bound: float) -> None:  # noqa: FBT001
    groups = [str(number // 2) if is_alike else str(number) for number in range(200)]
    low = held(Outcome("", number >= departing, group) for number, group in enumerate(groups)).low
    assert low == pytest.approx(bound, abs=0.001)


def spot(number: int) -> dict[str, Any]:
    """Of every three lesions one has a point, one a box of some pixels, and one an ellipse of more."""
    size = {"original_width": SIDE, "original_height": SIDE}
    spread = number % 7
    shapes: dict[str, dict[str, Any]] = {
        "keypointlabels": {"x": 10, "y": 10, "width": 1},
        "rectanglelabels": {"x": 20, "y": 20, "width": 4 + spread, "height": 3, "rotation": 0},
        "ellipselabels": {"x": 60, "y": 60, "radiusX": 8 + spread, "radiusY": 5, "rotation": 0},
    }
    items = [
        {"id": kind, "type": kind, "from_name": kind, "to_name": "img", **size, "value": {**shape, kind: ["Lesion"]}}
        for kind, shape in shapes.items()
    ]
    data = {"image": f"{number}.png", "PixelSpacing": [1, 1]}
    return {"id": number, "data": data, "annotations": [{"id": 1000 + number, "completed_by": 1, "result": items}]}


def of_tools(task: dict[str, Any], *kinds: str) -> dict[str, Any]:
    (annotation,) = task["annotations"]
    return {
        **task,
        "annotations": [{**annotation, "result": [one for one in annotation["result"] if one["type"] in kinds]}],
    }


@pytest.mark.parametrize(
    ("kind", "small", "says"),
    [
        (
            "rectanglelabels",
            "rectangle",
            "drawn as a box below 16 mm, and as an ellipse from there on",
        ),
        ("keypointlabels", "keypoint", "200 of 200 regions with a size are at least 16 mm long; points have none"),
    ],
)
def test_it_proposes_how_small_ones_are_marked_and_how_large_ones(
    tmp_path: Path, kind: str, small: str, says: str
) -> None:
    work = export(tmp_path, (of_tools(spot(number), kind, "ellipselabels") for number in range(TASKS)))
    seen = observe([work])
    (one,) = [one for one in proposals(seen) if "geometry-by-size" in one.path]
    assert one.value == [{"below_mm": 16, "tools": [small]}, {"tools": ["ellipse"]}]
    assert says in one.comment(seen)[0]
    assert run("init", str(tmp_path / "made"), "--from-export", work).exit_code == 0
    file = str(tmp_path / "made" / "made.yaml")
    told = {problem.code for problem in find_loaded(file).warnings.problems}
    assert told <= {"to-be-written", *(["box-measured-by-diagonal"] if small == "rectangle" else [])}
    assert "geometry-by-size" in find(file).classes["lesion"].rules
    assert "longest_min" not in Path(file).read_text("utf-8")


def test_tools_that_are_used_for_all_sizes_are_proposed_without_a_size(tmp_path: Path) -> None:
    tasks = [of_tools(spot(number), "rectanglelabels") for number in range(TASKS)]
    for number, one in enumerate(tasks):
        if number % 2:
            (item,) = one["annotations"][0]["result"]
            value = item["value"]
            oval = {
                "x": 60,
                "y": 60,
                "radiusX": value["width"] / 2,
                "radiusY": 1.5,
                "rotation": 0,
                "ellipselabels": ["Lesion"],
            }
            item.update(type="ellipselabels", from_name="oval", value=oval)
    found = proposals(observe([export(tmp_path, tasks)]))
    assert ("classes", "lesion", "draw") in {one.path for one in found}
    assert not any("geometry-by-size" in one.path for one in found)


def test_init_writes_a_guideline_that_knows_everything_in_the_work(tmp_path: Path) -> None:
    work = export(tmp_path, (task(number, flawed=number == 7) for number in range(TASKS)))
    assert run("init", str(tmp_path / "brain"), "--from-export", work).exit_code == 0
    file = tmp_path / "brain" / "brain.yaml"
    text = file.read_text("utf-8")
    assert "    # observed: 200 of 200 regions drawn as a box (100.0 %, with 95 % confidence over 98.1 %)\n" in text
    made = find(str(file))
    assert made.attributes["tumour-grade"].of == ("whole-tumour",)
    assert made.attributes["tumour-grade"].kind == "scale"
    assert set(made.attributes["necrosis"].options) == {"no", "yes"}
    result = run("check", str(file), work, "--format", "jsonl")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    found = {
        (record["subject"]["task"], finding["rule"])
        for record in records
        if record["type"] == "verdict"
        for finding in record["findings"]
    }
    assert found == {("7", "inside"), ("7", "required-attribute")}


@pytest.mark.parametrize(("rating", "last"), [(1, "2"), (4, "4"), (10**9, "100")])
def test_a_scale_has_two_steps_at_least_and_no_more_than_people_know(tmp_path: Path, rating: int, last: str) -> None:
    one = task(0, flawed=True)
    one["annotations"][0]["result"].append(answer("t", "tumourGrade", "rating", rating))
    asked = as_parts(observe([export(tmp_path, [one])]))["attributes"]["tumour-grade"]
    assert list(asked["scale"])[-1] == last


@pytest.mark.parametrize(
    ("content", "said"),
    [("[]", "nothing is drawn in it"), ("no export", "cannot be looked at"), (None, "cannot be read")],
)
def test_what_holds_no_work_is_refused(tmp_path: Path, content: str | None, said: str) -> None:
    if content is not None:
        (tmp_path / "work.json").write_text(content)
    result = run("init", str(tmp_path / "made"), "--from-export", str(tmp_path / "work.json"))
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "made").exists()


def of_groups(measured: Observed, groups: Container[str]) -> Observed:
    """Leave only what belongs to some of the groups."""
    regions = tuple(one for one in measured.regions if one.group in groups)
    submissions = tuple(one for one in measured.submissions if one.group in groups)
    return replace(measured, regions=regions, submissions=submissions)


@pytest.mark.real_data
def test_half_of_lidc_proposes_what_the_other_half_keeps(real_data: Path) -> None:
    measured = observe([str(real_data / "lidc" / "lidc_dev.json.gz")])
    floors: list[object] = []
    for seed in range(_SPLITS):
        groups = sorted({one.group for one in measured.submissions})
        random.Random(seed).shuffle(groups)
        half = set(groups[: len(groups) // 2])
        one, other = of_groups(measured, half), of_groups(measured, set(groups) - half)
        found = proposals(one)
        assert {item.path[1] for item in found if item.path[-1] == "draw"} == {
            *("nodule-from-3mm", "nodule-below-3mm", "non-nodule-from-3mm"),
        }
        assert sum(item.path[-1] == "required" for item in found) == 9
        floors += [item.value for item in found if item.path[-1] == "longest_min_mm"]
        kept = {item.path: item.held(other).share for item in found}
        assert {path: share for path, share in kept.items() if share.count < 0.95 * share.of} == {}
    assert len(floors) >= _SPLITS - 1  # one of the halves holds too few objects to be sure
    assert all(3 <= float(str(floor)) <= 5 for floor in floors)
