"""What a critical colleague asks for, and where he is silent."""

from __future__ import annotations

import pytest
from tests.language.mistakes import problems

from guidelint.language.library import find_loaded
from guidelint.language.reference.problem_explanations import with_part


def notes(part: str, code: str) -> list[str]:
    return [problem.message for problem in problems(with_part(part), notes=True) if problem.code == code]


def lesion(definition: str) -> str:
    return f"classes:\n  lesion:\n    title: Lesion\n    draw: keypoint\n    definition: {definition}\n"


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        ("Clearly darker than the liver, etc.", ["“clearly” and “etc.” may mean something else to every reader"]),
        ("A spot of significant size.", ["“significant” may mean something else to every reader"]),
        (
            "Ein deutlich dunklerer Fleck, ggf. mit Saum.",
            ["“deutlich” and “ggf.” may mean something else to every reader"],
        ),
        ("Clearly darker, by 20 HU or more.", []),
        ("Seen on two images that follow each other, usually round.", []),
        ("An insignificant spot whose typicality is unclear.", []),
    ],
)
def test_a_vague_word_is_told_where_no_number_stands_beside_it(definition: str, said: list[str]) -> None:
    assert notes(lesion(definition), "vague-word") == said


def test_words_of_what_counts_and_of_options_are_read_too() -> None:
    part = "classes:\n  lesion: {title: Lesion, definition: A spot., draw: keypoint, excludes: [obviously cysts]}\n"
    asked = "attributes:\n  a: {title: A, of: lesion, choose_one: {b: B, c: {title: C, definition: Roughly round.}}}\n"
    assert len(notes(part + asked, "vague-word")) == 2


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        ("A spot with GGO beside the LAD and another GGO.", ["GGO", "LAD"]),
        ("A spot with GGO (ground-glass opacity).", []),
        ("A spot of grade III on CT, 20 HU darker, in the DICOM file.", []),
    ],
)
def test_an_abbreviation_is_told_once_unless_it_is_spelled_out(definition: str, said: list[str]) -> None:
    found = notes(lesion(definition), "undefined-term")
    assert found == [f"`{word}` is used, and nothing says what it stands for" for word in said]


BASELINE = "rules: {none: {rule: count-limits, max: 0, when: {image: {time_point: basline}}}}\n"


def test_a_time_point_is_told_where_nothing_lists_those_there_are() -> None:
    one = "`basline` is a time point that conditions ask for, and nothing lists those there are"
    assert notes(BASELINE, "time-points-not-listed") == [f"{one}: a typo would never be noticed"]
    several = BASELINE.replace("basline", "[baseline, week 8]")
    (found,) = (
        problem for problem in problems(with_part(several), notes=True) if problem.code == "time-points-not-listed"
    )
    assert found.help == "List them all: `images: {time_points: [baseline, week 8, …]}`."
    assert notes("images: {time_points: [basline]}\n" + BASELINE, "time-points-not-listed") == []


def test_the_title_of_a_class_says_what_it_stands_for() -> None:
    ggo = "  ggo: {title: GGO, definition: Hazy., draw: keypoint, aliases: [GGN]}\n"
    assert notes(lesion("No GGO and no GGN.") + ggo, "undefined-term") == []


def test_a_picture_in_the_instructions_is_enough_for_long_prose() -> None:
    long = "instructions: |\n  " + "Mark every lesion that you see. " * 80
    assert notes(long + "\n", "prose-without-picture") == ["480 words, and no picture"]
    shown = f"picture_hosts: docs.example.org\n{long}![a lesion](https://docs.example.org/lesion.png)\n"
    assert notes(shown, "prose-without-picture") == []


def test_a_box_needs_no_convention_for_its_border() -> None:
    classes = "classes:\n  lesion: {{title: Lesion, definition: A spot., draw: {}}}\n"
    assert notes(classes.format("rectangle"), "border-not-said") == []
    assert len(notes(classes.format("[rectangle, brush]"), "border-not-said")) == 1


def test_the_lowest_steps_of_a_scale_of_confidence_are_a_way_for_doubt() -> None:
    scale = "attributes:\n  sure: {title: Sure, of: lesion, scale: {1: Low, 2: Middle, 3: High}, higher_means: surer}\n"
    criterion = "{uncertain-escalates: {attribute: sure, at_most: 1}, to: senior}"
    escalation = f"escalation:\n  routes: {{senior: {{who: Senior}}}}\n  when: {{unsure: {criterion}}}\n"
    assert notes(scale, "no-way-for-doubt") == [
        "no answer says that somebody is not sure, and no case says whom to ask"
    ]
    assert notes(scale + escalation, "no-way-for-doubt") == []


def test_of_the_library_only_what_its_protocols_leave_open_is_asked_for() -> None:
    asked = {"no-agreement-target", "no-edge-case", "class-without-code", "no-way-for-doubt", "no-example"}
    for name in ("lung-nodule-ct@1.0.0", "blood-cells@1.0.0"):
        assert {problem.code for problem in find_loaded(name, notes=True).warnings.problems} <= asked


def test_what_many_classes_lack_is_told_once() -> None:
    classes = [f"  c{at}: {{title: Kind {at}, definition: A spot of kind {at}., draw: rectangle}}\n" for at in range(7)]
    assert len(notes("classes:\n" + "".join(classes[:3]), "class-without-code")) == 3
    assert notes("classes:\n" + "".join(classes), "class-without-code") == [
        "7 classes, `c0`, `c1`, `c2`, `c3`, `c4` and 2 more: each has no code of a terminology"
    ]


def test_agreement_on_answers_is_a_target_and_whom_to_ask_a_way_for_doubt() -> None:
    asked = "attributes:\n  kind: {title: Kind, of: lesion, choose_one: {cyst: Cyst, solid: Solid}}\n"
    readers = "readers: {answers: {kind: {min_kappa: 0.6}}, rules: {enough-readers: {min: 2}}}\n"
    routes = "escalation: {routes: {senior: {who: Senior reader}}}\n"
    case = "edge_cases:\n  at-the-vessel: {title: Lesion at a vessel, do: Leave the vessel out., ask: senior}\n"
    assert notes(asked + readers, "no-agreement-target") == []
    assert notes(asked + routes + case, "no-way-for-doubt") == []
    assert notes(asked + routes + case, "no-edge-case") == ["`at-the-vessel` has no picture"]
