"""A source, opened and unpacked, whatever it holds."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.blocks import Blocks
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.part import PartBlocks
from guidelint.checking.input.guarded import NotOfDecoderError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from guidelint.annotation.decoding.files.source import Readable, Source

_LOOK = "Look whether its name is right, where it lies, and whether you may read it"


@contextmanager
def opened_blocks(source: Source, on_bytes: Callable[[int], None], begin: int = 0) -> Generator[Blocks | PartBlocks]:
    """Open a source; ``on_bytes`` is told how many bytes have been read. Raises FormatError where that fails.

    What whoever gives the bytes raises is raised as it is. ``begin``: byte of a plain file from which on it is read.
    """
    if source.problem:
        raise FormatError(source.problem)
    try:
        if begin and source.path is not None:
            yield PartBlocks(source.path, begin)
            return
        with source.opened() as file:
            blocks = Blocks(_Given(file), on_bytes)
            if blocks.problem and not blocks.head:
                raise FormatError(blocks.problem)
            yield blocks
    except NotOfDecoderError as error:
        raise error.given from error.given.__cause__
    except OSError as error:
        raise FormatError(f"it cannot be read: {error.strerror or error}. {_LOOK}") from error


@dataclass(frozen=True, slots=True)
class _Given:
    """Bytes as somebody gives them: what fails there is no fault of the decoder that asks for them."""

    file: Readable

    def read1(self, size: int = -1, /) -> bytes:
        """Give what is there."""
        try:
            return self.file.read1(size)
        except OSError:
            raise
        except Exception as error:
            raise NotOfDecoderError(error) from error
