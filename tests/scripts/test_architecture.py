"""The drawing of the house: read from folders, docstrings and imports; refused where there is no top and no bottom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from architecture.drawing import NARROW, WIDE, Look, drawing
from architecture.house import NoPurposeError, Package, Room, packages
from architecture.levels import CircleError, as_high_as_possible, as_low_as_possible, direct
from locks import ROOT
from merging import ROOTS

if TYPE_CHECKING:
    from pathlib import Path

CHECKOUT = all((ROOT / root).is_dir() for root in ROOTS)
PAGE = ROOT / "docs/architecture.md"
SVG = "{http://www.w3.org/2000/svg}"
SOURCES = {
    "cli/guidelint/program/__init__.py": '"""Ways in."""\n',
    "cli/guidelint/program/start.py": "from guidelint.judging.rows.row import Row\nimport json\n",
    "validators/guidelint/judging/__init__.py": '"""The judgement.\n\nAnd more about it.\n"""\n',
    "validators/guidelint/judging/words.py": "from guidelint.judging.rows import row\n",
    "validators/guidelint/judging/_inner.py": "",
    "validators/guidelint/judging/rows/__init__.py": '"""Rows < columns & cells."""\n',
    "validators/guidelint/judging/rows/row.py": "",
    "validators/guidelint/judging/rows/old/__init__.py": '"""Old rows."""\n',
    "validators/guidelint/judging/tables/__init__.py": '"""Tables of ``rows``."""\n',
    "validators/guidelint/judging/tables/table.py": "def later():\n    from guidelint.judging.rows import row\n",
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A project of two packages, one with rooms."""
    for root in ROOTS:
        (tmp_path / root / "guidelint").mkdir(parents=True)
    for name, text in SOURCES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def texts(image: str) -> list[str]:
    return [str(one.text) for one in ET.fromstring(image).iter(f"{SVG}text")]  # noqa: S314 - our own drawing


def height(image: str) -> float:
    return float(ET.fromstring(image).get("height", ""))  # noqa: S314 - our own drawing


def test_packages_are_read_with_their_rooms_what_each_is_for_and_what_imports_what(house: Path) -> None:
    judging, program = packages(house)
    assert program == Package("program", "cli", "Ways in.", (), ("start",), frozenset({"judging"}), {})
    assert judging == Package(
        name="judging",
        root="validators",
        purpose="The judgement.",
        rooms=(Room("rows", "Rows < columns & cells.", ("old",)), Room("tables", "Tables of rows.", ())),
        files=("words",),
        imports=frozenset(),
        between={"rows": frozenset(), "tables": frozenset({"rows"})},
    )


def test_a_folder_that_does_not_say_what_it_is_for_is_refused_with_the_place(house: Path) -> None:
    (house / "validators/guidelint/judging/rows/__init__.py").write_text("", encoding="utf-8")
    with pytest.raises(NoPurposeError, match=r"rows/__init__\.py has no docstring: say there in one line"):
        packages(house)


def test_names_stand_above_all_that_they_import() -> None:
    imports = {"a": {"b", "d"}, "b": {"c"}, "c": set[str](), "d": set[str](), "e": {"d"}}
    assert as_low_as_possible(imports) == [["a"], ["b", "e"], ["c", "d"]]
    assert as_high_as_possible(imports) == [["a", "e"], ["b", "d"], ["c"]]


def test_an_import_that_follows_from_others_is_not_drawn() -> None:
    assert direct({"a": {"b", "c"}, "b": {"c"}, "c": set[str]()}) == [("a", "b"), ("b", "c")]


def test_a_circle_has_no_top_and_is_refused_by_its_names() -> None:
    with pytest.raises(CircleError, match=r"^a, b import one another: cut the circle$"):
        as_low_as_possible({"a": {"b"}, "b": {"a"}, "c": {"a"}})


@pytest.mark.parametrize("look", [pytest.param(WIDE, id="wide"), pytest.param(NARROW, id="narrow")])
def test_every_package_and_room_is_drawn_in_order_with_its_words(house: Path, look: Look) -> None:
    shown = texts(drawing(packages(house), look))
    names = [one for one in shown if one in {"program", "judging", "tables/", "rows/"}]
    assert names == ["program", "judging", "tables/", "rows/"]
    assert {"Rows < columns & cells.", "rooms: old", "imports judging", "imports no package of ours"} <= set(shown)
    assert ("words" in shown, "_inner" in shown) == (True, False)


def test_arrows_are_drawn_where_rooms_stand_beside_each_other(house: Path) -> None:
    lines = [drawing(packages(house), look).count('class="line"') for look in (WIDE, NARROW)]
    assert lines == [1, 0]


def test_what_is_drawn_stays_on_the_sheet_and_is_the_same_every_time(house: Path) -> None:
    image = drawing(packages(house), WIDE)
    assert image == drawing(packages(house), WIDE)
    for box in ET.fromstring(image).iter(f"{SVG}rect"):  # noqa: S314 - our own drawing
        right = float(box.get("x", "0")) + float(box.get("width", ""))
        assert right <= WIDE.width
        assert float(box.get("y", "0")) + float(box.get("height", "")) <= height(image)


@pytest.mark.skipif(not CHECKOUT, reason="needs the source roots of a checkout")
def test_every_place_that_the_page_names_is_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)#]+)", page)
    drawn = re.findall(r'(?:src|srcset)="([^"]+)"', page)
    assert (len(linked) > 10, len(drawn)) == (True, 2)
    assert [place for place in (*linked, *drawn) if not (PAGE.parent / place).exists()] == []
