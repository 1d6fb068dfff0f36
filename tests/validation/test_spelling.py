"""How an unknown name differs from a known one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidelint.validation.rule.spelling import hint, well_read

KNOWN = ("lesion", "Lesion", "Ground-glass nodule", "Läsion", "café au lait", "cyst")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("lesion ", "it differs from “lesion” only by a space"),
        (" Lesion", "it differs from “Lesion” only by a space"),
        ("Ground-glass  nodule", "it differs from “Ground-glass nodule” only by a space"),
        ("Ground-glassnodule", "it differs from “Ground-glass nodule” only by a space"),
        ("lesion\N{NO-BREAK SPACE}", "it differs from “lesion” only by a no-break space"),
        (
            "Ground-glass\N{NARROW NO-BREAK SPACE}nodule",
            "it differs from “Ground-glass nodule” only by a no-break space",
        ),
        ("lesion\n", "it differs from “lesion” only by a tab or a line break"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}lesion", "it differs from “lesion” only by an invisible character"),
        ("les\N{SOFT HYPHEN}ion", "it differs from “lesion” only by an invisible character"),
        ("LESION", "it differs from “Lesion” only by capitals"),
        ("CYST ", "it differs from “cyst” only by a space and capitals"),
        (unicodedata.normalize("NFD", "Läsion"), "it differs from “Läsion” only by how its accents are stored"),
        ("ｃｙｓｔ", "it differs from “cyst” only by characters that only look alike"),
        ("LÃ¤sion", "it is “Läsion”, read in the wrong encoding (UTF-8 taken for Latin-1)"),
        ("LÃƒÂ¤sion", "it is “Läsion”, read in the wrong encoding (UTF-8 taken for Latin-1)"),
        ("Ã\x89panchement", "it is “Épanchement”, read in the wrong encoding"),
        ("L\N{REPLACEMENT CHARACTER}sion", "stands for what was lost when the text was read in the wrong encoding"),
        ("leison", "perhaps “lesion” is meant"),
        ("Ground glass nodul", "perhaps “Ground-glass nodule” is meant"),
        ("effusion with haemorrhage", ""),
        ("", ""),
    ],
)
def test_what_is_said_of_an_unknown_name(name: str, says: str) -> None:
    assert hint(name, KNOWN).startswith(says) if says.startswith("it differs") else says in hint(name, KNOWN)
    assert bool(hint(name, KNOWN)) == bool(says)


def test_with_nothing_known_there_is_nothing_to_suggest() -> None:
    assert hint("lesion", ()) == ""


@given(st.text())
def test_a_text_read_in_the_wrong_encoding_is_read_back(text: str) -> None:
    misread = text.encode().decode("latin-1")
    assert well_read(misread) in {text, well_read(text)}


@given(st.text(max_size=40), st.lists(st.text(max_size=40), max_size=4))
def test_no_name_is_refused(name: str, known: list[str]) -> None:
    assert isinstance(hint(name, known), str)
