"""Exports in other encodings are read where there is no doubt, and otherwise named once, with the remedy."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from guidelint.labelstudio.exports.export import read_export
from guidelint.labelstudio.exports.kind import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TASKS = [{"id": number, "data": {"image": "Läsion 𝔐.png"}, "annotations": []} for number in range(1, 4)]
PLAIN = [{"id": number, "data": {"image": "a.png"}, "annotations": []} for number in range(4, 6)]
TEXT = json.dumps(TASKS, ensure_ascii=False)


def ids(path: Path) -> list[object]:
    return [piece.content.id if piece.content else piece.problem for piece in read_export(path)]


@pytest.mark.parametrize("packed", [bytes, gzip.compress], ids=["plain", "gzipped"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["without a mark", "with a mark"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_unicode_is_read_whatever_its_form(
    encoding: str, mark: str, packed: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(packed((mark + TEXT).encode(encoding)))
    assert ids(path) == [1, 2, 3]
    assert "Läsion 𝔐" in str([bytes(piece.content.data).decode() for piece in read_export(path) if piece.content])


def test_utf_16_that_was_cut_off_is_said(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(TEXT.encode("utf-16")[:-1])
    assert ids(path)[:3] == [1, 2, 3]
    assert ids(path)[-1] == "the text is damaged or was cut off: it is no sound UTF-16-LE"


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_file_in_latin_1_is_named_once_with_the_remedy(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(TEXT.replace("𝔐", "M").encode(encoding))
    with pytest.raises(ExportError) as refusal:
        list(read_export(path))
    assert str(refusal.value) == (
        "it is text that is not in UTF-8: a byte 0xE4 stands where text is, as for 'ä' in Latin-1 (Windows-1252)."
        " Save the file as UTF-8 (or take the export itself, which is), and check that"
    )


def test_records_that_are_not_in_utf_8_cost_no_other_and_are_told_once(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    mixed = [PLAIN[0], *json.loads(TEXT.replace("𝔐", "M")), PLAIN[1]]
    path.write_bytes(json.dumps(mixed, ensure_ascii=False).encode("latin-1"))
    found = list(read_export(path))
    assert [piece.content.id if piece.content else piece.repeats for piece in found] == [4, False, True, True, 5]
    assert found[1].problem.startswith("it is text that is not in UTF-8: a byte 0xE4")
