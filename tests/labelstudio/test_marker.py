from __future__ import annotations

import pytest
from tests.labelstudio.guidelines import everything

from guidelint.labelstudio.config.marker import Marker, marker, read_marker
from guidelint.language.compile.plan import compile_plan
from guidelint.rules.catalogue import catalogue

MARK = Marker("lung-nodule-ct", "1.0.0", "ab" * 32)


def test_it_names_guideline_version_and_plan() -> None:
    plan = compile_plan(everything(), catalogue())
    assert marker(plan) == Marker("every-tool", "2.1.0", plan.digest)


@pytest.mark.parametrize(
    "config",
    [
        pytest.param(f'<View idAttr="{MARK}"/>', id="alone"),
        pytest.param(
            f"\n  <View className='gl' idAttr = '{MARK}'>\n<Image/></View>", id="after another attribute, other quotes"
        ),
        pytest.param(f'<View\n  idAttr="{MARK}"\n  className="gl">', id="on lines of its own"),
    ],
)
def test_it_is_found_however_the_config_is_written(config: str) -> None:
    assert read_marker(config) == MARK


@pytest.mark.parametrize(
    "config",
    [
        pytest.param("", id="no config"),
        pytest.param("<View/>", id="no marker"),
        pytest.param(f'<View><View idAttr="{MARK}"/></View>', id="not on the outermost tag"),
        pytest.param('<View idAttr="guidelint:x:1.0:ff"/>', id="not a whole marker"),
        pytest.param("<View " + "a" * 100_000, id="a long tag without an end"),
    ],
)
def test_what_is_none_is_not_taken_for_one(config: str) -> None:
    assert read_marker(config) is None


def test_an_exam_is_told_from_work() -> None:
    exam = Marker("lung-nodule-ct", "1.0.0", "ab" * 32, is_exam=True)
    assert read_marker(f'<View idAttr="{exam}"/>') == exam != MARK
