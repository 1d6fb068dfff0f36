"""A guideline that extends another has all of it, may ask for more, and is refused where it asks for less."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft7Validator

from guidelint.labelstudio.instructions.instructions import instructions
from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find, released, source
from guidelint.language.load import load, loaded
from guidelint.language.schema.guideline_schema import guideline_schema
from guidelint.language.text.parse import parse
from guidelint.language.text.problem import MOST, GuidelineProblems
from guidelint.language.text.tree import as_json
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "guidelint: 1\nguideline: site\nversion: 2.0.0\nextends: {base}\n"
BASE = """\
guidelint: 1
guideline: base
version: 1.0.0
title: Lesions
status: released
authors: [Ann Author]
summary: Every lesion.
instructions: Mark every lesion.
empty_reading: {means: There is no lesion.}
images:
  modality: [CT, MR]
  time_points: [baseline, week-8]
  transfer_syntaxes: [ExplicitVRLittleEndian, RLELossless]
  pixel_spacing: {max_mm: 1}
vocabularies:
  margin: {smooth: Smooth, spiculated: Spiculated}
families:
  finding: {title: Findings, draw: [polygon, brush], rules: {area-limits: {min_mm2: 3, at_limit: departs}}}
classes:
  lesion:
    title: Lesion
    definition: Whatever looks different.
    kind_of: finding
    count: {max: 5}
    rules: {diameter-limits: {longest_max_mm: 30, level: warning}}
  organ: {title: Organ, definition: The whole organ., draw: polygon}
attributes:
  margin: {title: Margin, of: lesion, choose_one: margin}
  size: {title: Size, of: lesion, number: {min: 1, max: 50, unit: mm}, required: true}
  remark: {title: Remark, of: image, text: {max_length: 200}}
  grade: {title: Grade, of: lesion, number: {min: 0, max: 9}, required: true}
  shape:
    title: Shape
    of: lesion
    choose_one: {round: Round, oval: Oval}
    required: {when_number: {grade: {at_least: 1}}}
    forbidden: {when: {margin: smooth}}
  load: {title: Load, of: image, number: {}, derive: {sum: grade}}
  share: {title: Share, of: image, number: {}, derive: {ratio: {of: {area: lesion}, to: {area: organ}}}}
rules:
  inside-image: {tolerance_px: 2}
relations:
  in-organ: {inside: {child: lesion, parent: organ, min_fraction: 0.8}}
  all-of-it: {covered-by-parts: {whole: organ, parts: [lesion], min_fraction: 0.9, tolerance_mm: 2}}
escalation:
  routes: {senior: {who: Senior reader, within_hours: 24}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: senior}}
delivery: {formats: [label-studio, coco]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE)
    return tmp_path


def site(own: str, folder: Path, base: str = "./base.yaml") -> list[tuple[str, str]]:
    """Code and message of every error in a guideline that extends another."""
    try:
        loaded(HEAD.format(base=base) + own, folder=folder)
    except GuidelineProblems as found:
        return [(one.code, one.message) for one in found.problems if one.level == "error"]
    return []


@pytest.mark.parametrize("base", [item.label for item in released()])
def test_what_is_left_out_is_as_the_base_has_it(base: str) -> None:
    there, here = find(base), load(HEAD.format(base=base))
    own = {"name": there.name, "version": there.version, "status": there.status}
    beside = {"text_digest": there.text_digest, "narrowed": None}
    assert here.model_copy(update={**own, **beside}) == there
    assert (here.name, here.version, here.status) == ("site", "2.0.0", "draft")
    assert compile_plan(here, catalogue()).digest == compile_plan(there, catalogue()).digest


def test_who_answers_for_the_base_does_not_answer_for_what_extends_it(folder: Path) -> None:
    here = load(HEAD.format(base="./base.yaml"), folder=folder)
    assert (here.title, here.authors, here.status) == ("Lesions", (), "draft")


def test_the_digest_of_the_text_covers_the_base() -> None:
    text = HEAD.format(base="blood-cells@1.0.0")
    there = hashlib.sha256(source("blood-cells@1.0.0")[0].encode()).hexdigest()
    assert load(text).text_digest == hashlib.sha256((text + there).encode()).hexdigest()


