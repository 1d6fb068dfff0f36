"""Files that are no delivery, as a vendor may hand them in: each is named with the reason and the way on."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import GUIDELINE, Json, run, task

if TYPE_CHECKING:
    from pathlib import Path

COCO: Json = {
    "images": [{"id": 1, "file_name": "a.png", "height": 1, "width": 1}],
    "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1]}],
    "categories": [{"id": 1, "name": "lesion"}],
}
WHOLE = json.dumps([task(1, []), task(2, [])]).encode()


def archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("export.json", WHOLE)
    return held.getvalue()


FILES = {
    "empty": b"",
    "blank": b" \n\n",
    "zip": archive(),
    "half-of-coco": json.dumps({**COCO, "annotations": None}).encode(),
    "no-key": b"{}",
    "half-a-gzip": gzip.compress(WHOLE)[:40],
    "damaged-gzip": b"\x1f\x8b\x08\x00" + b"nonsense" * 9,
    "utf-16-cut": "[]".encode("utf-16")[:3],
    "latin-1": '[{"id": 1, "data": {"image": "\N{LATIN SMALL LETTER A WITH DIAERESIS}.png"}}]'.encode("latin-1"),
    "login-page": b"<!DOCTYPE html><html>Log in</html>",
    "error": b'{"detail": "Authentication credentials were not provided."}',
    "table": b"id,image,label\n1,a.png,lesion\n",
}
RECORDS = {
    "half": (WHOLE[:-30], "cut off"),
    "one-task-cut": (json.dumps(task(1, [])).encode()[:-30], "cut off"),
    "numbers": (b"[1, 2, 3]", "an object is needed here"),
    "a-record-of-coco": (json.dumps([task(1, []), COCO]).encode(), "COCO"),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_file_of_another_kind_is_named_with_reason_and_remedy(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "delivery.json"
    path.write_bytes(content)
    done = run("check", GUIDELINE, str(path), "-f", "concise")
    (said,) = (line for line in done.stdout.splitlines() if "unreadable: " in line)
    assert said.startswith(f"{path}: ")
    assert re.search(r"unreadable: .+?\. [A-Z]\w+ ", said), "a reason, and what to do"
    assert done.exit_code in {1, 2}


@pytest.mark.parametrize(("content", "why"), RECORDS.values(), ids=RECORDS)
def test_what_cannot_be_read_of_a_file_is_named_with_its_place(content: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "delivery.json"
    path.write_bytes(content)
    done = run("check", GUIDELINE, str(path), "-f", "concise")
    said = [line for line in done.stdout.splitlines() if "unreadable: " in line]
    assert said
    assert all(re.match(rf"{re.escape(str(path))}: record \d+ \(byte \d+\)", line) for line in said)
    assert all(re.search(r"unreadable: .+?\. [A-Z]\w+ ", line) for line in said)
    assert any(why in line for line in said)
    assert done.exit_code == 1


@pytest.mark.parametrize("name", ["missing.json", "*.none", "bare", "pictures", ""])
def test_what_is_not_there_is_named_with_what_to_do(name: str, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").touch()
    done = run("check", GUIDELINE, f"{tmp_path}/{name}" if name else "", "-f", "concise")
    (said,) = (line for line in done.stdout.splitlines() if "unreadable: " in line)
    assert re.search(r"unreadable: .+?\. [A-Z]\w+ ", said)
    assert done.exit_code == 2
