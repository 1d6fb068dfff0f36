"""Changes of rules that no case can notice, each with the reason: nothing changes, or a case cannot draw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

DUST = "It takes away the dust of binary fractions; no answer is so fine."
ONE_SPACING = "Regions of one image have the spacing of that image."
AT_ONE_TIME = "Examples ask, which are of one time point; their tests do."
ONE_VALUE = "One value is measured, the first and the last."
AUTHORS = "What an author may write is shown by test_geometry_by_size, before anything is judged."
FARTHER = "The ends of a band farther off are never nearer."
BOTH_OR_NEITHER = "A case knows rows and columns of its image, or neither."
READ_FOR_NOTHING = "Groups of one are judged as well then: nothing is found in them, it only takes longer."
COMPARED = "How many readers it compares is shown by the lint too-few-readers, before anything is judged."
NOT_OF_EXAMPLES = "Cases ask of who did the work, and examples do not; test_exam in tests/cli runs those."
LEFT_IN = "What the hint leaves in, the check finds nothing of: it only takes longer."
BOTH_REGIONS = "Cases show the first region of a finding; test_no_slice_gap asks for both."

EQUIVALENT: Final[Mapping[str, Mapping[str, str]]] = {
    "answer-agreement": {
        "_drawn_by_one: answered.regions[0] → answered.regions[-1]": "Regions of one object are of one class.",
        "compares_at_least: return 2 → return 1": READ_FOR_NOTHING,
        "AnswerAgreement: compares_readers = 2 → compares_readers = 1": COMPARED,
        "AnswerAgreement: compares_readers = 2 → compares_readers = 3": COMPARED,
        "AnswerAgreement: compares_readers = 2 → compares_readers = 4": COMPARED,
    },
    "attribute-in-range": {
        "_nearest: round(start + below * step, 9) → round(start + below * step, 10)": DUST,
        "_nearest: round(start + below * step, 9) → round(start + below * step, 8)": DUST,
        "_nearest: round(start + below * step, 9) → round(start + below * step, 18)": DUST,
        "_nearest: round(start + (below + 1) * step, 9) → round(start + (below + 1) * step, 10)": DUST,
        "_nearest: round(start + (below + 1) * step, 9) → round(start + (below + 1) * step, 8)": DUST,
        "_on_step: 1e-06 * step → 2e-06 * step": DUST,
    },
    "choose-one": {"check: not said[1:] → not said[0:]": "One answer is one, however often it is counted."},
    "class-balance": {
        "ShareLimits: ConfigDict(frozen=True, extra='forbid', strict=True) → frozen=False": "Nothing changes limits.",
        "ShareLimits: ConfigDict(frozen=True, extra='forbid', strict=True) → strict=False": AUTHORS,
    },
    "copied-work": {
        "_copied: all((one.value.telling for one in same)) → any((one.value.telling for one in same))": (
            "What is the same has as many vertices and as many pixels."
        ),
        "compares_at_least: return 2 → return 1": READ_FOR_NOTHING,
    },
    "count-limits": {
        "_on_image: those[0].limit → those[-1].limit": "What is broken in one way breaks one limit.",
        "_over: it.answer or '' → it.answer and ''": "A case shows no id of a finding; test_count_limits asks for it.",
        "_over: it.kind == 'too-few' → it.kind != 'too-few'": "A case shows no members; test_count_limits counts them.",
    },
    "double-work": {"compares_at_least: return 2 → return 1": READ_FOR_NOTHING},
    "geometry-by-size": {
        "SizeBand: ConfigDict(frozen=True, extra='forbid', strict=True) → frozen=False": "Nothing changes a band.",
        "SizeBand: ConfigDict(frozen=True, extra='forbid', strict=True) → strict=False": AUTHORS,
        "_bands_follow_one_another: last or not all(bounded) → last and (not all(bounded))": AUTHORS,
        "_bands_follow_one_another: all(bounded) → any(bounded)": AUTHORS,
        "_bands_follow_one_another: len({unit for ends in bounded for unit in ends}) > 1 "
        "→ len({unit for ends in bounded for unit in ends}) > 2": AUTHORS,
        "check_slice: self._index(values[0]) → self._index(values[-1])": ONE_VALUE,
        "check_slice: self._evidence(index, region.called, values[0]) "
        "→ self._evidence(index, region.called, values[-1])": ONE_VALUE,
        "check_object: one.values[0] → one.values[-1]": ONE_VALUE,
        "_nearest_end: max(index - 1, 0) → max(index - 2, 0)": FARTHER,
        "_nearest_end: max(index - 1, 0):index + 1 → max(index - 1, 0):index + 2": FARTHER,
    },
    "covered-by-parts": {
        "check: zip(wholes, parts, strict=True) → strict=False": "Both have a part for every image.",
        "_open: whole[0].spacing → whole[-1].spacing": ONE_SPACING,
        "_open: whole[0].known_spacing → whole[-1].known_spacing": ONE_SPACING,
        "_beyond: parts[0].spacing → parts[-1].spacing": ONE_SPACING,
        "_beyond: parts[0].known_spacing → parts[-1].known_spacing": ONE_SPACING,
    },
    "derived-answer": {
        "DerivedAnswer: tells_value=True → tells_value=False": "A case tells no level; its own test does.",
        "filled: one.regions[0] → one.regions[-1]": "Of one region, the first is the last.",
    },
    "derived-course-of-object": {
        "DerivedCourseOfObject: compares_time_points = True → compares_time_points = False": AT_ONE_TIME,
        "_followed: of_absence=True → of_absence=False": "A case hands in all of a patient.",
    },
    "derived-from-time-points": {
        "DerivedFromTimePoints: compares_time_points = True → compares_time_points = False": AT_ONE_TIME,
    },
    "derived-at-time-points": {
        "DerivedAtTimePoints: compares_time_points = True → compares_time_points = False": AT_ONE_TIME,
    },
    "derived-change": {
        "follows_from: zip(points, told, strict=True) → strict=False": ("Both have a part for every time point."),
        "DerivedChange: compares_time_points = True → compares_time_points = False": AT_ONE_TIME,
    },
    "derived-from-all": {
        "tells_number: return not self.titles → return self.titles": "A tab asks; test_told_of_several does.",
    },
    "derived-change-of-object": {
        "DerivedChangeOfObject: compares_time_points = True → compares_time_points = False": AT_ONE_TIME,
        "_followed: of_absence=True → of_absence=False": "A case hands in all of a patient.",
    },
    "derived-of-object": {
        "check_gathered: of_absence=True → of_absence=False": "A case hands in a series; volume-limits tells the same.",
    },
    "inside": {
        "check: zip(submission.by_grid(children), submission.by_grid(parents), strict=True) → strict=False": (
            "Both have a part for every image."
        ),
    },
    "known-label": {
        "suspects: len(region.labels) != 1 → len(region.labels) != 0": LEFT_IN,
        "suspects: region.labels[0] → region.labels[1]": LEFT_IN,
        "suspects: region.labels[0] → region.labels[-1]": "Of one label, the first is the last.",
    },
    "no-slice-gap": {
        "_missing: of_absence=True → of_absence=False": "A case hands in a series; test_no_slice_gap asks for it.",
        "_beside: max((place.along_mm for place in places)) → min((place.along_mm for place in places))": BOTH_REGIONS,
    },
    "overlap-agreement": {
        "compares_at_least: return 2 → return 1": READ_FOR_NOTHING,
        "OverlapAgreement: compares_readers = 2 → compares_readers = 1": COMPARED,
        "OverlapAgreement: compares_readers = 2 → compares_readers = 3": COMPARED,
        "OverlapAgreement: compares_readers = 2 → compares_readers = 4": COMPARED,
    },
    "qualified": {
        "Qualified: of_people = True → of_people = False": NOT_OF_EXAMPLES,
    },
    "side-matches-position": {
        "_compare: one.regions[0] → one.regions[-1]": "Of one region, the first is the last.",
    },
    "size-matches-image": {
        "check: submission.image_of(regions[0]) → submission.image_of(regions[-1])": "They lie on one image.",
        "check: facts.rows or 0 → facts.rows or 1": BOTH_OR_NEITHER,
        "check: facts.rows or 0 → facts.rows or -1": BOTH_OR_NEITHER,
        "check: facts.columns or 0 → facts.columns or 1": BOTH_OR_NEITHER,
        "check: facts.columns or 0 → facts.columns or -1": BOTH_OR_NEITHER,
    },
    "well-formed-shape": {
        "file: Spacing(1.0, 1.0) → Spacing(2.0, 1.0)": "An area of nothing is nothing in every unit.",
        "file: Spacing(1.0, 1.0) → Spacing(1.0, 2.0)": "An area of nothing is nothing in every unit.",
        "_may_enclose_nothing: abs_tol=1e-08 → abs_tol=2e-08": DUST,
    },
    "same-answer-over-time": {
        "SameAnswerOverTime: compares_time_points = True → compares_time_points = False": AT_ONE_TIME,
    },
    "same-objects-over-time": {
        "SameObjectsOverTime: compares_time_points = True → compares_time_points = False": AT_ONE_TIME,
    },
    "volume-limits": {
        "_marked: one.values[0] → one.values[-1]": ONE_VALUE,
        "check_object: one.values[0] → one.values[-1]": ONE_VALUE,
        "check_object: of_absence=True → of_absence=False": (
            "A case hands in a series; test_volume_limits asks for it."
        ),
    },
}
"""By rule, the names of its changes as the test tells them."""
