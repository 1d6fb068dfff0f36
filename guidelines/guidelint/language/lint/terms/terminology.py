"""What codes of terminologies mean, looked up without a network in the tables that pydicom carries.

Its module of these tables takes a second and 170 MB to load: the text of it is searched instead.
"""

from __future__ import annotations

import ast
import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.form.fields import Term
    from guidelint.language.form.guideline import ClassFacts
    from guidelint.language.form.sections.not_annotated import NotAnnotated
    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath

WHOLE: Final = frozenset({"DCM"})
"""Terminologies of which the tables hold every code; of others they hold those that DICOM uses."""
_LOOKED_UP: Final = 4096
"""Codes of which the answer is kept: a look takes a millisecond."""
_SCHEME: Final = re.compile(r'^concepts\["([^"]+)"\] = \{', re.MULTILINE)
_TEXT: Final = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""


def terms(draft: Draft) -> Iterator[tuple[KeyPath, Term]]:
    """Yield every term of a guideline with its place."""
    held: dict[str, Mapping[str, ClassFacts | NotAnnotated]] = {
        "classes": draft.written.classes,
        "not_annotated": draft.written.not_annotated,
    }
    for key, parts in held.items():
        for name, part in parts.items():
            yield from (((key, name, "codes", at), term) for at, term in enumerate(part.codes))


@lru_cache(maxsize=_LOOKED_UP)
def meanings(scheme: str, code: str) -> tuple[str, ...]:
    """Give what a code means, in the words of the tables; none: they do not hold it."""
    found = re.findall(rf'"{re.escape(code)}": \(\s*{_TEXT}', _tables().get(scheme, ""))
    return tuple(dict.fromkeys(str(ast.literal_eval(text)) for text in found))


@lru_cache(maxsize=_LOOKED_UP)
def codes_of(scheme: str, meaning: str) -> tuple[str, ...]:
    """Give the codes that have a meaning, however its capitals are written."""
    found = re.findall(rf'"([^"]+)": \(\s*["\']{re.escape(meaning)}["\']', _tables().get(scheme, ""), re.IGNORECASE)
    return tuple(dict.fromkeys(found))


def wrong_code(message: str, path: KeyPath, term: Term) -> Flaw:
    """Tell of a code, with the one that has the meaning beside it, where there is one only."""
    place, codes = (*path, "value"), codes_of(term.scheme, term.meaning)
    if len(codes) != 1:
        return Flaw(message, place, "Look the code up again.")
    return Flaw(message, place, f"`{term.meaning}` is `{codes[0]}` there.", better=f"'{codes[0]}'")


@cache
def _tables() -> Mapping[str, str]:
    """Read the tables as text, by the designator of their terminology."""
    package = find_spec("pydicom")
    folders = package.submodule_search_locations if package else None
    file = Path(folders[0], "sr", "_concepts_dict.py") if folders else None
    if file is None or not file.is_file():
        return MappingProxyType({})
    _, *parts = _SCHEME.split(file.read_text("utf-8"))
    return MappingProxyType(dict(zip(parts[::2], parts[1::2], strict=True)))
