"""What an exam compiles into: the labeling config of the work, and instructions that say it is an exam."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from guidelint.labelstudio.config.label_config import label_config
from guidelint.labelstudio.config.marker import marker
from guidelint.labelstudio.exam.told import told_of_exam
from guidelint.labelstudio.instructions.instructions import instructions
from guidelint.labelstudio.project.settings import LONGEST_TITLE, project_settings

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline
    from guidelint.language.form.sections.staff import Exam, Role
    from guidelint.validation.judging.plan import Plan

EVERYBODY: Final = 10_000
"""Readers of each task: everybody who takes the exam does every item."""
_NOT_IN_AN_EXAM: Final = frozenset({"returned", "review", "escalation"})
"""Parts of the instructions about what happens with work."""


def exam_outputs(guideline: Guideline, plan: Plan, role: Role, exam: Exam) -> dict[str, str]:
    """File name → text, as of the work; the config is the same but for what it is marked with."""
    told = told_of_exam(guideline, role, exam)
    settings = msgspec.to_builtins(project_settings(guideline))
    settings |= {
        "title": f"Exam: {settings['title']}"[:LONGEST_TITLE],
        "description": f"An exam for {role.title}. {settings['description']}",
        "maximum_annotations": EVERYBODY,
        "show_skip_button": False,
        "show_collab_predictions": False,
    }
    return {
        "instructions.html": instructions(guideline, before=told, but_for=_NOT_IN_AN_EXAM),
        "label_config.xml": label_config(guideline, marker(plan, is_exam=True)),
        "project.json": msgspec.json.encode(settings, order="sorted").decode(),
    }
