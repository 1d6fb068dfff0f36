"""The formats that can be read: Label Studio's, those beside it, and which of them a file is of."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import guidelint.annotation.decoding.formats
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.checking.input import guarded
from guidelint.checking.input.inputs import ENDINGS
from guidelint.labelstudio.exports.decoder import DECODER as LABEL_STUDIO
from guidelint.labelstudio.exports.kind import ExportError, refuse_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.decoding.decoder import Decoder


@cache
def decoders() -> Mapping[str, Decoder]:
    """Every decoder by the name of its format. Raises TypeError when two share one."""
    found: dict[str, Decoder] = {LABEL_STUDIO.name: LABEL_STUDIO}
    base = guidelint.annotation.decoding.formats
    for module in pkgutil.iter_modules(base.__path__, f"{base.__name__}."):
        decoder: Decoder = importlib.import_module(f"{module.name}.decoder" if module.ispkg else module.name).DECODER
        if found.setdefault(decoder.name, decoder) is not decoder:
            raise TypeError(f"two formats are called {decoder.name}")
    return MappingProxyType(found)


def searched_for(format_name: str) -> tuple[str, ...]:
    """Say how the names end that a folder is searched for: those of a format that was told, else those of exports."""
    return decoders()[format_name].endings if format_name else ENDINGS


def decoder_of(head: bytes, told: str = "") -> Decoder:
    """Find the decoder of a file by how it begins, or take the one that was told.

    Raises FormatError where a file fits none of them, and says what it is instead, or where it fits several.
    """
    if told:
        return decoders()[told]
    fitting = [decoder for decoder in decoders().values() if guarded.fits(decoder, head)]
    if len(fitting) > 1:
        could_be = " or ".join(decoder.title for decoder in fitting)
        names = " or ".join(f"`--from {decoder.name}`" for decoder in fitting)
        raise FormatError(f"by its beginning it could be {could_be}. Say which it is: {names}")
    return fitting[0] if fitting else _nothing_known(head)


def _nothing_known(head: bytes) -> Decoder:
    """Say what a file is that nobody can read; Label Studio's reader knows what else a file may be."""
    try:
        refuse_file(head)
    except ExportError as error:
        raise FormatError(f"{error}. {known_formats()}") from error
    return LABEL_STUDIO


def known_formats() -> str:
    """Say which formats are read, and what `--from` calls them."""
    named = [f"{decoder.title} ({decoder.name})" for decoder in decoders().values()]
    return f"What is read: {', '.join(named[:-1])} and {named[-1]}" if named[1:] else f"What is read: {named[0]}"
