"""A modality that no image can have: DICOM knows a modality by a code of capitals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.tree import Row, node_at
from guidelint.validation.rule.parameters.modality import ModalityCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath

_CODE = re.compile(r"(?=.{1,16}$)[A-Z0-9_]+(?: [A-Z0-9_]+)*")
_WORDS = {
    "CR, DX": ("x-ray", "xray", "x ray", "radiograph", "radiography", "röntgen", "roentgen", "rx"),
    "MR": ("mri", "mrt", "irm", "magnetic resonance"),
    "PT": ("pet",),
    "US": ("ultrasound", "sonography", "ultraschall", "usg", "echo"),
    "CT": ("ct scan", "computed tomography", "cat scan"),
    "MG": ("mammography", "mammogram", "mammografie"),
    "ES": ("endoscopy", "endoscope", "endoskopie", "colonoscopy"),
    "OP": ("fundus", "fundus photography", "ophthalmic photography"),
    "SM": ("microscopy", "histology", "wsi", "slide"),
    "XC": ("photo", "photograph", "photography"),
    "NM": ("spect", "nuclear medicine"),
}
"""Code of DICOM → what else people call it."""
_BETWEEN = re.compile(r"\s*[,;/|+&]\s*|\s+(?:and|or|und|oder|et|ou)\s+")


def find(draft: Draft) -> Iterator[Flaw]:
    """Find what is written as a modality and is no code of one: every image would be returned."""
    for one, _ in draft.saying(ModalityCode):
        if isinstance(one.value, str):
            in_a_list = isinstance(node_at(draft.root, one.path[:-1]), Row)
            codes = _codes(one.value)
            if codes != [one.value]:
                yield _told(one.value, codes, one.path, in_a_list=in_a_list)


def _told(value: str, codes: list[str] | None, path: KeyPath, *, in_a_list: bool) -> Flaw:
    message = f"`{value}` is no modality: images state theirs as a code, such as CT or MR, in Modality (0008,0060)"
    if codes is None:
        remedy = "Write the code: capitals and digits, e.g. `CT`, `MR`, `US`, `DX`, `MG`, `OP`, `ES`, `SM`, `XC`."
        return Flaw(message, path, remedy)
    joint = ", ".join(codes)
    better = joint if in_a_list or len(codes) == 1 else f"[{joint}]"
    return Flaw(message, path, f"Write `{better}`.", better=better, fix="better")


def _codes(value: str) -> list[str] | None:
    """Codes that a text stands for; None where one of its words is none."""
    found = [_code(word.strip()) for word in _BETWEEN.split(value.strip()) if word.strip()]
    if not found or None in found:
        return None
    return [code for codes in found if codes for code in codes.split(", ")]


def _code(word: str) -> str | None:
    if known := next((code for code, words in _WORDS.items() if word.lower() in words), None):
        return known
    return word.upper() if _CODE.fullmatch(word.upper()) and (word.isupper() or len(word) <= 3) else None  # noqa: PLR2004 - codes are this short


LINT = Lint(
    code="unknown-modality",
    means="What is written as a modality is no code of one.",
    why="Images state their modality as a code of DICOM. No image has one in words, so every image would be returned.",
    wrong="""\
images: {modality: Computed tomography}
""",
    right="""\
images: {modality: CT}
""",
    find=find,
)
