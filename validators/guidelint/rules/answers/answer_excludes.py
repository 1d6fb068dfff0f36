"""The rule ``answer-excludes``."""

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


class AnswerExcludes(ImpliedRule):
    """What an answer excludes is neither answered nor marked with it.

    ## Why
    "Purely cystic" beside "very hypoechoic", or "normal" beside a marked mass: one of the two is wrong, and which one
    only the annotator knows.

    ## How it is measured
    Wherever the question is answered in one of the ways under ``values``, no question under ``answers`` may be answered
    in one of the ways named there, and no region of the classes under ``marked`` may be there. Of a region, other
    questions are looked up at the region, its image and its task; of an image, at the image, its task and the regions
    on it. A mark counts that lies on the same image; the region that is asked is none for itself.

    ## Source
    A choice of this catalogue.
    """

    says = {
        "answered": Says(
            "{question} is answered {shown}, and {other} {found}, which it excludes",
            "Change one of the two answers.",
            "Have one of the two answers changed.",
        ),
        "marked": Says(
            "{question} is answered {shown}, and {found} is marked, which it excludes",
            "Change the answer, or remove what is marked.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        none = (f"no {names.kinds(self.marked)} is marked",) if self.marked else ()
        return f"Where {self.told_where(names)}, {both((*self._not_so(names), *none))}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        so = (names.conditions({other: options}) for other, options in self.answers.items())
        some = (f"any {names.kinds(self.marked)} is marked",) if self.marked else ()
        return f"{self.told_where(names)} and {either((*so, *some))}"

    def _not_so(self, names: Names) -> Iterator[str]:
        for other, options in self.answers.items():
            yield f"{names.question(other)} is not {names.answers(other, options)}"

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Look for what each answer excludes."""
        for one, shown in self.given(submission):
            for other in self.answers:
                yield from self._answered(one, submission, shown, other)
            if marks := self.marked_there(one, submission):
                yield self.departs(
                    "marked",
                    *one.regions,
                    *marks,
                    question=self.question_to(one),
                    shown=shown,
                    found=self.any_class(),
                )

    def _answered(self, one: Asked, submission: Submission, shown: str, other: str) -> Iterator[Departure]:
        said = self.said_there(one, submission, other)
        if excluded := tuple(answer for answer in dict.fromkeys(said) if answer in self.answers[other]):
            yield self.departs(
                "answered",
                *one.regions,
                about=other,
                question=self.question_to(one),
                shown=shown,
                other=self.called.question(other),
                found=both(self.called.option(other, answer) for answer in excluded),
            )

    cases = (
        Case(
            "answers that go together",
            {"attribute": "kind", "classes": ["lesion"], "values": ["cyst"], "answers": {"echo": ["dark"]}},
            Drawn(text="#", answers={"kind": "cyst", "echo": "none"}),
        ),
        Case(
            "answers that exclude each other",
            {
                "attribute": "kind",
                "title": "Composition",
                "classes": ["lesion"],
                "values": ["cyst"],
                "titles": {"cyst": "Cystic"},
                "answers": {"echo": ["dark", "darker"]},
                "question_titles": {"echo": "Echogenicity"},
                "option_titles": {"echo": {"darker": "Very hypoechoic"}},
            },
            Drawn(text="#", answers={"kind": "cyst", "echo": ("light", "darker", "darker")}),
            finds="Composition is answered Cystic, and Echogenicity Very hypoechoic, which it excludes",
        ),
        Case(
            "another answer excludes nothing",
            {"attribute": "kind", "classes": ["lesion"], "values": ["cyst"], "answers": {"echo": ["dark"]}},
            Drawn(text="#", answers={"kind": "solid", "echo": "dark"}),
        ),
        Case(
            "answered for another region",
            {"attribute": "kind", "classes": ["lesion"], "values": ["cyst"], "answers": {"echo": ["dark"]}},
            (Drawn(text="#.", answers={"kind": "cyst"}), Drawn(text=".#", answers={"echo": "dark"})),
        ),
        Case(
            "answered for a region, where the image excludes it",
            {"attribute": "reading", "values": ["normal"], "answers": {"echo": ["dark"]}},
            Drawn(text="#", answers={"echo": "dark"}),
            finds="reading is answered normal, and echo dark, which it excludes",
            answers={"reading": "normal"},
        ),
        Case(
            "nothing of it is marked",
            {"attribute": "reading", "values": ["normal"], "marked": ["mass"]},
            "#",
            answers={"reading": "normal"},
        ),
        Case(
            "it is marked",
            {"attribute": "reading", "values": ["normal"], "marked": ["lesion", "mass"], "class_titles": {"mass": "M"}},
            "#",
            finds="reading is answered normal, and lesion or M is marked, which it excludes",
            answers={"reading": "normal"},
        ),
        Case(
            "marked on another image",
            {"attribute": "reading", "values": ["normal"], "marked": ["lesion"]},
            (Drawn(text="#", item_index=1),),
            item_answers={0: {"reading": "normal"}, 1: {"reading": "abnormal"}},
        ),
        Case(
            "a region does not exclude itself",
            {"attribute": "single", "classes": ["lesion"], "values": ["yes"], "marked": ["lesion"]},
            Drawn(text="#", answers={"single": "yes"}),
        ),
    )
