"""One tree of all source roots: every package is there, as itself, and nothing of anybody is removed."""

from __future__ import annotations

import os
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

from locks import ROOT
from merging import NAMESPACE, ROOTS, MergeError, main, merge, packages

CHECKOUT = all((ROOT / root).is_dir() for root in ROOTS)


def roots(folder: Path, **held: str) -> list[Path]:
    """Source roots that hold a package each."""
    for root, package in held.items():
        place = folder / root / NAMESPACE / package
        place.mkdir(parents=True)
        (place / "__init__.py").write_text(f'"""{package}."""\n', encoding="utf-8")
        (place.parent / "__pycache__").mkdir()
    return [folder / root for root in held]


def sources(folder: Path) -> set[str]:
    """Paths of all sources of the namespace in a folder, links followed."""
    walked = [(Path(at), names) for at, _, names in os.walk(folder / NAMESPACE, followlinks=True)]
    return {str((at / name).relative_to(folder)) for at, names in walked for name in names if name.endswith(".py")}


def test_the_packages_of_all_roots_stand_in_one_tree_and_an_edit_there_is_an_edit_here(tmp_path: Path) -> None:
    wanted = packages(roots(tmp_path, validators="rules", cli="service"))
    assert merge(wanted, tmp_path / "tree" / NAMESPACE) == ["rules", "service"]
    (tmp_path / "tree" / NAMESPACE / "rules/__init__.py").write_text("changed", encoding="utf-8")
    assert (tmp_path / "validators" / NAMESPACE / "rules/__init__.py").read_text(encoding="utf-8") == "changed"


def test_a_tree_made_again_forgets_packages_that_are_gone(tmp_path: Path) -> None:
    tree = tmp_path / "tree" / NAMESPACE
    merge(packages(roots(tmp_path, validators="judging")), tree)
    merge(packages(roots(tmp_path, cli="validation")), tree)
    assert [path.name for path in tree.iterdir()] == ["validation"]


def test_what_is_no_link_is_never_removed(tmp_path: Path) -> None:
    wanted = packages(roots(tmp_path, cli="service"))
    with pytest.raises(MergeError, match=r"holds .*service, which is no link: name another folder"):
        merge(wanted, tmp_path / "cli" / NAMESPACE)
    assert (tmp_path / "cli" / NAMESPACE / "service/__init__.py").is_file()


def test_a_package_in_two_roots_is_refused_with_both_places(tmp_path: Path) -> None:
    with pytest.raises(MergeError, match=r"rules stands in .*cli.* and in .*validators.*: move one of the two"):
        packages(roots(tmp_path, validators="rules", cli="rules"))


@pytest.mark.skipif(not CHECKOUT, reason="needs the source roots of a checkout")
def test_the_tree_of_this_project_holds_every_module_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["merged", str(tmp_path)])
    main()
    assert sources(tmp_path) == {path for root in ROOTS for path in sources(ROOT / root)}
    assert {"rules", "service"} <= set(capsys.readouterr().out.strip().partition(": ")[2].split(", "))
    found = PathFinder.find_spec(NAMESPACE, [str(tmp_path)])
    assert found is not None
    assert found.submodule_search_locations is not None
    assert list(found.submodule_search_locations) == [str(tmp_path / NAMESPACE)]
