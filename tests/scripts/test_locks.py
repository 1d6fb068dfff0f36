"""The files of exact versions: complete, naming no host, agreeing with pyproject.toml, and told when they do not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

from guidelint.labelstudio.environment import environment
from locking import check
from locks import (
    ASKS,
    FOLDER,
    LABEL_STUDIO,
    UV,
    Layer,
    Pin,
    committed_layers,
    disagreements,
    layers,
    pins,
    split,
    write,
)

SHIPPED = Path(environment.__file__).parent
"""Where the package holds its own, in a checkout and installed from a wheel."""
COMMITTED = (*sorted(FOLDER.glob("*.txt")), SHIPPED / UV.name, SHIPPED / LABEL_STUDIO.name)
PYTHONS = ("3.11", "3.12", "3.13")
RESOLVED = """\
annotated==1.0 \\
    --hash=sha256:aa
    # via
    #   drawn
    #   tried
colour==0.4 ; sys_platform == 'win32' \\
    --hash=sha256:bb
    # via tried
drawn==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:cc \\
    --hash=sha256:cd
    # via guidelint
drawn==2.1 ; python_full_version >= '3.12' \\
    --hash=sha256:dd
    # via guidelint
tried==3.0 \\
    --hash=sha256:ee
    # via guidelint
"""


def layer(folder: Path, name: str, *asks: str) -> Layer:
    return Layer(folder / f"{name}.txt", f"What {name} needs.", asks)


def test_every_layer_is_committed_and_answers_what_pyproject_asks_for() -> None:
    assert {one.path for one in committed_layers()} == set(FOLDER.glob("*.txt"))
    assert [line for one in committed_layers() for line in disagreements(one)] == []


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_every_package_is_one_exact_version_with_hashes_and_no_host_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = pins(text)
    assert found
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", pin.text) for pin in found)
    assert len(found) == len(re.findall(r"^[^\s#]", text, re.MULTILINE))
    assert not re.search(r"://|index-url|find-links|/(home|root|tmp)/", text)


@pytest.mark.parametrize("python", PYTHONS)
def test_on_every_python_what_is_asked_for_has_a_pin_within_its_range(python: str) -> None:
    here = [
        pin for one in committed_layers() for pin in pins(one.path.read_text(encoding="utf-8")) if holds(pin, python)
    ]
    assert len({pin.name for pin in here}) == len(here)
    versions = {pin.name: pin.version for pin in here}
    for one in committed_layers():
        for asked in map(Requirement, one.asks):
            assert asked.specifier.contains(versions[re.sub("[-_.]+", "-", asked.name).lower()]), asked


def holds(pin: Pin, python: str) -> bool:
    variables = {"python_version": python, "python_full_version": f"{python}.1", "sys_platform": "linux"}
    return not pin.marker or Marker(pin.marker).evaluate(variables)


def test_a_package_stands_in_the_first_layer_that_needs_it(tmp_path: Path) -> None:
    into = (layer(tmp_path, "base", "Drawn[all]>=2"), layer(tmp_path, "test", "drawn", "tried>=1; python_version<'4'"))
    base, test = split(pins(RESOLVED), into)
    assert [(pin.name, pin.version) for pin in base] == [("annotated", "1.0"), ("drawn", "2.0"), ("drawn", "2.1")]
    assert [(pin.name, pin.marker) for pin in test] == [("colour", "sys_platform == 'win32'"), ("tried", "")]


def test_what_is_written_is_read_again_to_the_letter(tmp_path: Path) -> None:
    one = layer(tmp_path, "base", "drawn>=2", "tried")
    write(one, pins(RESOLVED))
    text = one.path.read_text(encoding="utf-8")
    assert "".join(pin.text for pin in pins(text)) == RESOLVED
    assert [line for line in text.splitlines() if line.startswith(ASKS)] == ["# asks: drawn>=2", "# asks: tried"]
    assert disagreements(one) == []


def test_a_changed_range_a_new_requirement_a_dropped_one_and_a_missing_lock_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(layer(tmp_path, "base", "drawn>=2", "tried"), pins(RESOLVED))
    now = (layer(tmp_path, "base", "drawn>=2,<3", "brand-new"), layer(tmp_path, "test", "tried"))
    with pytest.raises(SystemExit) as end:
        check(now)
    assert str(end.value).splitlines() == [
        f"{tmp_path / 'base.txt'} does not answer brand-new",
        f"{tmp_path / 'base.txt'} does not answer drawn>=2,<3",
        f"{tmp_path / 'base.txt'} answers drawn>=2, which nothing asks for",
        f"{tmp_path / 'base.txt'} answers tried, which nothing asks for",
        f"{tmp_path / 'test.txt'} is missing",
        "Run scripts/lock and commit what it changes.",
    ]
    assert capsys.readouterr().out == ""


def test_layers_are_read_from_the_project_and_extras_that_name_it_are_followed_no_further() -> None:
    project = {
        "build-system": {"requires": ["hatchling>=1"]},
        "project": {
            "name": "GuideLint",
            "dependencies": ["numpy"],
            "optional-dependencies": {"fast": ["numba>=1"], "all": ["guidelint[fast]", "httpx"]},
        },
        "dependency-groups": {"test": ["pytest"], "lint": ["ruff"], "peers": ["monai"]},
    }
    asked = {one.name: one.asks for one in layers(project)}
    assert asked == {
        "build": ("hatchling>=1",),
        "base": ("numpy",),
        "extras": ("httpx", "numba>=1"),
        "test": ("pytest",),
        "lint": ("ruff",),
        "peers": ("monai",),
    }
