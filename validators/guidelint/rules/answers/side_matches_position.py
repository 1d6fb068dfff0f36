"""The rule ``side-matches-position``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.places import centre_of
from guidelint.annotation.region import option
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.landmarks.landmark import landmark
from guidelint.validation.question import OptionsRule, OwnOption
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.amount import ExceptionShare
from guidelint.validation.rule.parameters.bound import Upper
from guidelint.validation.rule.parameters.naming import ONE_CHOSEN, LandmarkName, OptionOf, QuestionOf, SaysSide, Side
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.titles import ClassTitles
from guidelint.validation.rule.wording import both, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.question import Asked
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply

_OTHER: dict[Side, Side] = {"left": "right", "right": "left"}
_GIVEN = {"attribute": "side", "left": ["l"], "right": ["r"], "classes": ["lesion"]}
_ON_LEFT = Drawn(text="..##......", answers={"side": "l"})
_SPINE = Drawn(text="..##......", class_name="spine")


class SideMatchesPosition(OptionsRule):
    """The side that is answered for a region agrees with the half of the image on which it lies.

    ## Why
    "Left" of a finding on the patient's right is the slip with the worst consequences, and the easiest to make: on a
    radiograph the patient's right is on the image's left.

    ## How it is measured
    The midline is vertical: through the middle of the image, or through the centre of gravity of the landmark that is
    marked on it. A region lies on the side on which its box is; across the midline it may reach by the tolerance. What
    reaches farther on both sides, or not as far on either, cannot be told. Answers that name neither side are not
    compared.

    ## Source
    A choice of this catalogue; by convention frontal radiographs are shown as if the patient faced the viewer, and
    axial slices as if seen from the feet.
    """

    attribute: Annotated[str, QuestionOf(kinds=ONE_CHOSEN, about="regions"), From("attributes.*", "name")]
    """Key of the question."""
    left: Annotated[tuple[OwnOption, ...], SaysSide("left"), From("attributes.*.says_left", fills_in=True)] = ()
    """Answers that say the patient's left; left out: those that `laterality` of a class names, else the option
    `left`."""
    right: Annotated[
        tuple[Annotated[str, OptionOf(question="attribute", apart_from="left")], ...],
        SaysSide("right"),
        From("attributes.*.says_right", fills_in=True),
    ] = ()
    """Answers that say the patient's right; left out: those that `laterality` of a class names, else the option
    `right`."""
    image_left_shows: Side = "right"
    """Side of the patient that the left half of the image shows: right where the patient faces the viewer."""
    landmark: LandmarkName | None = None
    """Class of the landmark through whose centre the midline runs; left out: through the middle of the image."""
    tolerance_width_fraction: Annotated[ExceptionShare, Upper("reach across the midline")] = 0.02
    """How far a region may reach across the midline, as a fraction of the width of the image."""
    class_titles: ClassTitles = {}
    """The classes as annotators see them: class → title."""

    says = {
        "other-side": Says(
            "{question} is answered {answer}, and it lies on the {half} of the image, which shows the patient's {side}",
            "Correct the answer, or move the region to where the finding is.",
            "Have the answer or the region corrected.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        question = self.asked_about(names, "every")
        return f"{question} is the side of the patient on which it lies: {self._shown_where(names)}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"{self.asked_about(names)} is not the side on which it lies ({self._shown_where(names)})"

    def _shown_where(self, names: Names) -> str:
        sides = " and ".join(
            f"{names.answers(self.attribute, options)} on the {half} of the image"
            for half, options in (
                (_OTHER[self.image_left_shows], self.right),
                (self.image_left_shows, self.left),
            )
        )
        middle = f"the centre of {names.class_(self.landmark)}" if self.landmark else "the middle of the image"
        reach = percent(self.tolerance_width_fraction)
        return f"{sides}, parted at {middle}, across which it may reach by {reach} of the width of the image"

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Compare each answer that names a side with the half of the image."""
        for one, said in self.answered(submission):
            side = self._side(tuple(map(option, said)))
            if one.regions and side is not None:
                try:
                    yield from self._compare(one, side, submission)
                except NotMeasurable as error:
                    yield CannotTell(str(error), one.regions)

    def _compare(self, one: Asked, side: Side, submission: Submission) -> Iterator[Reply]:
        half = self._half(one.regions[0], submission)
        shown: Side = self.image_left_shows if half == "left" else _OTHER[self.image_left_shows]
        if shown != side:
            answer = both(map(self.shown, one.said(self.attribute)))
            yield self.departs(
                "other-side", *one.regions, question=self.question_to(one), answer=answer, half=half, side=shown
            )

    def _side(self, answers: tuple[str, ...]) -> Side | None:
        """Tell which side is answered; None: neither, or both."""
        is_left, is_right = not {*self.left}.isdisjoint(answers), not {*self.right}.isdisjoint(answers)
        if is_left == is_right:
            return None
        return "left" if is_left else "right"

    def _half(self, region: Region, submission: Submission) -> Side:
        """Tell on which half of the image a region lies. Raises NotMeasurable where it lies on neither."""
        _, columns = region.image_shape
        if not columns:
            raise NotMeasurable("the size of the image is not stated")
        left, _, right, _ = region.extent
        middle, tolerance_px = self._middle_px(region, submission), self.tolerance_width_fraction * columns
        reaches_left, reaches_right = left < middle - tolerance_px, right > middle + tolerance_px
        if reaches_left == reaches_right:
            raise NotMeasurable("it lies across the midline" if reaches_left else "it lies on the midline")
        return "left" if reaches_left else "right"

    def _middle_px(self, region: Region, submission: Submission) -> float:
        if self.landmark is None:
            return region.image_shape[1] / 2
        return centre_of(landmark(submission, region.image_index, self.landmark, self.class_titles))[0]

    cases = (
        Case(
            "the patient's right on the image's left",
            {**_GIVEN, "titles": {"l": "Left"}},
            _ON_LEFT,
            finds="side is answered Left, and it lies on the left of the image, which shows the patient's right",
        ),
        Case("the side that the half shows", _GIVEN, replace(_ON_LEFT, answers={"side": "r"})),
        Case("on the other half", _GIVEN, Drawn(text="......##..", answers={"side": "l"})),
        Case(
            "the wrong side on the other half",
            _GIVEN,
            Drawn(text="......##..", answers={"side": "r"}),
            finds="it lies on the right of the image, which shows the patient's left",
        ),
        Case("an image that is not turned about", {**_GIVEN, "image_left_shows": "left"}, _ON_LEFT),
        Case(
            "the wrong side of an image that is not turned about",
            {**_GIVEN, "image_left_shows": "left"},
            replace(_ON_LEFT, answers={"side": "r"}),
            finds="it lies on the left of the image, which shows the patient's left",
        ),
        Case(
            "as far across the midline as is allowed",
            {**_GIVEN, "tolerance_width_fraction": 0.1},
            (
                Drawn(text="..####....", answers={"side": "r"}),
                Drawn(text="....####..", answers={"side": "l"}),
            ),
        ),
        Case(
            "farther across the midline than is allowed",
            {**_GIVEN, "tolerance_width_fraction": 0.09},
            Drawn(text="..####....", answers={"side": "r"}),
            cannot="it lies across the midline",
        ),
        Case(
            "on the midline",
            {**_GIVEN, "tolerance_width_fraction": 0.1},
            Drawn(text="....##....", answers={"side": "r"}),
            cannot="it lies on the midline",
        ),
        Case(
            "by a landmark",
            {**_GIVEN, "landmark": "spine"},
            (_SPINE, Drawn(text="....#.....", answers={"side": "l"})),
        ),
        Case(
            "before a landmark on the other half",
            {**_GIVEN, "landmark": "spine"},
            (Drawn(text="......##..", class_name="spine"), Drawn(text=".....#....", answers={"side": "r"})),
        ),
        Case(
            "on the other side of a landmark",
            {**_GIVEN, "landmark": "spine"},
            (_SPINE, Drawn(text="....#.....", answers={"side": "r"})),
            finds="it lies on the right of the image",
        ),
        Case(
            "no landmark",
            {**_GIVEN, "landmark": "spine", "class_titles": {"spine": "Spine"}},
            _ON_LEFT,
            cannot="no Spine is marked",
        ),
        Case("neither side", _GIVEN, replace(_ON_LEFT, answers={"side": "unclear"})),
        Case("both sides", _GIVEN, replace(_ON_LEFT, answers={"side": ("l", "r")})),
        Case("not answered", _GIVEN, replace(_ON_LEFT, answers={})),
        Case("of another class", {**_GIVEN, "classes": ["node"]}, _ON_LEFT),
        Case(
            "the size of the image is not stated",
            _GIVEN,
            replace(_ON_LEFT, image_shape=(0, 0)),
            cannot="the size of the image is not stated",
        ),
    )
