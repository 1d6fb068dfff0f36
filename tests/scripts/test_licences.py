"""The page of licences: made of imports and metadata, and refusing what guidelint must not stand on."""

from __future__ import annotations

import ast
from email.message import Message
from typing import TYPE_CHECKING, Any

import pytest

import licences
from licences import LicenceError, Row, imported, licence_of, page, row, table

if TYPE_CHECKING:
    from collections.abc import Mapping


def about(**fields: Any) -> Any:
    message = Message()
    for name, values in fields.items():
        for value in values if isinstance(values, list) else [values]:
            message[name.replace("_", "-")] = value
    return message


def says(monkeypatch: pytest.MonkeyPatch, **fields: str) -> None:
    """Let every package say this of itself."""

    def metadata(_name: str) -> Any:
        return about(**fields)

    monkeypatch.setattr(licences, "metadata", metadata)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"License_Expression": "MIT", "License": "a long text"}, "MIT", id="an expression"),
        pytest.param(
            {"Classifier": ["Typing :: Typed", "License :: OSI Approved :: BSD License"], "License": "see LICENSE"},
            "BSD License",
            id="a classifier",
        ),
        pytest.param({"License": "Apache-2.0\n and its whole text"}, "Apache-2.0", id="free text"),
        pytest.param({"Name": "silent"}, "", id="silent"),
    ],
)
def test_a_licence_is_read_from_what_the_package_says(fields: dict[str, Any], said: str) -> None:
    assert licence_of(about(**fields)) == said


def test_imports_are_found_wherever_they_stand_and_only_the_top_level_counts() -> None:
    source = "import numpy.linalg as la\nfrom . import near\ndef later():\n    from scipy.ndimage import label\n"
    assert imported(ast.parse(source)) == {"numpy", "scipy"}


@pytest.mark.parametrize(
    ("name", "licence", "used", "refused"),
    [
        pytest.param("medpy", "GPL-3.0", {"medpy": {"guidelint.geometry"}}, "medpy is GPL-3.0", id="GPL"),
        pytest.param("lesser", "LGPL-3.0", {"lesser": {"guidelint.cli"}}, "only unmodified", id="LGPL not named"),
        pytest.param("silent", "", {"silent": {"guidelint.cli"}}, "names no licence", id="no licence"),
        pytest.param("idle", "MIT", {}, "nothing imports idle", id="imported by nothing"),
    ],
)
def test_what_must_not_or_need_not_be_there_is_refused(
    name: str, licence: str, used: Mapping[str, set[str]], refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(monkeypatch, License=licence)
    with pytest.raises(LicenceError, match=refused):
        row(f"{name}>=1", used)


def test_a_library_is_told_with_its_range_its_licence_and_who_imports_it(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, License_Expression="BSD-3-Clause")
    one = row("shapely>=2", {"shapely": {"guidelint.rules", "guidelint.geometry"}})
    assert one == Row("shapely>=2", "BSD-3-Clause", "`guidelint.geometry`, `guidelint.rules`")
    assert "its wheel carries GEOS unmodified, LGPL-2.1" in table([one])


def test_a_package_that_another_loads_says_which_and_each_extra_has_its_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    says(monkeypatch, License_Expression="MIT")
    monkeypatch.setattr(licences, "importers", lambda: {"numba": {"guidelint.geometry"}})
    project = {
        "name": "guidelint",
        "dependencies": ["psycopg>=3"],
        "optional-dependencies": {"fast": ["numba>=1"], "all": ["guidelint[fast]"]},
    }
    text = page(project)
    assert "| `psycopg>=3` | MIT; used unmodified, from its own wheel | SQLAlchemy, for a postgresql:// store |" in text
    assert "## The extra `fast`" in text
    assert "## The extra `all`" not in text
