"""Tasks of an exam tell nothing of what is expected, and a sealed exam grades as the examples themselves do."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, PngImagePlugin
from tests.journeys.test_exam import written

from guidelint.checking.exam.exam import Exam, exam_of
from guidelint.checking.exam.grading import Grader, HandedIn
from guidelint.checking.exam.sheet import Sheet
from guidelint.cli.exams.exam_tasks import exam_task
from guidelint.labelstudio.config.marker import marker, read_marker
from guidelint.labelstudio.exam.outputs import exam_outputs
from guidelint.language.compile.plan import compile_plan
from guidelint.language.examples.folder import folder_for
from guidelint.language.examples.read import examples_in
from guidelint.language.library import find
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

TELLING = ("telling", "expected", "accepted", "positive", "12.5", "37.5", "62.5")
"""Words of the examples, and where their regions begin in percent."""


def exam_in(path: Path) -> Exam:
    guideline = find(str(path))
    plan, folder = compile_plan(guideline, catalogue()), folder_for(str(path))
    assert folder is not None
    return exam_of(guideline, plan, folder, examples_in(folder, guideline, plan, catalogue()))


def test_a_task_tells_nothing_of_what_is_expected(tmp_path: Path) -> None:
    path = written(tmp_path)
    for picture in (tmp_path / "spots.examples").glob("*.png"):
        told = PngImagePlugin.PngInfo()
        told.add_text("Comment", "expected: accepted")
        Image.open(picture).save(picture, pnginfo=told)
    exam = exam_in(path)
    drawn = exam.drawn("a seed")
    for item in drawn.items:
        task = exam_task(exam, item, drawn.id)
        assert not [word for word in TELLING if word in json.dumps(dict(task.data))]
        assert (task.data["image_width"], task.data["guidelint_item"]) == (160, item.id)
        (shown,) = task.pictures.values()
        pixels = Image.open(BytesIO(shown))
        assert (pixels.size, pixels.info) == ((160, 120), {})


def test_its_project_says_that_it_is_an_exam_and_nothing_of_its_items(tmp_path: Path) -> None:
    exam = exam_in(written(tmp_path))
    texts = exam_outputs(exam.runner.guideline, exam.plan, exam.role, exam.asked)
    assert not [word for text in texts.values() for word in ("telling", "expected") if word in text]
    assert "This is an exam" in texts["instructions.html"]
    assert "comes back to you" not in texts["instructions.html"]
    assert read_marker(texts["label_config.xml"]) == marker(exam.plan, is_exam=True)
    settings = json.loads(texts["project.json"])
    assert (settings["title"], settings["show_skip_button"]) == ("Exam: Spots", False)


def test_a_sealed_exam_grades_as_the_examples_do(tmp_path: Path) -> None:
    exam = exam_in(written(tmp_path))
    drawn = exam.drawn("a seed")
    sealed = Sheet.from_json(Sheet.of(exam, drawn).to_json())
    first, second = drawn.items
    for item, standing in ((first, "right"), (second, "wrong")):
        known = exam.known(first.id)
        assert known is not None
        annotation = {**known.task["annotations"][0], "created_at": "2026-01-01T00:00:00Z", "completed_by": 3}
        handed = HandedIn(item.id, annotation, "7")
        graded = Grader(sealed).graded(handed)
        assert graded == Grader(exam).graded(handed)
        assert graded.standing == standing
