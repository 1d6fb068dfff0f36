"""The rule ``required-attribute``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.asked_when import WhenNumber, Where, all_hold, where_told
from guidelint.validation.question import Asked, QuestionRule
from guidelint.validation.rule.beside import UnlessEmpty
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.naming import When
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.says import Says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure, Reply


class RequiredAttribute(QuestionRule):
    """A question that must be answered is answered.

    ## Why
    A missing rating cannot be told from a forgotten one, and the region drops out of every table. The required mark of
    the editor is not enough: a script, an import and the button Skip pass it by.

    ## How it is measured
    Every region of the classes (or the image) has at least one answer that is not blank. In a task of several images,
    an answer given for one image is none for another; one given for the task answers for all. With ``when``, only where
    each of those other questions is answered in one of the given ways, on the region or else on the image; with
    ``when_number``, only where each of those numbers, or steps of a scale, lies within its limits as well; with
    ``where``, only where that condition on the image, on what is marked there, or on the region holds. Where the answer
    is missing and it cannot be told whether it does, the work is not accepted.

    ## Source
    A choice of this catalogue.
    """

    when: Annotated[When, From("attributes.*.required.when")] = {}
    """Other question → answers under which this one is asked; empty: always."""

    when_number: Annotated[WhenNumber, UnlessEmpty(), From("attributes.*.required.when_number")] = {}
    """Other question → limits of its number under which this one is asked; empty: whatever the numbers are."""

    where: Annotated[Where, UnlessEmpty(), From("attributes.*.required.where")] = None
    """Condition on the image, on what is marked there, or on the region; left out: anywhere."""

    follows = "attributes.*.required"
    says = {
        "unanswered": Says(
            "{question} is not answered", "Select the region and answer it.", "Have it answered for this region."
        ),
        "image-unanswered": Says(
            "{question} is not answered for this image", "Answer the question about the whole image."
        ),
        "named-unanswered": Says("{question} is not answered for {image}", "Answer the question about that image."),
        "item-unanswered": Says(
            "{question} is not answered for image {image} of the task", "Turn to that image and answer the question."
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        where = where_told(self.when, self.when_number, names, self.where)
        return f"{self.asked_about(names, 'every')} is answered{where}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        where = where_told(self.when, self.when_number, names, self.where)
        return f"{self.asked_about(names)} is not answered{where}"

    @property
    def rests_on(self) -> frozenset[str]:
        """The question, and those that decide whether it is asked."""
        return frozenset({self.attribute, *self.when, *self.when_number})

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Report everyone who was asked and did not answer."""
        for one in self.asked(submission):
            if self._is_answered(one):
                continue
            try:
                if all_hold(self.when, self.when_number, self.where, one, submission):
                    yield self._unanswered(one)
            except NotMeasurable as error:
                question = self.question_to(one)
                yield CannotTell(f"whether {question} is to be answered cannot be told: {error}", one.regions)

    def _is_answered(self, one: Asked) -> bool:
        for_all = one.item is not None and bool(Asked((), one.around).said(self.attribute))
        return for_all or bool(one.said(self.attribute))

    def _unanswered(self, one: Asked) -> Departure:
        if one.image:
            return self.departs("named-unanswered", question=self.question, image=one.image)
        if one.item is not None:
            return self.departs("item-unanswered", question=self.question, image=one.item + 1)
        return self.departs("unanswered" if one.regions else "image-unanswered", *one.regions, question=self.question)

    cases = (
        Case(
            "answered",
            {"attribute": "margin", "classes": ["lesion"]},
            Drawn(text="#", answers={"margin": "sharp"}),
        ),
        Case(
            "not answered",
            {"attribute": "margin", "title": "Margin", "classes": ["lesion"]},
            Drawn(text="#"),
            finds="Margin is not answered",
        ),
        Case(
            "answered with a blank",
            {"attribute": "margin", "classes": ["lesion"]},
            Drawn(text="#", answers={"margin": "  "}),
            finds="margin is not answered",
        ),
        Case(
            "every region is asked",
            {"attribute": "margin", "classes": ["lesion"]},
            (Drawn(text="#..", answers={"margin": "sharp"}), Drawn(text=".#."), Drawn(text="..#")),
            finds="margin is not answered",
            times=2,
        ),
        Case("another class is not asked", {"attribute": "margin", "classes": ["cyst"]}, "#"),
        Case("the image is asked", {"attribute": "quality"}, "", finds="quality is not answered for this image"),
        Case("the image is answered", {"attribute": "quality"}, "", answers={"quality": 3.0}),
        Case(
            "asked because of another answer",
            {"attribute": "kind", "classes": ["lesion"], "when": {"calcified": ["yes"]}},
            Drawn(text="#", answers={"calcified": "yes"}),
            finds="kind is not answered",
        ),
        Case(
            "not asked because of another answer",
            {"attribute": "kind", "classes": ["lesion"], "when": {"calcified": ["yes"]}},
            Drawn(text="#", answers={"calcified": "no"}),
        ),
        Case(
            "asked because of an answer about the image",
            {"attribute": "kind", "classes": ["lesion"], "when": {"contrast": ["yes"]}},
            Drawn(text="#"),
            finds="kind is not answered",
            answers={"contrast": "yes"},
        ),
        Case(
            "answered for one of two images",
            {"attribute": "quality"},
            (Drawn(text="#", item_index=0), Drawn(text="#", item_index=1)),
            finds="quality is not answered for image 2 of the task",
            item_answers={0: {"quality": "good"}},
        ),
        Case(
            "answered for the task of two images",
            {"attribute": "quality"},
            (Drawn(text="#", item_index=0), Drawn(text="#", item_index=1)),
            answers={"quality": "good"},
        ),
        Case(
            "asked because of an answer about one of two images",
            {"attribute": "kind", "when": {"contrast": ["yes"]}},
            "",
            finds="kind is not answered for image 1 of the task",
            item_answers={0: {"contrast": "yes"}, 1: {"contrast": "no"}},
        ),
        Case(
            "a region asked because of an answer about its image",
            {"attribute": "kind", "classes": ["lesion"], "when": {"contrast": ["yes"]}},
            (Drawn(text="#", item_index=0), Drawn(text="#", item_index=1)),
            finds="kind is not answered",
            item_answers={0: {"contrast": "yes"}, 1: {"contrast": "no"}},
        ),
        Case(
            "one of several answers asks for it",
            {"attribute": "kind", "classes": ["lesion"], "when": {"signs": ["halo"]}},
            Drawn(text="#", answers={"signs": ("halo", "tail")}),
            finds="kind is not answered",
        ),
        Case(
            "an answer about the image is none about a region",
            {"attribute": "margin", "classes": ["lesion"]},
            Drawn(text="#"),
            finds="margin is not answered",
            answers={"margin": "sharp"},
        ),
        Case(
            "asked because of a number at its limit",
            {"attribute": "kind", "classes": ["lesion"], "when_number": {"size": {"at_least": 10}}},
            Drawn(text="#", answers={"size": 10.0}),
            finds="kind is not answered",
        ),
        Case(
            "not asked of a smaller number",
            {"attribute": "kind", "classes": ["lesion"], "when_number": {"size": {"at_least": 10}}},
            Drawn(text="#", answers={"size": 9.9}),
        ),
        Case(
            "not asked while the number is missing, or is none",
            {"attribute": "kind", "classes": ["lesion"], "when_number": {"size": {"at_least": 10}}},
            (Drawn(text="#."), Drawn(text=".#", answers={"size": "large"})),
        ),
        Case(
            "not asked where only one of two conditions holds",
            {"attribute": "kind", "when": {"seen": ["yes"]}, "when_number": {"size": {"above": 10}}},
            "",
            answers={"seen": "no", "size": 12.0},
        ),
        Case(
            "asked because of a number about one of two images",
            {"attribute": "kind", "when_number": {"size": {"above": 10}}},
            "",
            finds="kind is not answered for image 1 of the task",
            item_answers={0: {"size": 12.0}, 1: {"size": 9.0}},
        ),
        Case(
            "asked on images of this modality",
            {"attribute": "contrast", "where": {"image": {"modality": ("CT",)}}},
            "",
            finds="contrast is not answered for this image",
        ),
        Case("not asked on other images", {"attribute": "contrast", "where": {"image": {"modality": ("MR",)}}}, ""),
        Case(
            "asked or not, nobody knows",
            {"attribute": "contrast", "title": "Contrast", "where": {"image": {"view": ("PA",)}}},
            "",
            cannot="whether Contrast is to be answered cannot be told: the view (0018,5101) of the image is not known",
        ),
        Case(
            "answered, so that nobody need know",
            {"attribute": "contrast", "where": {"image": {"view": ("PA",)}}},
            "",
            answers={"contrast": "yes"},
        ),
        Case(
            "asked where nothing is marked",
            {"attribute": "why", "where": {"not": {"marked": ("lesion",)}}},
            Drawn(text="#", class_name="cyst"),
            finds="why is not answered for this image",
        ),
        Case("not asked where something is", {"attribute": "why", "where": {"not": {"marked": ("lesion",)}}}, "#"),
        Case(
            "asked of large regions",
            {"attribute": "margin", "classes": ["lesion"], "where": {"size": {"longest_mm": {"at_least": 3}}}},
            (Drawn(text="###."), Drawn(text="...#")),
            finds="margin is not answered",
        ),
        Case(
            "asked of regions on one of two images",
            {"attribute": "margin", "classes": ["lesion"], "where": {"marked": ("cyst",)}},
            (
                Drawn(text="#", item_index=0),
                Drawn(text="#", item_index=1),
                Drawn(text="#", item_index=1, class_name="cyst"),
            ),
            finds="margin is not answered",
        ),
        Case(
            "asked for one of two named images",
            {"attribute": "motion", "on": ["t1", "flair"], "where": {"image": {"name": ("flair",)}}},
            "",
            finds="motion is not answered for FLAIR",
            of_task={"t1": "T1", "flair": "FLAIR"},
        ),
        Case(
            "asked once for two images of which one is meant",
            {"attribute": "motion", "where": {"image": {"name": ("flair",)}}},
            "",
            cannot="it holds on one image of the task and not on another",
            of_task={"t1": "T1", "flair": "FLAIR"},
        ),
        Case(
            "asked under both, of which one does not hold",
            {"attribute": "kind", "when": {"seen": ["yes"]}, "where": {"image": {"modality": ("CT",)}}},
            "",
            answers={"seen": "no"},
        ),
        Case(
            "answered for one of two named images that are asked",
            {"attribute": "motion", "title": "Motion", "on": ["t1", "flair"]},
            "",
            finds="Motion is not answered for FLAIR",
            item_answers={0: {"motion": "no"}},
            of_task={"t1": "T1", "flair": "FLAIR"},
        ),
        Case(
            "asked of one of two named images, and answered there",
            {"attribute": "motion", "on": ["flair"]},
            "",
            item_answers={1: {"motion": "no"}},
            of_task={"t1": "T1", "flair": "FLAIR"},
        ),
        Case(
            "regions of one of two named images are asked",
            {"attribute": "margin", "title": "Margin", "classes": ["lesion"], "on": ["flair"]},
            (Drawn(text="#", item_index=0), Drawn(text="#", item_index=1)),
            finds="Margin is not answered",
            of_task={"t1": "T1", "flair": "FLAIR"},
        ),
    )
