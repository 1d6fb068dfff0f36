"""The rule ``answer-requires``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.implied import ImpliedRule
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import both, either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.question import Asked
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class AnswerRequires(ImpliedRule):
    """What an answer requires is answered and marked with it.

    ## Why
    An answer often says more than itself: "extends beyond the capsule" cannot stand beside a smooth margin, and
    "pneumothorax" without a mark of it is of no use to whoever trains on the marks.

    ## How it is measured
    Wherever the question is answered in one of the ways under ``values``, each question under ``answers`` must be
    answered in one of the ways named there, and a region of one of the classes under ``marked`` must be there. Of a
    region, other questions are looked up at the region, its image and its task; of an image, at the image, its task and
    the regions on it. A mark counts that lies on the same image; the region that is asked is none for itself.

    ## Source
    A choice of this catalogue.
    """

    says = {
        "not-answered": Says(
            "{question} is answered {shown}, and {other} is not answered, where {wanted} is asked for",
            "Answer it, or change the first answer.",
            "Have it answered, or the first answer changed.",
        ),
        "otherwise": Says(
            "{question} is answered {shown}, and {other} {found}, where {wanted} is asked for",
            "Change one of the two answers.",
            "Have one of the two answers changed.",
        ),
        "not-marked": Says(
            "{question} is answered {shown}, and no {wanted} is marked",
            "Mark it, or change the answer.",
            "Have it marked, or the answer changed.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        some = (f"at least one {names.kinds(self.marked)} is marked",) if self.marked else ()
        return f"Where {self.told_where(names)}, {both((*self.told_answers(names), *some))}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        not_so = (f"not {words}" for words in self.told_answers(names))
        none = (f"no {names.kinds(self.marked)} is marked",) if self.marked else ()
        return f"{self.told_where(names)} and {either((*not_so, *none))}"

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Look for what each answer requires."""
        for one, shown in self.given(submission):
            for other in self.answers:
                yield from self._not_answered(one, submission, shown, other)
            if self.marked and not self.marked_there(one, submission):
                yield self.departs(
                    "not-marked", *one.regions, question=self.question_to(one), shown=shown, wanted=self.any_class()
                )

    def _not_answered(self, one: Asked, submission: Submission, shown: str, other: str) -> Iterator[Departure]:
        said = self.said_there(one, submission, other)
        if not {*said} & {*self.answers[other]}:
            yield self.departs(
                "otherwise" if said else "not-answered",
                *one.regions,
                about=other,
                question=self.question_to(one),
                shown=shown,
                other=self.called.question(other),
                found=both(self.called.option(other, answer) for answer in said),
                wanted=self.any_of(other),
            )

    cases = (
        Case(
            "answered as required",
            {"attribute": "margin", "classes": ["lesion"], "values": ["extension"], "answers": {"capsule": ["no"]}},
            Drawn(text="#", answers={"margin": "extension", "capsule": "no"}),
        ),
        Case(
            "answered otherwise",
            {
                "attribute": "margin",
                "title": "Margin",
                "classes": ["lesion"],
                "values": ["extension"],
                "titles": {"extension": "Extension"},
                "answers": {"capsule": ["breached", "gone"]},
                "question_titles": {"capsule": "Capsule"},
                "option_titles": {"capsule": {"breached": "Breached", "intact": "Intact"}},
            },
            Drawn(text="#", answers={"margin": "extension", "capsule": "intact"}),
            finds="Margin is answered Extension, and Capsule Intact, where Breached or gone is asked for",
        ),
        Case(
            "not answered at all",
            {"attribute": "margin", "classes": ["lesion"], "values": ["extension"], "answers": {"capsule": ["no"]}},
            Drawn(text="#", answers={"margin": "extension"}),
            finds="capsule is not answered, where no is asked for",
        ),
        Case(
            "another answer requires nothing",
            {"attribute": "margin", "classes": ["lesion"], "values": ["extension"], "answers": {"capsule": ["no"]}},
            Drawn(text="#", answers={"margin": "smooth", "capsule": "intact"}),
        ),
        Case(
            "answered about the image of the region",
            {"attribute": "margin", "classes": ["lesion"], "values": ["halo"], "answers": {"contrast": ["yes"]}},
            Drawn(text="#", answers={"margin": "halo"}),
            answers={"contrast": "yes"},
        ),
        Case(
            "answered for another region is not enough",
            {"attribute": "margin", "classes": ["lesion"], "values": ["halo"], "answers": {"rim": ["yes"]}},
            (Drawn(text="#.", answers={"margin": "halo"}), Drawn(text=".#", answers={"rim": "yes"})),
            finds="rim is not answered",
        ),
        Case(
            "answered for a region, where the image asks for it",
            {"attribute": "grade", "values": ["3"], "answers": {"rim": ["yes"]}},
            Drawn(text="#", answers={"rim": "yes"}),
            answers={"grade": 3.0},
        ),
        Case(
            "marked as required",
            {"attribute": "finding", "values": ["pneumothorax"], "marked": ["lesion"]},
            "#",
            answers={"finding": ("normal", "pneumothorax")},
        ),
        Case(
            "not marked",
            {
                "attribute": "finding",
                "values": ["pneumothorax"],
                "marked": ["air", "tube"],
                "class_titles": {"air": "Pneumothorax"},
            },
            "#",
            finds="finding is answered pneumothorax, and no Pneumothorax or tube is marked",
            answers={"finding": "pneumothorax"},
        ),
        Case(
            "marked on another image",
            {"attribute": "finding", "values": ["pneumothorax"], "marked": ["lesion"]},
            (Drawn(text="#", class_name="other", item_index=0), Drawn(text="#", item_index=1)),
            finds="finding of image 1 is answered pneumothorax, and no lesion is marked",
            item_answers={0: {"finding": "pneumothorax"}, 1: {"finding": "pneumothorax"}},
        ),
        Case(
            "a region on another image is none beside this one",
            {"attribute": "satellite", "classes": ["lesion"], "values": ["yes"], "marked": ["node"]},
            (
                Drawn(text="#", item_index=0, answers={"satellite": "yes"}),
                Drawn(text="#", item_index=1, class_name="node"),
            ),
            finds="no node is marked",
        ),
        Case(
            "a region is none beside itself",
            {"attribute": "satellite", "classes": ["lesion"], "values": ["yes"], "marked": ["lesion"]},
            Drawn(text="#", answers={"satellite": "yes"}),
            finds="no lesion is marked",
        ),
        Case(
            "one of several beside another",
            {"attribute": "satellite", "classes": ["lesion"], "values": ["yes"], "marked": ["lesion"]},
            (Drawn(text="#.", answers={"satellite": "yes"}), Drawn(text=".#")),
        ),
    )
