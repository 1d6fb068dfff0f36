"""A transfer syntax that DICOM does not know."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from guidelint.language.form.sections.transfer_syntax import TransferSyntax
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath

_KIND: Final = "Transfer Syntax"
_OF_DICOM: Final = "1.2.840.10008."
_UID: Final = re.compile(r"(?=.{1,64}$)(0|[1-9]\d*)(\.(0|[1-9]\d*))+")


def find(draft: Draft) -> Iterator[Flaw]:
    """Look every transfer syntax up in the tables that pydicom carries; those of manufacturers are theirs to define."""
    for one, _ in draft.saying(TransferSyntax):
        value = str(one.value)
        if value in _by_keyword() or (_UID.fullmatch(value) and not value.startswith(_OF_DICOM)):
            continue
        if (keyword := _uids().get(value)) is None:
            yield _told(value, one.path)
        elif keyword not in _by_keyword():
            yield Flaw(f"`{value}` is the UID of something else, {keyword}", one.path, _look_up(""))


def _told(value: str, path: KeyPath) -> Flaw:
    message = f"`{value}` is no transfer syntax of DICOM"
    known = _uids() if value[:1].isdigit() else _by_keyword()
    names = {name.lower(): name for name in known}
    written = re.sub(r"[\s_-]+", "", value.lower())
    meant = written if written in names else closest(written, names)
    if meant is None:
        return Flaw(message, path, _look_up("Write its UID, or the keyword that pydicom has for it."))
    better = names[meant]
    return Flaw(message, path, _look_up(f"Did you mean `{better}`?"), better=better)


def _look_up(remedy: str) -> str:
    return f"{remedy} DICOM PS3.6, A lists them, e.g. `ExplicitVRLittleEndian` or `1.2.840.10008.1.2.1`.".strip()


@cache
def _uids() -> Mapping[str, str]:
    """Every UID of DICOM, with the keyword or the name of what it stands for."""
    from pydicom._uid_dict import UID_dictionary  # noqa: PLC0415 - it loads much, and most guidelines have no such key

    return MappingProxyType({uid: keyword or name for uid, (name, _, _, _, keyword) in UID_dictionary.items()})


@cache
def _by_keyword() -> Mapping[str, str]:
    """Every transfer syntax of DICOM, by its keyword."""
    from pydicom._uid_dict import UID_dictionary  # noqa: PLC0415 - as above

    return MappingProxyType({parts[4]: uid for uid, parts in UID_dictionary.items() if parts[1] == _KIND and parts[4]})


LINT = Lint(
    code="unknown-transfer-syntax",
    means="What is written as a transfer syntax is none of DICOM.",
    why=(
        "Files state how their pixels are compressed by a UID. One that no file has refuses all of them, and a "
        "compression that loses detail is let in where only the wrong name stands against it."
    ),
    wrong="""\
images: {modality: CT, transfer_syntaxes: [ExplicitVRLittleEndian, JPEGLSLosless]}
""",
    right="""\
images: {modality: CT, transfer_syntaxes: [ExplicitVRLittleEndian, JPEGLSLossless]}
""",
    find=find,
)
