from __future__ import annotations

import json

import pytest
from tests.labelstudio.guidelines import everything

from guidelint.labelstudio.instructions.instructions import instructions
from guidelint.labelstudio.project.settings import LONGEST_TITLE, project_settings, settings_json


def test_an_empty_submission_is_allowed_only_where_it_is_an_answer() -> None:
    guideline = everything()
    means = guideline.empty_reading.model_copy(update={"means": "Nothing there."})
    assert project_settings(guideline).enable_empty_annotation is False
    assert project_settings(guideline.model_copy(update={"empty_reading": means})).enable_empty_annotation is True


def test_prefilled_work_can_come_back_and_instructions_open() -> None:
    settings = json.loads(settings_json(project_settings(everything())))
    assert settings["show_collab_predictions"] is settings["show_instruction"] is True


def test_readers_per_task_are_never_stated() -> None:
    assert "maximum_annotations" not in settings_json(project_settings(everything()))


@pytest.mark.parametrize(
    ("title", "shown"), [("CT", "CT (every-tool)"), ("x" * 60, "x" * 49 + "…"), ("Lungs", "Lungs")]
)
def test_titles_have_the_length_that_label_studio_takes(title: str, shown: str) -> None:
    found = project_settings(everything().model_copy(update={"title": title})).title
    assert found == shown
    assert len(found) <= LONGEST_TITLE


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("draft", "a draft: it is not released, and may still change"),
        ("in-review", "in review: it is not released, and may still change"),
        ("retired", "retired: no new work follows it"),
        ("released", ""),
    ],
)
def test_whoever_reads_it_is_told_where_it_stands(status: str, told: str) -> None:
    guideline = everything().model_copy(update={"status": status})
    read = instructions(guideline)
    assert (f"<b>This guideline is {told}.</b>" in read) is bool(told)
    assert ("This guideline is" in read) is bool(told)
    known = f"Guideline {guideline.name} {guideline.version}"
    assert project_settings(guideline).description.endswith(f"{known}, {told}." if told else f"{known}.")
