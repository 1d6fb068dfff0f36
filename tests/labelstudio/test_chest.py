"""The guidelines and readings that the editor is measured with are what they claim to be."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.labelstudio.chest import FINDINGS, GERMAN, MORE_FINDINGS, THREE, Chest, Groups, arabic_chest, chest
from tests.labelstudio.chest_reading import answers, judged, one_finding, regions, twelve_findings, verdict_html
from tests.labelstudio.guidelines import parsed

from guidelint.labelstudio.target import outputs
from guidelint.language.compile.plan import compile_plan
from guidelint.rules.catalogue import catalogue


@pytest.mark.parametrize(("groups", "count"), [(THREE, 3), (FINDINGS, 13), (MORE_FINDINGS, 40), (GERMAN, 13)])
def test_each_class_has_both_tools_and_each_question_is_required(groups: Groups, count: int) -> None:
    guideline = chest(groups).guideline()
    config = parsed(outputs(guideline, compile_plan(guideline, catalogue()))["label_config.xml"])
    labels = {tag: len(config.findall(f".//{tag}Labels//Label")) for tag in ("Polygon", "Rectangle")}
    assert labels == {"Polygon": count, "Rectangle": count}
    required = Counter(item.get("perRegion") for item in config.iter("Choices") if item.get("required") == "true")
    assert required == {"true": 9, None: 3}


@pytest.mark.parametrize("asked", [chest(), arabic_chest()], ids=["english", "arabic"])
def test_a_whole_reading_is_accepted_and_twelve_findings_are_of_two_kinds(asked: Chest) -> None:
    assert judged(asked, [*regions(asked, 6), *answers(asked)]).decision == "accepted"
    assert len(judged(asked, one_finding(asked)).findings) == 1
    found = judged(asked, twelve_findings(asked))
    assert found.decision == "returned"
    assert sorted(Counter(item.message for item in found.findings).values()) == [6, 6]
    assert "12" in verdict_html(asked, twelve_findings(asked))
