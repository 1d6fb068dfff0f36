"""How the pixels of a DICOM file are written: its transfer syntax."""

from __future__ import annotations

from dataclasses import dataclass

from guidelint.validation.rule.parameters.meaning import Meaning


@dataclass(frozen=True, slots=True)
class TransferSyntax(Meaning):
    """A UID of Transfer Syntax UID (0002,0010), or the keyword that stands for it."""

    @property
    def words(self) -> str:
        """What it is."""
        return "transfer syntax"
