"""The second reading: every region and every submission measured, by the rules' own measures."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations, permutations
from typing import TYPE_CHECKING, get_args

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.region import option
from guidelint.annotation.tool import ENCLOSING, TOOLS, Tool
from guidelint.checking.observed.facts import ClassSeen, Observed, QuestionSeen, RegionFact, SubmissionFact
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.rules.catalogue import catalogue
from guidelint.validation.rule.reply import Departure
from guidelint.validation.rule.size import MM, PX, longest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from guidelint.annotation.region import Answer, Region
    from guidelint.annotation.submission import Submission
    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.validation.rule.rule import Rule
    from guidelint.validation.rule.size import Unit


@dataclass(slots=True)
class Measuring:
    """Measures submission after submission under names that were seen before."""

    vocabulary: Vocabulary
    regions: list[RegionFact] = field(default_factory=list[RegionFact])
    submissions: list[SubmissionFact] = field(default_factory=list[SubmissionFact])
    unread: int = 0
    _values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _of_regions: Counter[str] = field(default_factory=Counter[str])
    _of_images: Counter[str] = field(default_factory=Counter[str])
    _named: Counter[str] = field(default_factory=Counter[str])

    def add(self, submission: Submission | PayloadError) -> None:
        """Measure one; what was skipped says nothing."""
        if isinstance(submission, PayloadError):
            self.unread += 1
            return
        if submission.skipped:
            return
        image = submission.image
        group = image.series_uid or image.patient or submission.task
        place = f"task {submission.task}, annotation {submission.annotation}"
        known = tuple(region for region in submission.regions if region.class_name)
        counts = Counter(str(region.class_name) for region in known)
        areas = self._areas
        inside = _inside(submission, counts, areas)
        for region in known:
            self._note(region)
            self.regions.append(self._fact(region, submission, group, place, inside))
        self._note_answers(submission.answers, self._of_images)
        self.submissions.append(
            SubmissionFact(
                place=place,
                group=group,
                counts=dict(counts),
                answered=frozenset(name for name, answer in submission.answers.items() if answer.said),
                apart=_apart(submission, counts, areas),
            )
        )

    def observed(self) -> Observed:
        """Give everything that was measured."""
        drawn = Counter(region.class_key for region in self.regions)
        return Observed(
            classes={
                key: ClassSeen(entry.title, entry.tools, 2 * self._named[key] > drawn[key])
                for key, entry in self.vocabulary.classes.items()
            },
            questions={
                key: QuestionSeen(
                    entry.controls[0],
                    entry.title,
                    entry.kind,
                    self._of_regions[key] >= self._of_images[key],
                    tuple(sorted(self._values[key])),
                )
                for key, entry in self.vocabulary.attributes.items()
            },
            controls=_controls(self.vocabulary),
            regions=tuple(self.regions),
            submissions=tuple(self.submissions),
            unread=self.unread,
        )

    @property
    def _areas(self) -> frozenset[str]:
        """Classes that are drawn with an area."""
        entries = self.vocabulary.classes.items()
        return frozenset(key for key, entry in entries if not ENCLOSING.isdisjoint(entry.tools))

    def _note(self, region: Region) -> None:
        self._named[str(region.class_name)] += bool(region.object_name)
        self._note_answers(region.answers, self._of_regions)

    def _note_answers(self, answers: Mapping[str, Answer], counted: Counter[str]) -> None:
        for name, answer in answers.items():
            counted[name] += 1
            self._values[name].update(map(option, answer.said))

    def _fact(
        self,
        region: Region,
        submission: Submission,
        group: str,
        place: str,
        inside: Mapping[int, Mapping[str, bool | None]],
    ) -> RegionFact:
        mark = f"{place}, region {region.number}"
        thing = f"{group} {submission.annotator} {region.object_name}" if region.object_name else mark
        return RegionFact(
            place=mark,
            group=group,
            class_key=str(region.class_name),
            tool=region.shape.tool,
            thing=thing,
            longest_mm=_longest(region, MM) if region.spacing is not None else None,
            longest_px=_longest(region, PX),
            answered=frozenset(name for name, answer in region.answers.items() if answer.said),
            inside=inside.get(region.number, {}),
        )


def _controls(vocabulary: Vocabulary) -> dict[str, Tool]:
    """Give the names of drawing controls that are not those of the tools themselves."""
    found: dict[str, Tool] = {}
    tools: tuple[Tool, ...] = get_args(Tool)
    for tool in tools:
        found.update({name: tool for name in vocabulary.geometry_controls.get(tool, ()) if name not in TOOLS})
    return found


def _longest(region: Region, unit: Unit) -> float | None:
    if region.tool not in ENCLOSING:
        return None
    try:
        return longest(region, unit)
    except NotMeasurable:
        return None


def _inside(
    submission: Submission, counts: Mapping[str, int], areas: AbstractSet[str]
) -> Mapping[int, Mapping[str, bool | None]]:
    """Ask of every region of a class whether it lies inside those of another, as the rule ``inside`` does."""
    found: dict[int, dict[str, bool | None]] = defaultdict(dict)
    rule = catalogue()["inside"]
    for child, parent in permutations(counts, 2):
        if parent in areas:
            outside, untold = _replies(rule.model_validate({"child": child, "parent": parent}), submission)
            for region in submission.of_class(child):
                found[region.number][parent] = None if region.number in untold else region.number not in outside
    return found


def _apart(
    submission: Submission, counts: Mapping[str, int], areas: AbstractSet[str]
) -> Mapping[tuple[str, str], bool]:
    """Ask of two classes whether no regions of theirs overlap, as the rule ``separate`` does."""
    found: dict[tuple[str, str], bool] = {}
    rule = catalogue()["separate"]
    for pair in combinations(sorted(counts.keys() & areas), 2):
        overlapping, untold = _replies(rule.model_validate({"pairs": (pair,)}), submission)
        if not untold:
            found[pair] = not overlapping
    return found


def _replies(rule: Rule, submission: Submission) -> tuple[set[int], set[int]]:
    """Give the numbers of the regions that depart, and of those of which it cannot be told."""
    departs: set[int] = set()
    untold: set[int] = set()
    for ask, _ in rule.questions(submission, submission.regions):
        try:
            for reply in ask():
                (departs if isinstance(reply, Departure) else untold).update(one.number for one in reply.regions[:1])
        except NotMeasurable:
            untold.update(region.number for region in submission.regions)
    return departs, untold
