"""Headers and folders that ask for too much are read within bounds, or refused with a reason."""

from __future__ import annotations

import os
import struct
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest
from tests.imaging.dicom_file import DEFLATED, dicom_bytes, element, elements_of, write_dicom

from guidelint.imaging.beside import KEYWORDS
from guidelint.imaging.files.dicom_header import MOST_HEADER_BYTES, HeaderError, read_header
from guidelint.imaging.files.walk import Walk
from guidelint.imaging.supplied.headers import Headers, header_values

if TYPE_CHECKING:
    from pathlib import Path

UNDEFINED = struct.pack("<HH2sHI", 8, 0x1140, b"SQ", 0, 0xFFFFFFFF)
ITEM = struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF)


def values(path: Path) -> dict[str, str]:
    return dict(zip(KEYWORDS, header_values(path)[0], strict=True))


@pytest.mark.many
def test_a_megabyte_that_inflates_to_a_gigabyte_is_inflated_as_far_as_a_header_goes(tmp_path: Path) -> None:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = squeeze.compress(elements_of(Modality="CT"))
    body += b"".join(squeeze.compress(bytes(2**20)) for _ in range(256)) + squeeze.flush()
    path = tmp_path / "bomb.dcm"
    path.write_bytes(dicom_bytes(body, DEFLATED))
    header_values(write_dicom(tmp_path / "small.dcm", Modality="CT"))  # loads pydicom
    tracemalloc.start()
    try:
        assert values(path)["modality"] == "CT"
        assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param((UNDEFINED + ITEM) * 20_000, id="nested without end"),
        pytest.param(UNDEFINED + ITEM * 20_000, id="items without end"),
        pytest.param(struct.pack("<HH2sHI", 8, 0x1140, b"OB", 0, 0xFFFFFFF0), id="a length of four gigabytes"),
        pytest.param(b"\xff" * 1000, id="no elements at all"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_a_header_that_is_none_is_refused_with_a_reason(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.dcm"
    path.write_bytes(dicom_bytes(body))
    with pytest.raises(HeaderError, match="it"):
        header_values(path)


def test_a_header_longer_than_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "long.dcm"
    path.write_bytes(dicom_bytes(element(0x00080005, "CS", b"") + element(0x00091001, "OB", bytes(MOST_HEADER_BYTES))))
    with pytest.raises(HeaderError, match="longer than 4 MiB"):
        header_values(path)


def test_a_value_of_thousands_of_parts_is_kept_short(tmp_path: Path) -> None:
    path = write_dicom(tmp_path / "x.dcm", PixelSpacing="1\\" * 20_000 + "1", PatientID="P" * 9000)
    assert values(path)["pixel_spacing"] == "\\".join("1" * 8)
    assert len(values(path)["patient"]) == 200


def test_what_is_no_dicom_and_what_is_not_there_say_so(tmp_path: Path) -> None:
    (tmp_path / "x.dcm").write_bytes(b"PNG")
    with pytest.raises(HeaderError, match="no DICOM file"):
        read_header(tmp_path / "x.dcm", [0x00080060], 0x00280000)
    with pytest.raises(HeaderError, match="no such file"):
        read_header(tmp_path / "y.dcm", [0x00080060], 0x00280000)


def test_the_spacing_of_an_enhanced_object_stands_in_its_shared_groups(tmp_path: Path) -> None:
    from pydicom.dataset import Dataset, FileMetaDataset  # noqa: PLC0415 - half a second
    from pydicom.uid import ExplicitVRLittleEndian  # noqa: PLC0415

    measures, shared, whole = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = [0.5, 0.4], 3
    shared.PixelMeasuresSequence = [measures]
    whole.SharedFunctionalGroupsSequence, whole.NumberOfFrames, whole.Modality = [shared], 2, "MR"
    whole.SOPClassUID, whole.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.4.1", "1.2.3"
    whole.file_meta = FileMetaDataset()
    whole.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    whole.save_as(tmp_path / "x.dcm", enforce_file_format=True)
    read = values(tmp_path / "x.dcm")
    assert (read["pixel_spacing"], read["slice_thickness"], read["modality"]) == ("0.5\\0.4", "3.0", "MR")


def test_a_folder_is_walked_within_bounds_of_number_depth_and_time(tmp_path: Path) -> None:
    for name in ("a/1", "a/b/2", "a/b/c/3", "4"):
        write_dicom(tmp_path / f"{name}.dcm", Modality="CT")
    (tmp_path / "a" / "round").symlink_to(tmp_path)

    def walked(**bounds: float) -> tuple[list[str], str]:
        ticks = iter(range(100))
        walk = Walk(tmp_path, clock=lambda: next(ticks))
        for name, bound in bounds.items():
            setattr(walk, name, bound)
        return [path.name for path in walk.files()], " ".join(walk.problems)

    assert walked() == (["4.dcm", "1.dcm", "2.dcm", "3.dcm"], "")
    names, problem = walked(most_files=2)
    assert len(names) == 2
    assert "2 files were looked at, the most of one folder; the rest was not" in problem
    names, problem = walked(longest_s=2)
    assert len(names) == 2
    assert "minutes were spent" in problem
    names, problem = walked(deepest=2)
    assert names == ["4.dcm", "1.dcm", "2.dcm"]
    assert "lies more than 2 folders down. Give it by itself" in problem


def test_pipes_and_sockets_are_told_and_not_opened_since_that_would_wait_for_ever(tmp_path: Path) -> None:
    for number in range(7):
        os.mkfifo(tmp_path / f"{number}.dcm")
    (tmp_path / "linked.png").symlink_to(tmp_path / "0.dcm")
    write_dicom(tmp_path / "a.dcm", Modality="CT")
    headers = Headers(Walk(tmp_path))
    assert [record.image for record in headers.records()] == ["a.dcm"]
    told = "pipes, sockets and devices are not opened: 0.dcm, 1.dcm, 2.dcm, 3.dcm, 4.dcm and 3 more. Take them out"
    assert list(headers.notes()) == [f"{tmp_path}: {told}"]


def test_a_folder_that_holds_more_than_is_walked_says_so_with_its_headers(tmp_path: Path) -> None:
    for number in range(3):
        write_dicom(tmp_path / f"{number}.dcm", Modality="CT")
    headers = Headers(Walk(tmp_path, most_files=2))
    assert len(list(headers.records())) == 2
    assert any("the rest was not" in note for note in headers.notes())
