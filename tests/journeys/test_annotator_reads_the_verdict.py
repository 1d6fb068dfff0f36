"""What an annotator lives through: draw, submit, read the verdict, correct, read again. With the mouse."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.journeys.browser import PATIENCE_S, Browser
from tests.journeys.editor import Editor
from tests.journeys.guided import guided
from tests.service import serve_patiently

from guidelint.language.library import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.server import LabelStudio

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

NODULE = "Nodule ≥ 3 mm"
ASKED = {
    "Subtlety": "5",
    "Internal structure": "Soft tissue",
    "Calcification": "Absent",
    "Sphericity": "4",
    "Margin": "4",
    "Lobulation": "1",
    "Spiculation": "1",
    "Texture": "5",
    "Malignancy": "3",
}
AROUND = [(195, 230), (220, 228), (225, 250), (200, 254)]
"""Outline of the phantom's nodule, in pixels of the image."""


def library_text(name: str) -> str:
    folder = Path(__file__).parents[2] / "guidelines" / "guidelint" / "library" / name
    return (folder / f"{find(name).version}.yaml").read_text(encoding="utf-8")


def rate(editor: Editor) -> None:
    editor.select(1)
    for question, option in ASKED.items():
        editor.answer(question, option)


def is_read_well(heard: list[tuple[str, str]]) -> None:
    """A screen reader says the words of the verdict and its list, and none of the signs that only the eye needs."""
    said = " ".join(" ".join(text for role, text in heard if role == "StaticText").split())
    assert heard[0][0] == "status", "it is read out when it appears"
    assert said.startswith("Returned: ")
    assert not {"↩", "→", "›", "<", "&"} & set(said)
    assert "§ Nodule ≥ 3 mm Boundary" in said
    assert [role for role, _ in heard if role in {"list", "listitem"}] in ([], ["list", "listitem", "listitem"])


def test_a_crossing_outline_is_returned_and_the_corrected_one_accepted_in_quick_view(
    start_label_studio: Callable[..., LabelStudio], browser: Browser, tmp_path: Path
) -> None:
    """Quick view shows what stands in the task when Submit is answered: the answer waits, however busy the machine."""
    label_studio = start_label_studio(WEBHOOK_TIMEOUT=PATIENCE_S)
    with guided(label_studio, tmp_path, program=serve_patiently.MODULE) as setup:
        setup.warm_up()
        task, _ = setup.slices(2)
        browser.login_as(label_studio)
        editor = Editor(browser, label_studio.url, setup.project)
        editor.quick_view(task)
        editor.choose(NODULE)
        a, b, c, d = AROUND
        editor.draw([a, c, b, d, a])
        rate(editor)
        editor.submit()
        said = editor.see_verdict("Returned")
        browser.screenshot("quick-view-1-returned")
        is_read_well(browser.heard(".glv"))
        assert "crosses itself" in said
        assert NODULE in said

        editor.remove(1)
        editor.choose(NODULE)
        editor.draw([*AROUND, AROUND[0]])
        rate(editor)
        editor.update()
        editor.see_verdict("Accepted")
        browser.screenshot("quick-view-2-accepted")
        assert setup.status(task) == "accepted"


def test_an_open_outline_is_returned_closed_with_the_mouse_and_accepted_in_the_label_stream(
    label_studio: LabelStudio, browser: Browser, tmp_path: Path
) -> None:
    """The polygon tool closes outlines by itself; the vector tool is the one that lets a person leave them open."""
    guideline = tmp_path / "nodules-by-vector.yaml"
    text = library_text("lung-nodule-ct").replace("draw: polygon", "draw: vector")
    guideline.write_text(text.replace("guideline: lung-nodule-ct", "guideline: nodules-by-vector"), encoding="utf-8")
    with guided(label_studio, tmp_path, str(guideline)) as setup:
        first, _ = setup.slices(2)
        browser.login_as(label_studio)
        editor = Editor(browser, label_studio.url, setup.project)
        editor.label_stream()
        editor.close_instructions()
        editor.choose(NODULE)
        for place in AROUND:
            editor.click(*place)
            time.sleep(0.4)
        editor.key("v")
        rate(editor)
        editor.submit()
        browser.wait(lambda: setup.status(first) == "returned", "the verdict to be written")
        editor.previous()
        said = editor.see_verdict("Returned")
        browser.screenshot("label-stream-1-returned")
        assert "open by" in said
        assert "mm" in said

        editor.select(1)
        editor.click(*AROUND[-1])
        editor.click(*AROUND[0])
        editor.update()
        browser.wait(lambda: setup.status(first) == "accepted", "the correction to be accepted")
        browser.screenshot("label-stream-2-accepted")


def test_the_verdict_is_on_the_page_right_after_submit(
    start_label_studio: Callable[..., LabelStudio],
    browser: Browser,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """An empty reading is an answer: it is accepted, and the page says so without a reload.

    Label Studio and the service wait for one another as long as it takes. How long that was is printed, not judged.
    """
    label_studio = start_label_studio(WEBHOOK_TIMEOUT=PATIENCE_S)
    with guided(label_studio, tmp_path, program=serve_patiently.MODULE) as setup:
        setup.warm_up()
        tasks = setup.slices(3)
        browser.login_as(label_studio)
        editor = Editor(browser, label_studio.url, setup.project)
        seconds: list[float] = []
        for task in tasks:
            editor.quick_view(task)
            assert "Accepted" not in editor.banner()
            editor.watch_for("Accepted")
            setup.settle()
            editor.submit()
            seconds.append(round(browser.wait(editor.seconds_to_verdict, "the verdict on the page"), 2))
        browser.screenshot("quick-view-3-empty-reading")
        record_property("seconds_from_submit_to_verdict", seconds)
        print(f"\nverdict on the page after Submit, without a reload: {sorted(seconds)} s")
        browser.wait(lambda: {setup.status(task) for task in tasks} == {"accepted"}, "every verdict to be written")
