"""Nothing is loaded from a folder that somebody else may have filled."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from guidelint.geometry.kernels import kept
from guidelint.geometry.kernels.own_folder import why_not_own

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only this user can enter the caches of Windows")
NOBODY = 65_534
as_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can give files away: run the tests as root"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "cache" / "guidelint" / "kernels"
    made.mkdir(parents=True)
    (made / "code").touch()
    return made


def test_a_folder_of_ones_own_and_one_that_is_not_there_yet(folder: Path) -> None:
    assert why_not_own(folder) == ""
    assert why_not_own(folder / "new" / "newer") == ""


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770])
def test_a_folder_that_others_may_write_into(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    assert why_not_own(folder).startswith(f"others may write into {folder}: `chmod go-w` ends that")


def test_a_folder_in_one_in_which_everybody_may_rename_it(folder: Path) -> None:
    folder.parents[1].chmod(0o777)
    assert why_not_own(folder) == f"everybody may write into {folder.parents[1]}"
    folder.parents[1].chmod(0o1777)
    assert why_not_own(folder) == ""


@as_root
@pytest.mark.parametrize("part", ["code", ".", "..", "../.."])
def test_what_belongs_to_somebody_else(folder: Path, part: str) -> None:
    place = Path(os.path.normpath(folder / part))
    os.chown(place, NOBODY, -1)
    assert why_not_own(folder) == f"{place} belongs to another user"


@as_root
def test_a_link_that_somebody_else_has_laid(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder.parents[1])
    assert why_not_own(link / "guidelint" / "kernels") == ""
    os.lchown(link, NOBODY, -1)
    assert why_not_own(link / "guidelint" / "kernels") == f"{link} belongs to another user"


def test_nothing_is_kept_or_taken_where_others_may_write(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kept.VARIABLE, str(folder))
    assert kept.why_not() == ""
    kept.mark_complete()
    assert kept.complete()
    kept.folder().chmod(0o777)
    assert not kept.complete()
    assert kept.why_not().startswith("others may write into")