@pytest.mark.parametrize(
    "own",
    [
        "families: {finding: {draw: polygon, rules: {area-limits: {min_mm2: 4, max_mm2: 700}}}}",
        "classes: {lesion: {count: {max: 4}, rules: {diameter-limits: {longest_max_mm: 25, level: error}}}}",
        "classes: {lesion: {rules: {diameter-limits: {at_limit: departs}}}}",
        "classes: {lesion: {title: Läsion, definition: Was anders aussieht., rules: {closed-outline: {}}}}",
        "images: {modality: CT, time_points: baseline, pixel_spacing: {min_mm: 0.2, max_mm: 0.8}}",
        "images: {transfer_syntaxes: RLELossless}",
        "attributes: {size: {number: {min: 2, max: 40, step: 1}}, margin: {of: [lesion, organ], required: true}}",
        "attributes: {doubt: {title: Doubt, of: lesion, choose_one: margin}, remark: {text: {max_length: 100}}}",
        "rules: {inside-image: {tolerance_px: 1}}",
        "relations: {in-organ: {inside: {min_fraction: 0.9}}}",
        "relations: {all-of-it: {covered-by-parts: {tolerance_mm: 1, inside_min_fraction: 0.5}}}",
        "escalation: {when: {large: {area-limits: {max_mm2: 400}, because: Ask.}}}",
        "escalation: {routes: {senior: {within_hours: 8, readers: 2, person: ng@example.org}}}",
        "delivery: {formats: label-studio}",
    ],
)
def test_what_asks_for_more_is_taken(own: str, folder: Path) -> None:
    assert site(own, folder) == []


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("families: {finding: {rules: {area-limits: {min_mm2: 2}}}}", "`min_mm2` is at least 3 there, 2 here"),
        (
            "families: {finding: {rules: {area-limits: {at_limit: kept}}}}",
            "`at_limit` is `departs` there, `kept` here",
        ),
        ("classes: {lesion: {count: {max: 6}}}", "`max` is at most 5 there, 6 here"),
        ("classes: {lesion: {draw: [polygon, ellipse]}}", "`draw` allows `ellipse`, which it does not there"),
        ("classes: {lesion: {aliases: [Spot]}}", "`aliases` allows `Spot`, which it does not there"),
        ("classes: {lesion: {rules: {diameter-limits: {level: note}}}}", "`level` is `warning` there, `note` here"),
        (
            "classes: {lesion: {rules: {diameter-limits: {when: {size: {longest_mm: {at_least: 5}}}}}}}",
            "`diameter-limits` is always asked there, under a condition here",
        ),
        (
            "classes: {lesion: {rules: {inside-image: {tolerance_px: 3}}}}",
            "`tolerance_px` is at most 2 there, 3 here",
        ),
        ("classes: {spot: {title: Spot, definition: S., draw: polygon}}", "`classes` allows `spot`"),
        ("images: {time_points: [week-8, week-16]}", "`time_points` allows `week-16`, which it does not there"),
        ("images: {modality: US}", "`modality` allows `US`, which it does not there"),
        (
            "images: {transfer_syntaxes: JPEGBaseline8Bit}",
            "`transfer_syntaxes` allows `JPEGBaseline8Bit`, which it does not there",
        ),
        ("images: {pixel_spacing: {max_mm: 2}}", "`max_mm` is at most 1 there, 2 here"),
        ("attributes: {margin: {choose_one: {smooth: Smooth, lobed: Lobed}}}", "`choose_one` allows `lobed`"),
        ("attributes: {size: {number: {max: 60}}}", "`max` is at most 50 there, 60 here"),
        ("attributes: {size: {number: {unit: cm}}}", "`unit` is `mm` there, `cm` here"),
        ("attributes: {size: {required: false}}", "an answer is asked for there that may be left out here"),
        (
            "attributes: {size: {required: {when_number: {grade: {at_least: 2}}}}}",
            "an answer is asked for there that may be left out here",
        ),
        (
            "attributes: {shape: {required: {when: {margin: spiculated}}}}",
            "an answer is asked for under another condition there",
        ),
        (
            "attributes: {shape: {forbidden: {when_number: {grade: {at_least: 2}}}}}",
            "it must stay open there, and not with the same answers here",
        ),
        ("attributes: {load: {derive: {measured: {count: lesion}}}}", "its answer follows in another way there"),
        (
            "attributes: {share: {derive: {ratio: {to: {area: lesion}}}}}",
            "its answer follows in another way there",
        ),
        ("attributes: {margin: {of: organ}}", "`of` is `lesion` there, `organ` here"),
        ("rules: {inside-image: {level: warning}}", "`level` is `error` there, `warning` here"),
        ("relations: {in-organ: {inside: {min_fraction: 0.7}}}", "`min_fraction` is at least 0.8 there, 0.7 here"),
        (
            "relations: {all-of-it: {covered-by-parts: {tolerance_mm: 3}}}",
            "`tolerance_mm` is at most 2 there, 3 here",
        ),
        (
            "relations: {all-of-it: {covered-by-parts: {min_fraction: 0.8}}}",
            "`min_fraction` is at least 0.9 there, 0.8 here",
        ),
        ("relations: {in-organ: {inside: {child: organ, parent: lesion}}}", "`child` is `lesion` there, `organ` here"),
        ("escalation: {when: {large: {area-limits: {max_mm2: 600}}}}", "`max_mm2` is at most 500 there, 600 here"),
        ("escalation: {routes: {senior: {within_hours: 48}}}", "`within_hours` is 24 there, 48 here"),
        ("delivery: {formats: [label-studio, dicom-seg]}", "`formats` allows `dicom-seg`"),
        ("not_annotated: {scar: {title: Scar, definition: An old one.}}", "`scar` is left unmarked here"),
    ],
)
def test_what_asks_for_less_or_for_something_else_is_refused_with_both_values(
    own: str, said: str, folder: Path
) -> None:
    found = site(own, folder)
    assert [code for code, _ in found] == ["loosens"] * len(found)
    assert any(said in message for _, message in found), found


