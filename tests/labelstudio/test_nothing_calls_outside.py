"""Nothing that annotators open calls an outside address, whatever stands in the texts of a guideline or a verdict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tests.labelstudio.guidelines import everything
from tests.labelstudio.outside import HOST, POISON, called_by_html, called_by_markdown, called_by_style, poisoned

from guidelint.annotation.region_ref import RegionRef
from guidelint.labelstudio.target import outputs
from guidelint.labelstudio.writeback.banner import banner_of
from guidelint.language.compile.plan import compile_plan
from guidelint.language.form.pictures.picture import Picture
from guidelint.language.library import find, holdings
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.finding import Finding
from guidelint.validation.judging.plan import Route
from guidelint.validation.judging.verdict import Verdict, decide, escalations
from guidelint.validation.rule.says import MessagePart
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.finding import Outcome

GUIDELINES = [everything(), *(find(item.label) for item in holdings())]


def compiled(guideline: Guideline) -> dict[str, str]:
    return outputs(guideline, compile_plan(guideline, catalogue()))


@pytest.mark.parametrize("text", ["<img src=x>", "<p style='background: url(//x)'>", "<style>@import 'x'</style>"])
def test_this_test_sees_what_calls(text: str) -> None:
    assert called_by_html(text)
    assert called_by_markdown(POISON)


def test_every_text_of_a_guideline_is_poisoned() -> None:
    guideline = poisoned(everything())
    texts = [guideline.title, guideline.summary, guideline.instructions, guideline.empty_reading.means]
    texts += [item for part in guideline.classes.values() for item in (part.title, part.definition, *part.includes)]
    texts += [option.title for part in guideline.attributes.values() for option in part.options.values()]
    assert all(HOST in text for text in texts if text is not None)
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("guideline", GUIDELINES, ids=lambda item: item.name)
def test_instructions_call_nothing(guideline: Guideline) -> None:
    text = compiled(poisoned(guideline))["instructions.html"]
    assert HOST in text
    assert called_by_html(text) == []


@pytest.mark.parametrize("guideline", GUIDELINES, ids=lambda item: item.name)
def test_a_labeling_config_calls_nothing_but_the_image_of_its_task(guideline: Guideline) -> None:
    text = compiled(poisoned(guideline))["label_config.xml"]
    assert HOST in text
    for element in ET.fromstring(text).iter():  # noqa: S314 - made by us
        if element.tag == "Markdown":
            assert called_by_markdown(element.attrib["value"]) == []
        elif element.tag == "Style":
            assert called_by_style(element.text or "") == []
        elif element.tag == "Image":
            assert element.attrib["value"].startswith("$")
        else:
            assert element.tag == "View" or not element.text or not element.text.strip()
            assert not {"src", "icon", "style"} & set(element.attrib)
            assert called_by_html(element.get("html", "")) == []
            assert re.fullmatch("#[0-9a-f]{6}", element.get("background", "#000000"))


@pytest.mark.parametrize("to", ["specialist", None])
@pytest.mark.parametrize("outcome", ["departs", "cannot-evaluate"])
def test_a_banner_calls_nothing(to: str | None, outcome: Outcome) -> None:
    region = RegionRef("r2", f"Region 2 {POISON}", "nodule", 2)
    said = (MessagePart(f"1 {POISON}"), MessagePart(f"2 {POISON}", is_evidence=True))
    found = tuple(
        Finding(str(n), "r", "k", outcome, "error", said, POISON, (region,), {}, POISON, to) for n in range(12)
    )
    about = Subject("submission", task="1", annotation="1")
    verdict = Verdict(about, POISON, "d", "e", found, decide(found), escalations(found))
    banner = banner_of(verdict, {"specialist": Route(who=POISON, within_hours=1, readers=2)}, back_in_queue=True)
    assert HOST in banner
    assert called_by_markdown(banner) == []


def test_pictures_that_are_carried_along_call_nothing_and_allowed_hosts_alone_are_called() -> None:
    text = "![here](x.png) ![there](https://docs.example.org/y.png) ![elsewhere](https://outside.example/z.png)"
    guideline = everything().model_copy(
        update={
            "instructions": text,
            "pictures": {"x.png": Picture("image/png", b"content", 40, 30)},
            "picture_hosts": ("docs.example.org",),
        }
    )
    made = compiled(guideline)["instructions.html"]
    assert called_by_html(made) == ["img src=https://docs.example.org/y.png", "img alt=there"]
    assert '<span class="gli-picture gli-picture-1" title="here">here</span>' in made
    assert ".gli-picture-1 { width: 40px; aspect-ratio: 40 / 30;" in made
    assert "<span>elsewhere</span>" in made
