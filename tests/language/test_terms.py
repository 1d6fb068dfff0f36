"""Codes of terminologies are looked up as pydicom has them, without loading it."""

from __future__ import annotations

import pytest
from pydicom.sr._concepts_dict import concepts

from guidelint.language.lint.terms.terminology import WHOLE, codes_of, meanings
from guidelint.language.lint.terms.unknown_code import is_identifier
from guidelint.language.load import loaded
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems

TABLES: dict[str, dict[str, dict[str, tuple[str, list[int]]]]] = concepts  # type: ignore[assignment]
HELD = {
    scheme: {code: text for codes in table.values() for code, (text, _) in codes.items()}
    for scheme, table in TABLES.items()
}


def warnings(scheme: str, value: str, meaning: str) -> list[tuple[str, str, str]]:
    term = f"[{{scheme: {scheme}, value: '{value}', meaning: {meaning}}}]"
    part = f"not_annotated: {{scar: {{title: Scar, definition: A line., codes: {term}}}}}\n"
    found = loaded(with_part(part)).warnings.problems
    return [(problem.code, problem.message, problem.help) for problem in found]


@pytest.mark.parametrize("scheme", sorted({*WHOLE, "SCT", "LN", "UCUM", "RADLEX"}))
def test_codes_mean_what_pydicom_says(scheme: str) -> None:
    some = sorted(HELD[scheme].items())[::50]
    assert [code for code, text in some if text not in meanings(scheme, code)] == []
    assert meanings(scheme, "none-such") == ()


def test_codes_of_snomed_ct_check_and_mistyped_ones_do_not() -> None:
    codes = sorted(HELD["SCT"])[::20]
    assert [code for code in codes if not is_identifier(code)] == []
    turned = [f"{code[:-2]}{code[-1]}{code[-2]}" for code in codes if code[-1] != code[-2]]
    assert [code for code in turned if is_identifier(code)] == []
    assert not any(map(is_identifier, ("1", "", "0279250046", "x27925004", "²7925004")))


def test_the_code_of_a_meaning_is_proposed() -> None:
    assert codes_of("SCT", "nodule") == ("27925004",)
    (found,) = warnings("SCT", "27925040", "Nodule")
    assert found == ("unknown-code", "`27925040` is no code of SCT", "`Nodule` is `27925004` there.")
    (other,) = warnings("DCM", "999999", "Nothing of the kind")
    assert other[0] == "unknown-code"


def test_a_meaning_fits_where_a_word_does_and_is_not_judged_in_another_script() -> None:
    assert warnings("SCT", "27925004", "Nodules of the lung") == []
    assert warnings("SCT", "27925004", "結節") == []
    (found,) = warnings("SCT", "27925004", "Cyst")
    assert found[1] == "`27925004` is `Nodule` in SCT, not `Cyst`"


def test_a_private_terminology_is_left_alone_and_a_known_one_has_its_designator() -> None:
    assert warnings("99LOCAL", "x-1", "Nodule") == []
    assert [found[0] for found in warnings("RadLex", "RID3875", "Nodule")] == ["other-designator"]


@pytest.mark.parametrize(
    "written",
    [
        *("ExplicitVRLittleEndian", "1.2.840.10008.1.2.1", "[JPEGBaseline8Bit, JPEG2000Lossless]"),
        "1.2.840.113619.5.2",  # a manufacturer's own
    ],
)
def test_transfer_syntaxes_are_known_by_uid_and_by_keyword(written: str) -> None:
    assert loaded(with_part(f"images: {{transfer_syntaxes: {written}}}\n")).warnings.problems == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ExplicitVrLittleEndian", "ExplicitVRLittleEndian"),
        ("Explicit VR Little Endian", "ExplicitVRLittleEndian"),
        ("JPEG2000Losless", "JPEG2000Lossless"),
        ("1.2.840.10008.1.2.4.7", "1.2.840.10008.1.2.4.70"),
    ],
)
def test_a_mistyped_transfer_syntax_is_told_with_the_one_that_was_meant(written: str, meant: str) -> None:
    with pytest.raises(GuidelineProblems) as found:
        loaded(with_part(f"images: {{transfer_syntaxes: '{written}'}}\n"))
    (problem,) = found.value.problems
    assert problem.message == f"`{written}` is no transfer syntax of DICOM"
    assert problem.help.startswith(f"Did you mean `{meant}`?")


def test_a_uid_of_something_else_is_no_transfer_syntax() -> None:
    with pytest.raises(GuidelineProblems, match="1 problem") as found:
        loaded(with_part("images: {transfer_syntaxes: 1.2.840.10008.5.1.4.1.1.2}\n"))
    assert found.value.problems[0].message.endswith("is the UID of something else, CTImageStorage")
