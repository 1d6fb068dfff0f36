from __future__ import annotations

import pytest
from tests.labelstudio.guidelines import parsed

from guidelint.labelstudio.config.tags import ConfigError, problems_of, verify

LABEL = '<Label value="A" alias="a" hotkey="1" background="#000000"/>'
IMAGE = '<Image name="image" value="$image"/>'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param("<Blink/>", "does not know this tag", id="a tag that the editor does not know"),
        pytest.param(
            '<Collapse><Panel value="x"><Markdown value="y"/></Panel></Collapse>',
            "Markdown may not stand in Panel",
            id="the config that the server accepts and that kills the editor",
        ),
        pytest.param(
            "<Choices name='c' toName='image'><Label/></Choices>",
            "may not stand in Choices",
            id="a label among choices",
        ),
        pytest.param("<View wide='true'/>", "takes no attribute wide", id="an attribute that the editor does not know"),
        pytest.param("<PolygonLabels name='p'/>", "needs toName", id="a control without an image"),
        pytest.param("<Number name='n' toName='photo'/>", "is no image", id="a control for another image"),
        pytest.param(
            "<Choices name='c' toName='image' choice='many'/>",
            "not one of multiple, single",
            id="a value that does not exist",
        ),
        pytest.param(
            "<Choices name='c' toName='image'><Choice value='a' alias='a' hotkey=' ' hint='true'/></Choices>",
            "takes for a switch",
            id="a hint that is a switch",
        ),
        pytest.param("<View>hello</View>", "holds text", id="loose text"),
        pytest.param("<Style>a &gt; b {}</Style>", "the rule would not apply", id="a style rule that is escaped away"),
        pytest.param(
            "<Choices name='c' toName='image' perRegion='true' required='true'/>",
            "required of every region",
            id="a question that would be required of every region",
        ),
        pytest.param(
            "<View visibleWhen='region-selected' whenLabelValue='b'/>",
            "waits for a label",
            id="a label that is not there",
        ),
        pytest.param(
            "<View visibleWhen='choice-selected' whenTagName='c' whenChoiceValue='x'/>",
            "waits for an answer",
            id="an answer that is not there",
        ),
        pytest.param(
            "<Number name='n' toName='image'/><Number name='n' toName='image'/>", "more than once", id="a name twice"
        ),
        pytest.param(
            f"<PolygonLabels name='p' toName='image'>{LABEL}</PolygonLabels>"
            f"<BrushLabels name='b' toName='image'>{LABEL}</BrushLabels>",
            "hotkey '1' is used more than once",
            id="a key twice",
        ),
    ],
)
def test_configs_that_would_not_work_are_refused(body: str, reason: str) -> None:
    root = parsed(f"<View>{IMAGE}{body}</View>")
    assert any(reason in problem for problem in problems_of(root))
    with pytest.raises(ConfigError, match="would not work in the editor"):
        verify(root)


def test_a_panel_takes_markdown_wrapped_in_a_view() -> None:
    body = '<Collapse><Panel value="x"><View><Markdown value="y"/></View></Panel></Collapse>'
    assert list(problems_of(parsed(f"<View>{IMAGE}{body}</View>"))) == []


def test_the_outermost_tag_is_a_view() -> None:
    assert any("outermost" in problem for problem in problems_of(parsed("<Header value='x'/>")))
