"""Derived files: which are stale, what is told of them, and how they are brought up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from generating import Derived, Stale, main, stale

PAGES, LONE = Path("pages"), Path("docs/one.md")
DERIVED = [Derived({PAGES / "a.md": "A\n", PAGES / "b.md": "B\n"}, (PAGES,)), Derived({LONE: "one\n"})]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project where one page is fresh, one is changed, one is missing and one is of something that is gone."""
    (tmp_path / PAGES).mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / PAGES / "a.md").write_bytes(b"A\n")
    (tmp_path / PAGES / "b.md").write_bytes(b"B\r\n")
    (tmp_path / PAGES / "gone.md").write_bytes(b"old\n")
    (tmp_path / "docs/by_hand.md").write_bytes(b"mine\n")
    return tmp_path


def asked(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr("sys.argv", ["generate", *arguments])


def test_what_is_missing_changed_or_left_over_is_stale(root: Path) -> None:
    assert stale(DERIVED, root) == [
        Stale(LONE, "missing"),
        Stale(PAGES / "b.md", "changed"),
        Stale(PAGES / "gone.md", "left over"),
    ]


def test_a_check_names_what_is_stale_with_the_remedy_and_writes_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(monkeypatch, "--check")
    with pytest.raises(SystemExit, match=r"^Run scripts/generate and commit what it changes\.$"):
        main(DERIVED, root)
    assert capsys.readouterr().out == "docs/one.md: missing\npages/b.md: changed\npages/gone.md: left over\n"
    assert not (root / LONE).exists()
    assert (root / PAGES / "gone.md").exists()


def test_everything_is_made_and_what_was_written_by_hand_stays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(monkeypatch)
    main(DERIVED, root)
    assert {path.name: path.read_bytes() for path in (root / PAGES).iterdir()} == {"a.md": b"A\n", "b.md": b"B\n"}
    assert (root / LONE).read_bytes() == b"one\n"
    assert (root / "docs/by_hand.md").read_bytes() == b"mine\n"


def test_a_check_of_fresh_files_says_how_many_there_are(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(monkeypatch)
    main(DERIVED, root)
    capsys.readouterr()
    asked(monkeypatch, "--check")
    main(DERIVED, root)
    assert capsys.readouterr().out == "All 3 derived files are fresh\n"


def test_a_folder_that_is_not_there_yet_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(monkeypatch)
    main(DERIVED, tmp_path)
    assert stale(DERIVED, tmp_path) == []
