"""Exports made to hurt are read or refused in bounded processor time and memory, each in a process of its own."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Item = dict[str, object]

pytestmark = pytest.mark.many
MOST_CPU_S = 30.0
"""Idle machines take a tenth; what grows with the square of these inputs takes minutes, or all memory."""
MOST_BYTES = 400 * 2**20
MANY = 20_000
READS = """
import resource, sys
from pathlib import Path
from time import process_time
from tests.labelstudio.payloads import VOCABULARY
from guidelint.labelstudio.decoding.decoder import AnnotationDecoder
from guidelint.labelstudio.exports.export import read_export
from guidelint.labelstudio.exports.kind import ExportError
from guidelint.annotation.decoding.parts.task_data import TaskImage, task_data

limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
began, before = process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
decoder, pieces, regions = AnnotationDecoder(VOCABULARY), 0, 0
try:
    for piece in read_export(Path(sys.argv[1]), places=True):
        pieces += 1
        if piece.text is not None:
            piece.text.span()
        for annotation in (piece.content.annotations or ()) if piece.content else ():
            image = TaskImage(task_data(piece.content.data), VOCABULARY.image)
            regions += len(decoder.submission(annotation, image).regions)
except ExportError:
    pass
print(pieces, regions, process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
RECTANGLE: Item = {
    "type": "rectanglelabels",
    "to_name": "image",
    "original_width": 100,
    "original_height": 100,
    "value": {"x": 1, "y": 1, "width": 20, "height": 20, "rotation": 0, "rectanglelabels": ["Mass"]},
}


def packed(start: bytes, block: bytes, times: int) -> bytes:
    return gzip.compress(start) + gzip.compress(block * 2**20) * times


def export(items: list[Item]) -> bytes:
    annotation = {"id": 1, "result": items}
    return json.dumps([{"id": 1, "data": {"image": "a.png"}, "annotations": [annotation]}]).encode()


def controls_on_one_place() -> bytes:
    """Half of the items are regions of their own; each of the rest might belong to every one of them."""
    regions = [{**RECTANGLE, "from_name": "region"} for _ in range(MANY)]
    return export([*regions, *({**RECTANGLE, "from_name": f"c{number}"} for number in range(MANY))])


def answers_to_one_question() -> bytes:
    answer: Item = {"type": "choices", "id": "r", "from_name": "margin", "to_name": "image"}
    return export([{**answer, "value": {"choices": [f"text {number}"]}} for number in range(2 * MANY)])


CASES: dict[str, tuple[Callable[[], bytes], int, int]] = {
    "a list of nothing but brackets": (lambda: packed(b"[", b"[", 500), 1, 0),
    "a list of nothing but blanks": (lambda: packed(b"[", b" ", 500), 1, 0),
    "a word without end": (lambda: packed(b"[1,", b"a", 500), 2, 0),
    "escaped quotation marks in a text that is cut off": (lambda: b'{"' + b'\\"' * 100_000, 1, 0),
    "escaped quotation marks outside of any text": (lambda: b"[{" + b'\\"' * 300_000 + b"}]", 1, 0),
    "blanks below a comment": (lambda: b"#\n" + b" " * 120_000 + b"!", 0, 0),
    "an archive of names without an end": (lambda: b"PK\x03\x04" + b"a" * 120_000, 0, 0),
    "tasks begun within tasks": (lambda: b'{"id":1,"data":x' * MANY + b"}" * MANY, MANY + 1, 0),
    "tasks begun within tasks, and never closed": (lambda: b'{"id":1,"data":x' * MANY, MANY, 0),
    "many controls on one place": (controls_on_one_place, 1, MANY),
    "many answers to one question": (answers_to_one_question, 1, 0),
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no processor time: run the tests on Linux or macOS")
@pytest.mark.timeout(600)  # it is the processor time of the child that counts
@pytest.mark.parametrize("case", CASES)
def test_time_and_memory_are_bounded(case: str, tmp_path: Path) -> None:
    made, pieces, regions = CASES[case]
    file = tmp_path / "export.json.gz"
    file.write_bytes(made())
    command = [sys.executable, "-c", READS, str(file), str(int(4 * MOST_CPU_S))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own command
    told = done.stdout.split()
    assert (int(told[0]), int(told[1])) == (pieces, regions)
    assert float(told[2]) < MOST_CPU_S
    assert int(told[3]) * (1 if sys.platform == "darwin" else 1024) < MOST_BYTES