def test_an_overlap_from_which_regions_are_copies_may_sink_and_not_rise(folder: Path) -> None:
    assert site("rules: {no-duplicate-regions: {min_iou: 0.9}}", folder) == []
    ((code, message),) = site("rules: {no-duplicate-regions: {min_iou: 0.99}}", folder)
    assert (code, "`min_iou` is at least 0.95 there, 0.99 here" in message) == ("loosens", True)


def test_a_problem_points_at_what_is_written_here_and_at_the_base_where_nothing_is() -> None:
    text = (
        HEAD.format(base="blood-cells@1.0.0") + "classes:\n  platelet: {titel: Plate}\nrelations: {x: {inside: {}}}\n"
    )
    with pytest.raises(GuidelineProblems) as caught:
        load(text)
    assert {(one.code, one.line) for one in caught.value.problems} == {("unknown-key", 6), ("missing", 7)}


@pytest.mark.parametrize(
    ("base", "code", "said"),
    [
        ("lung-nodule", "unusable-base", "does not say which version"),
        ("lung-nodule-cd@1.0.0", "unusable-base", "Did you mean `lung-nodule-ct`?"),
        ("lung-nodule-ct@7.0.0", "unusable-base", "there is no version 7.0.0"),
        ("./nowhere.yaml", "unusable-base", "cannot be read"),
        ("../base.yaml", "unusable-base", "does not lie in the folder"),
        ("/etc/base.yaml", "unusable-base", "does not lie in the folder"),
        ("./broken.yaml", "unusable-base", "`./broken.yaml` has 1 problem, the first in line 3: "),
        ("./itself.yaml", "circle", "extends this guideline"),
        ("./step-0.yaml", "too-deep", "more than 5 guidelines extend each other"),
    ],
)
def test_a_base_that_cannot_be_one_is_told_once(base: str, code: str, said: str, folder: Path) -> None:
    (folder / "broken.yaml").write_text(BASE.replace("version: 1.0.0", "version: one"))
    (folder / "itself.yaml").write_text(HEAD.format(base="./itself.yaml"))
    for step in range(7):
        (folder / f"step-{step}.yaml").write_text(HEAD.format(base=f"./step-{step + 1}.yaml"))
    ((told, message),) = site("", folder, base)
    assert (told, said in message) == (code, True), message


def test_warnings_that_the_base_has_or_allows_are_told_there(folder: Path) -> None:
    unused = "vocabularies:\n  # guidelint: allow unused-vocabulary: sites use it\n  side: {left: Left, right: Right}\n"
    (folder / "base.yaml").write_text(BASE.replace("vocabularies:\n", unused) + "readers: {rules: {}}\n")
    assert [one.code for one in loaded(BASE + "readers: {rules: {}}\n").warnings.problems] == ["empty-section"]
    assert loaded(HEAD.format(base="./base.yaml"), folder=folder).warnings.problems == ()


def test_a_base_may_extend_another(folder: Path) -> None:
    (folder / "vendor.yaml").write_text(HEAD.format(base="./base.yaml") + "classes: {lesion: {count: {max: 4}}}\n")
    assert site("classes: {lesion: {count: {max: 3}}}", folder, "./vendor.yaml") == []
    ((code, message),) = site("classes: {lesion: {count: {max: 5}}}", folder, "./vendor.yaml")
    assert (code, message) == ("loosens", "this asks for less than `./vendor.yaml`: `max` is at most 4 there, 5 here")


def test_a_file_without_its_folder_has_no_files_beside() -> None:
    with pytest.raises(GuidelineProblems) as caught:
        load(HEAD.format(base="./base.yaml"))
    assert "was read without its folder" in caught.value.problems[0].message


