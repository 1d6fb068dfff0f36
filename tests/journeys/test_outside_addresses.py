"""What the pages of annotators call while instructions, labeling config and verdict are full of outside addresses."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from tests.journeys.test_configs_open_in_editor import opened
from tests.labelstudio.guidelines import everything
from tests.labelstudio.outside import HOST, POISON, poisoned

from guidelint.labelstudio.config.label_config import VERDICT
from guidelint.labelstudio.target import outputs
from guidelint.labelstudio.writeback.banner import banner_of
from guidelint.language.compile.plan import compile_plan
from guidelint.language.form.pictures.picture import picture_of
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.finding import Finding
from guidelint.validation.judging.verdict import Verdict, decide, escalations
from guidelint.validation.rule.says import MessagePart
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from tests.journeys.browser import Browser
    from tests.journeys.server import LabelStudio

    from guidelint.language.form.guideline import Guideline

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

ALLOWED = "127.0.0.1:9"
CALLED = "return performance.getEntriesByType('resource').map(entry => entry.name)"
SHOWN = """
const shown = document.querySelector('.gli-picture-1'), box = shown.getBoundingClientRect();
return [box.width, box.height, getComputedStyle(shown).backgroundImage.slice(0, 26)];
"""


def with_pictures(guideline: Guideline) -> Guideline:
    """Poisoned in every text, with one picture carried along and one at a host that is allowed."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 10, 10)).save(out, "PNG")
    words = f"![closed](closed.png) ![there](http://{ALLOWED}/there.png)"
    return poisoned(guideline).model_copy(  # type: ignore[no-any-return]
        update={
            "instructions": f"{words}\n\n{POISON}",
            "pictures": {"closed.png": picture_of(out.getvalue())},
            "picture_hosts": (ALLOWED,),
        }
    )


def banner() -> str:
    found = (Finding("1", "r", "k", "departs", "error", (MessagePart(POISON),), POISON, (), {}, POISON),)
    about = Subject("submission", task="1", annotation="1")
    return banner_of(Verdict(about, POISON, "d", "e", found, decide(found), escalations(found)), {})


def test_pages_call_no_outside_address_but_that_of_an_allowed_host(label_studio: LabelStudio, browser: Browser) -> None:
    guideline = with_pictures(everything())
    texts = outputs(guideline, compile_plan(guideline, catalogue()))
    found = opened(label_studio, browser, texts["label_config.xml"], **{VERDICT: banner()})
    settings = {**json.loads(texts["project.json"]), "expert_instruction": texts["instructions.html"]}
    label_studio.api.patch(f"/api/projects/{found.editor.project}/", json=settings).raise_for_status()

    found.editor.label_stream()
    browser.see_text("How to draw")
    browser.screenshot("instructions-pictures")
    assert browser.driver.execute_script(SHOWN) == [40, 30, 'url("data:image/png;base64']
    called: list[str] = browser.driver.execute_script(CALLED)
    found.editor.close_instructions()
    found.editor.quick_view(found.task)
    assert HOST in found.editor.banner()
    called += browser.driver.execute_script(CALLED)

    assert f"http://{ALLOWED}/there.png" in called, "what is allowed is called, and this test sees it"
    assert [address for address in called if HOST in address] == []