def test_what_is_overridden_is_listed_and_told_to_annotators(folder: Path) -> None:
    own = (
        "title: Lesions in Ulm\nclasses: {lesion: {count: {max: 4}, rules: {diameter-limits: {longest_max_mm: 25}}}}\n"
    )
    here = load(HEAD.format(base="./base.yaml") + own, folder=folder)
    assert here.narrowed is not None
    assert [(one.where, one.there, one.here) for one in here.narrowed.changes] == [
        ("title", "Lesions", "Lesions in Ulm"),
        ("classes: lesion: count: max", "5", "4"),
        ("classes: lesion: rules: diameter-limits: longest_max_mm", "30", "25"),
    ]
    head = instructions(here)
    assert "This guideline follows Lesions, version 1.0.0, and asks for more." in head
    assert "<li>Lesion, diameter limits, longest max mm: 25 (there: 30)</li>" in head


def test_pictures_of_inherited_instructions_come_along(folder: Path) -> None:
    dot = b"GIF89a\x01\x00\x01\x00\x00\x00"
    dot += b"!\xf9\x04\x01\n\x00\x01\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02L\x01\x00;"
    (folder / "vendor").mkdir()
    (folder / "vendor/dot.gif").write_bytes(dot)
    (folder / "vendor/base.yaml").write_text(BASE.replace("Mark every lesion.", '"![A dot](dot.gif)"'))
    here = load(HEAD.format(base="vendor/base.yaml"), folder=folder)
    assert here.pictures["dot.gif"].content == dot


def test_editors_let_keys_be_left_to_the_base() -> None:
    schema = Draft7Validator(guideline_schema(catalogue()))
    own = "classes: {platelet: {count: {max: 9}}}\nescalation: {when: {large: {because: Ask.}}}\n"
    for text, is_sound in (
        (HEAD.format(base="blood-cells@1.0.0") + own, True),
        (HEAD.format(base="blood-cells@1.0.0").replace("version: 2.0.0\n", ""), False),
        (BASE, True),
        (BASE.replace("title: Organ, ", ""), False),
        (BASE.replace(", to: senior", ""), False),
        (BASE.replace("    kind_of: finding\n", ""), False),
    ):
        root = parse(text).root
        assert root is not None
        assert schema.is_valid(as_json(root)) == is_sound, text


def test_what_asks_for_less_is_told_before_more_warnings_than_are_told(folder: Path) -> None:
    sets = "".join(f"  set-{n}: {{q: {{title: Q, choose_one: {{a: A, b: B}}}}}}\n" for n in range(MOST + 1))
    own = f"attribute_sets:\n{sets}classes: {{lesion: {{count: {{max: 6}}}}}}\n"
    assert [code for code, _ in site(own, folder)] == ["loosens"]


TAKEN = "without: {classes: {lesion: {draw: brush}}, vocabularies: {margin: [spikes]}, images: {modality: MR}}\n"
MORE = BASE.replace("kind_of: finding", "kind_of: finding\n    draw: [polygon, brush]").replace(
    "spiculated: Spiculated}", "spiculated: Spiculated, spikes: Spikes}"
)


def test_options_tools_and_words_of_lists_are_taken_away_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(MORE)
    here = load(HEAD.format(base="./base.yaml") + TAKEN, folder=tmp_path)
    assert here.classes["lesion"].draw == ("polygon",)
    assert [*here.attributes["margin"].options] == ["smooth", "spiculated"]
    assert here.images.modality == ("CT",)
    assert here.narrowed is not None
    assert [(one.where, one.there, one.here) for one in here.narrowed.changes] == [
        ("classes: lesion: draw", "brush", "taken away"),
        ("vocabularies: margin", "spikes", "taken away"),
        ("images: modality", "MR", "taken away"),
    ]


@pytest.mark.parametrize(
    ("without", "code", "said"),
    [
        ("{classes: {lesion: {draw: brussh}}}", "not-in-base", "`brussh` is not there"),
        ("{classes: {leison: {draw: brush}}}", "not-in-base", "`leison` is not there"),
        ("{classes: {lesion: {draw: [polygon, brush]}}}", "not-in-base", "nothing would be left of `draw`"),
        ("{attributes: {margin: {choose_one: {smooth: title}}}}", "not-in-base", "`smooth` is not there"),
        ("{classes: {lesion: count}}", "loosens", "`count`"),
        ("{attributes: size}", "loosens", "`size` is not there any more"),
    ],
)
def test_what_cannot_be_taken_away_is_told(without: str, code: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(MORE)
    found = site(f"without: {without}\n", tmp_path)
    assert [one for one, message in found if one == code and said in message], found
