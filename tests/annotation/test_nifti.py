"""Label volumes in NIfTI: slices, values, places in the patient, and what cannot be read."""

from __future__ import annotations

import gzip
import importlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt
import pytest
from tests.cli.delivery_file import run

from guidelint.annotation.decoding.decoder import Opened, TaskRecord, UnreadRecord
from guidelint.annotation.decoding.files.blocks import Blocks
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.files.source import Source
from guidelint.annotation.decoding.formats.nifti import header
from guidelint.annotation.decoding.formats.nifti.decoder import DECODER
from guidelint.annotation.decoding.legends.legend import Legend
from guidelint.annotation.decoding.parts.budget import Budget
from guidelint.annotation.submission import Submission
from guidelint.annotation.vocabulary import ClassEntry, Vocabulary
from guidelint.checking.input.formats import decoder_of
from guidelint.imaging.position import along_normal_mm
from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from guidelint.annotation.decoding.decoder import Decoded

Values = npt.NDArray[Any]
nib: Any = importlib.import_module("nibabel")
VOCABULARY = Vocabulary(classes={"lesion": ClassEntry(title="Lesion", tools=("brush",), labels=("Tumour",))})
LEGEND = Legend("labels.txt", {1: "Tumour", 2: "Organ"})
AXIAL = np.array([[-0.5, 0, 0, 100.0], [0, 0.75, 0, -80.0], [0, 0, 3.0, 40.0], [0, 0, 0, 1]])
"""As dcm2niix writes an axial series: columns to the left, rows to the front, slices to the head."""


def labels() -> Values:
    """Paint two values on the second of three slices, and one on the third."""
    found = np.zeros((5, 4, 3), np.uint8)
    found[1:3, 0, 1], found[4, 3, 1], found[0, 0, 2] = 1, 2, 1
    return found


def nifti(values: Values, affine: Values = AXIAL, **header: object) -> bytes:
    image = nib.Nifti1Image(values, affine)
    for key, value in header.items():
        image.header[key] = value
    raw: bytes = image.to_bytes()
    return raw


def decoded(raw: bytes, legend: Legend = LEGEND, name: str = "case01.nii.gz") -> list[Decoded]:
    blocks = Blocks(io.BufferedReader(io.BytesIO(raw)), lambda _: None)
    return list(DECODER.records(Opened(Source(name), blocks, VOCABULARY, legend=legend)))


def tasks(raw: bytes) -> list[TaskRecord]:
    return [one for one in decoded(raw) if isinstance(one, TaskRecord)]


def submissions(raw: bytes) -> list[Submission | PayloadError]:
    return [found for task in tasks(raw) for found in task.read()]


def first(raw: bytes) -> Submission:
    found = submissions(raw)[0]
    assert isinstance(found, Submission), found
    return found


def test_each_value_on_a_slice_is_a_region_and_one_object_over_slices() -> None:
    named = [(one.task, one.annotations) for one in tasks(nifti(labels()))]
    assert named == [("case01.nii.gz?slice=1", 0), ("case01.nii.gz?slice=2", 1), ("case01.nii.gz?slice=3", 1)]
    second, third = (cast("Submission", one) for one in submissions(nifti(labels())))
    assert [(one.class_name, one.labels, one.object_name, one.mask.area_px) for one in second.regions] == [
        ("lesion", ("Tumour",), "1", 2),
        (None, ("Organ",), "2", 1),
    ]
    assert [(one.object_name, one.mask.area_px) for one in third.regions] == [("1", 1)]


def test_places_are_those_that_dicom_tells() -> None:
    facts = first(nifti(labels())).image
    assert (facts.rows, facts.columns, facts.series_uid) == (4, 5, "case01.nii.gz")
    assert facts.spacing is not None
    assert (facts.spacing.row_mm, facts.spacing.column_mm) == (0.75, 0.5)
    place = facts.place
    assert place.orientation is not None
    assert (place.orientation.along_row, place.orientation.down_column) == ((1, 0, 0), (0, 1, 0))
    assert (place.position_mm, place.spacing_mm) == ((-100, 77.75, 43), 3)


def test_slices_are_shown_as_scanners_store_them() -> None:
    regions = first(nifti(labels())).regions
    assert [(one.mask.box and (one.mask.box.top, one.mask.box.left)) for one in regions] == [(3, 1), (0, 4)]


@pytest.mark.parametrize(
    ("codes", "across", "down"),
    [
        ("LPS", (1, 0, 0), (0, 1, 0)),
        ("RAS", (1, 0, 0), (0, 1, 0)),
        ("ASR", (0, 1, 0), (0, 0, -1)),
        ("SPL", (0, 1, 0), (0, 0, -1)),
        ("LIA", (1, 0, 0), (0, 0, -1)),
        ("IRP", (1, 0, 0), (0, 0, -1)),
    ],
)
def test_whichever_way_the_axes_run_a_voxel_lies_where_it_lies(
    codes: str, across: tuple[int, ...], down: tuple[int, ...]
) -> None:
    ornt = nib.orientations.ornt_transform(nib.orientations.axcodes2ornt("LPS"), nib.orientations.axcodes2ornt(codes))
    values = np.zeros((6, 5, 4), np.uint8)
    values[1, 2, 3] = 1
    turned = nib.orientations.apply_orientation(values, ornt)
    affine = np.diag([-2.0, -3.0, 4.0, 1.0]) @ nib.orientations.inv_ornt_aff(ornt, values.shape)
    (region,), image = first(nifti(turned, affine)).regions, first(nifti(turned, affine)).image
    place, box, spacing = image.place, region.mask.box, image.spacing
    assert place.orientation
    assert place.position_mm
    assert box
    assert spacing
    assert (place.orientation.along_row, place.orientation.down_column) == (across, down)
    steps = np.array(across) * box.left * spacing.column_mm + np.array(down) * box.top * spacing.row_mm
    assert (np.array(place.position_mm) + steps).tolist() == [2, 6, 12]


def test_oblique_slices_lie_along_their_normal() -> None:
    turn = np.deg2rad(20)
    tilted = np.array([[-1, 0, 0], [0, np.cos(turn), -np.sin(turn)], [0, np.sin(turn), np.cos(turn)]])
    affine = np.eye(4)
    affine[:3, :3] = tilted * [0.5, 0.75, 3.0]
    places = [one.image.place for one in cast("list[Submission]", submissions(nifti(labels(), affine)))]
    assert abs(along_normal_mm(places[1]) - along_normal_mm(places[0])) == pytest.approx(3.0)
    assert places[0].spacing_mm == pytest.approx(3.0)


@pytest.mark.parametrize("kind", [np.int8, np.uint16, np.int32, np.int64, np.uint64, np.float32, np.float64, ">i2"])
@pytest.mark.parametrize("image", [nib.Nifti1Image, nib.Nifti2Image])
def test_voxels_of_every_kind_are_those_that_nibabel_reads(kind: str | type[Any], image: Any) -> None:
    values = labels().astype(kind)
    raw = image(values, AXIAL, dtype=values.dtype).to_bytes()
    oracle = np.asarray(
        nib.Nifti2Image.from_bytes(raw).dataobj if image is nib.Nifti2Image else image.from_bytes(raw).dataobj
    )
    found = first(raw).regions
    assert [one.mask.area_px for one in found] == [int((oracle[:, :, 1] == value).sum()) for value in (1, 2)]
    assert [one.mask.area_px for one in first(gzip.compress(raw)).regions] == [2, 1]


def scaled(values: Values, slope: float, intercept: float) -> bytes:
    raw = bytearray(nifti(values))
    raw[112:120] = np.array([slope, intercept], "<f4").tobytes()
    return bytes(raw)


def test_scaled_numbers_are_labels_where_they_are_whole() -> None:
    whole = first(scaled(labels() * 127, 1 / 127, 0))
    assert [one.labels for one in whole.regions] == [("Tumour",), ("Organ",)]
    moved = submissions(scaled(labels(), 1, 1))
    assert [[one.labels for one in cast("Submission", found).regions] for found in moved] == [
        [("Tumour",)],
        [("Tumour",), ("Organ",)],
        [("Tumour",), ("Organ",)],
    ]
    assert len(submissions(scaled(labels(), 0, 7))) == 2, "a slope of 0 means no scaling"
    assert len(submissions(scaled(labels(), np.nan, 7))) == 2


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (0.37, "1 voxel of it are no whole numbers, such as 0.37: a map of probabilities is no mask"),
        (np.nan, "1 voxel of it are no number (NaN, or without end)"),
        (np.inf, "1 voxel of it are no number"),
        (1e300, "it holds numbers that are too large for labels"),
    ],
)
def test_what_is_no_label_costs_its_slice(value: float, reason: str) -> None:
    values = labels().astype(np.float64)
    values[2, 2, 1] = value
    broken, whole = submissions(nifti(values))
    assert isinstance(broken, PayloadError)
    assert str(broken).startswith(reason)
    assert isinstance(whole, Submission)


def test_a_value_that_the_legend_does_not_name_is_told() -> None:
    (found,) = (one.unreadable_items for one in submissions(nifti(labels() // 2 * 7)) if isinstance(one, Submission))
    assert [one.reason for one in found] == ["the value 7 is not in the legend labels.txt: 1 pixel"]


def test_lengths_are_in_the_unit_that_is_stated() -> None:
    for unit, factor in ((0, 1.0), (2, 1.0), (1, 1000.0), (3, 0.001)):
        facts = first(nifti(labels(), xyzt_units=unit)).image
        assert facts.spacing is not None
        assert facts.spacing.row_mm == pytest.approx(0.75 * factor)
    unknown = first(nifti(labels(), xyzt_units=5))
    assert unknown.image.spacing is None
    assert unknown.unread_facts[0].name == "the unit of its lengths"


def test_without_a_place_the_size_of_voxels_is_known() -> None:
    facts = first(changed(252, 0, 0)).image
    assert facts.spacing is not None
    assert (facts.spacing.row_mm, facts.spacing.column_mm, facts.place.position_mm) == (0.75, 0.5, None)


def two_places(codes: tuple[int, int], moved_mm: float) -> Submission:
    image = nib.Nifti1Image(labels(), AXIAL)
    other = AXIAL.copy()
    other[0, 3] += moved_mm
    image.set_qform(AXIAL, code=codes[0])
    image.set_sform(other, code=codes[1])
    return first(image.to_bytes())


def test_two_places_that_differ_are_told_and_neither_is_taken() -> None:
    found = two_places((1, 1), 5)
    assert found.image.place.position_mm is None
    assert [(one.name, one.reason) for one in found.unread_facts] == [
        ("the position of the volume", "its sform and its qform tell two that are 5.00 apart. Write one of them anew")
    ]
    assert found.image.spacing is not None


def test_two_places_that_tell_two_sizes_tell_none() -> None:
    image = nib.Nifti1Image(labels(), AXIAL)
    image.set_qform(AXIAL, code=1)
    image.set_sform(AXIAL @ np.diag([1.5, 1.5, 1, 1]), code=1)
    found = first(image.to_bytes())
    assert found.image.spacing is None
    assert [one.name for one in found.unread_facts] == ["the position of the volume", "the size of its voxels"]


def test_of_two_places_that_differ_the_one_in_the_scanner_is_taken() -> None:
    for codes, x_mm in (((1, 4), -100.0), ((4, 1), -105.0)):
        found = two_places(codes, 5)
        assert found.unread_facts == ()
        assert found.image.place.position_mm is not None
        assert found.image.place.position_mm[0] == x_mm
    assert two_places((1, 1), 0.001).image.place.position_mm is not None


def test_sizes_that_contradict_places_are_told_and_not_taken() -> None:
    raw = bytearray(nifti(labels(), qform_code=0, sform_code=1))
    raw[80:84] = np.array([0.25], "<f4").tobytes()
    found = first(bytes(raw))
    assert found.image.spacing is None
    assert found.unread_facts[0].reason == (
        "pixdim says 0.25 × 0.75 × 3 mm, and the places of its voxels 0.5 × 0.75 × 3 mm. Write the header anew"
    )


@pytest.mark.parametrize("size", [0.0, np.nan, -1.0])
def test_sizes_that_are_none_are_told(size: float) -> None:
    raw = bytearray(changed(252, 0, 0))
    raw[80:84] = np.array([size], "<f4").tobytes()
    found = first(bytes(raw))
    assert found.image.spacing is None
    assert "PixelSpacing" in found.image.unreadable


def test_a_sheared_volume_has_no_spacing() -> None:
    sheared = AXIAL.copy()
    sheared[0, 1] = 0.2
    found = first(nifti(labels(), sheared, qform_code=0, pixdim=[1, 0.5, np.hypot(0.75, 0.2), 3, 1, 1, 1, 1]))
    assert found.image.spacing is None
    assert "right angles" in found.unread_facts[0].reason


def test_directions_that_are_none_are_told() -> None:
    raw = bytearray(nifti(labels(), qform_code=0, sform_code=1))
    raw[280:328] = bytes(48)
    assert first(bytes(raw)).unread_facts[0].reason == "its directions are none"


def changed(at: int, *numbers: float, kind: str = "<i2") -> bytes:
    raw = bytearray(nifti(labels()))
    told = np.array(numbers, kind).tobytes()
    raw[at : at + len(told)] = told
    return bytes(raw)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (changed(40, 0), "its header states no size of the volume"),
        (changed(40, 3, -5, 4, 3), "its header states no size of the volume"),
        (changed(40, 4, 5, 4, 3, 2), "it holds several volumes (5 × 4 × 3 × 2 voxels)"),
        (changed(40, 3, 30_000, 30_000, 3), "it claims 30,000 × 30,000 × 3 voxels, of which one slice is more"),
        (changed(40, 3, 2, 2, 30_000), "it claims 2 × 2 × 30,000 voxels; more than 2,000 slices are not read"),
        (changed(40, 3, 2000, 2000, 2000), "it claims 2,000 × 2,000 × 2,000 voxels, more than the 256 MiB"),
        (changed(70, 128), "its voxels are no plain numbers (datatype 128)"),
        (changed(70, 32), "its voxels are no plain numbers (datatype 32)"),
        (changed(70, 7), "its voxels are of a kind that nobody knows (datatype 7)"),
        (changed(108, 100, kind="<f4"), "its header says that the voxels begin at byte 100, which cannot be"),
        (changed(108, np.nan, kind="<f4"), "its header says that the voxels begin at byte nan"),
        (changed(108, 1e12, kind="<f4"), "its header says that the voxels begin at byte 1e+12"),
        (changed(112, 2, np.inf, kind="<f4"), "its numbers are scaled by 2 and an intercept that is no number"),
        (nifti(labels()).replace(b"n+1\0", b"ni1\0"), "its voxels lie in a file beside it (.hdr, .img)"),
        (b"\x5c\1\0\0" + bytes(400), "it is no NIfTI"),
    ],
)
def test_headers_that_cannot_be_are_refused_before_a_voxel_is_read(raw: bytes, reason: str) -> None:
    with pytest.raises(FormatError) as told:
        decoded(raw)
    assert str(told.value).startswith(reason)


def unread(raw: bytes) -> str:
    (found,) = (one.reason for one in decoded(raw) if isinstance(one, UnreadRecord))
    return found


def test_a_volume_that_is_cut_off_is_told_and_what_is_there_is_judged() -> None:
    whole = nifti(labels())
    assert len(tasks(whole[:-1])) == 2
    assert unread(whole[:-1]) == ("from slice 3 of 3 on nothing was judged: the file ends in it, or was cut off")
    assert "the compressed file is damaged or was cut off" in unread(gzip.compress(whole)[:-12])


def test_what_stands_behind_the_last_slice_is_told() -> None:
    assert unread(nifti(labels()) + b"\0").startswith("behind the last of 3 slices that its header states stands more")
    for packed in (gzip.compress(nifti(labels()))[:-8], gzip.compress(nifti(labels())) + b"x"):
        assert unread(packed).startswith("behind its last slice: the compressed file is damaged or was cut off")


def test_extensions_before_the_voxels_are_passed_over() -> None:
    image = nib.Nifti1Image(labels(), AXIAL)
    image.header.extensions.append(nib.nifti1.Nifti1Extension("comment", b"a" * 300_000))
    assert [one.mask.area_px for one in first(image.to_bytes()).regions] == [2, 1]


def test_more_than_is_judged_of_a_file_of_its_size_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def small(_: int) -> Budget:
        return Budget(regions=4)

    monkeypatch.setattr(Budget, "of_bytes", small)
    found = decoded_in_turn(nifti(np.ones((5, 4, 3), np.uint8)))
    assert [type(one).__name__ for one in found] == ["Submission", "PayloadError", "UnreadRecord"]


def test_a_small_file_of_many_organs_is_read_as_a_whole() -> None:
    organs = np.kron(np.arange(1, 37, dtype=np.uint8).reshape(6, 6, 1), np.ones((4, 4, 100), np.uint8))
    legend = Legend("legend.json", dict.fromkeys(range(1, 37), "Lesion"))
    blocks = Blocks(io.BufferedReader(io.BytesIO(gzip.compress(nifti(organs)))), lambda _: None)
    tasks = DECODER.records(Opened(Source("a.nii.gz"), blocks, VOCABULARY, legend=legend))
    found = [one for task in tasks if isinstance(task, TaskRecord) for one in task.read()]
    assert [len(one.regions) for one in found if isinstance(one, Submission)] == [36] * 100


def decoded_in_turn(raw: bytes) -> list[object]:
    """Read each task before the next, as a run does."""
    blocks = Blocks(io.BufferedReader(io.BytesIO(raw)), lambda _: None)
    found: list[object] = []
    for one in DECODER.records(Opened(Source("a.nii"), blocks, VOCABULARY, legend=LEGEND)):
        found += list(one.read()) if isinstance(one, TaskRecord) else [one]
    return found


def test_a_flat_image_is_a_volume_of_one_slice() -> None:
    assert [one.task for one in tasks(nifti(labels()[:, :, 1]))] == ["case01.nii.gz?slice=1"]


def test_without_nibabel_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise ModuleNotFoundError

    monkeypatch.setattr("guidelint.annotation.decoding.formats.nifti.decoder.volume", missing)
    with pytest.raises(FormatError, match=r"pip install 'guidelint\[nifti\]'"):
        decoded(nifti(labels()))


def test_a_volume_is_told_by_its_beginning() -> None:
    assert decoder_of(nifti(labels())[:512]).name == "nifti"
    assert decoder_of(nib.Nifti2Image(labels(), AXIAL).to_bytes()[:544]).name == "nifti"
    assert header.version_of(nib.Nifti1Image(labels().astype(">i2"), AXIAL).to_bytes()) == 1
    assert header.version_of(b"\x5c\1\0\0") == 0


GUIDELINE = """\
delivery: {formats: nifti}
"""


def test_a_folder_of_volumes_is_judged_in_mm_over_slices(tmp_path: Path) -> None:
    text = with_part(GUIDELINE).replace(
        "draw: polygon", "draw: brush, rules: {area-limits: {min_mm2: 0.5}, diameter-limits: {longest_min_mm: 1.2}}"
    )
    (tmp_path / "guideline.yaml").write_text(text, encoding="utf-8")
    folder = tmp_path / "reader-a"
    folder.mkdir()
    (folder / "dataset.json").write_text('{"labels": {"background": 0, "Lesion": 1, "Node": 2}}', encoding="utf-8")
    (folder / "case01.nii.gz").write_bytes(gzip.compress(nifti(np.minimum(labels(), 1))))
    told = run("check", str(tmp_path / "guideline.yaml"), str(folder), "--from", "nifti", "-f", "concise")
    assert "task case01.nii.gz?slice=3" in told.stdout, told.output
    assert "the area is 0.4 mm², below the limit of 0.5 mm²" in told.stdout
    assert "left alone" not in told.stderr
    assert "not annotated" in told.stdout


def test_facts_beside_a_volume_are_those_of_all_its_slices(tmp_path: Path) -> None:
    (tmp_path / "guideline.yaml").write_text(
        with_part(GUIDELINE).replace("draw: polygon", "draw: brush"), encoding="utf-8"
    )
    (tmp_path / "legend.csv").write_text("value,label\n1-2,Lesion\n", encoding="utf-8")
    (tmp_path / "case01.nii").write_bytes(nifti(labels()))
    (tmp_path / "facts.csv").write_text("image,PatientID,SeriesInstanceUID\ncase01,P-1,1.2.3\n", encoding="utf-8")
    told = run(
        "check", str(tmp_path / "guideline.yaml"), str(tmp_path / "case01.nii"), "--facts", str(tmp_path / "facts.csv")
    )
    assert "2 accepted" in told.stdout, told.output
    assert "facts.csv tells of 3 of 3 images" in told.stdout


REAL = (
    "anatomical.nii",
    "reoriented_anat_moved.nii",
    "resampled_anat_moved.nii",
    "standard.nii.gz",
    "example4d.nii.gz",
)
"""Volumes of scanners and of programs, oblique and turned, that nibabel is tested with."""


@pytest.mark.parametrize("name", REAL)
def test_real_volumes_lie_where_nibabel_places_them(name: str) -> None:
    folder = Path(str(nib.__file__)).parent / "tests" / "data"
    if not (folder / name).exists():
        pytest.skip("this nibabel came without its data")
    image = nib.load(folder / name)
    values = np.asarray(image.dataobj).reshape(*image.shape[:3], -1)[..., 0]
    marked = (values >= np.nanpercentile(values, 90)).astype(np.uint8)
    found = [one for one in submissions(nifti(marked, image.affine)) if isinstance(one, Submission)]
    assert sum(region.mask.area_px for one in found for region in one.regions) == marked.sum()
    middle = image.affine @ [*np.argwhere(marked).mean(axis=0), 1]
    places = np.concatenate([in_patient(one) for one in found])
    assert places.mean(axis=0) == pytest.approx([-middle[0], -middle[1], middle[2]], abs=1e-3)


def in_patient(one: Submission) -> Values:
    """Give the place of every pixel of the only region of a slice, as DICOM tells it."""
    (region,), place, spacing = one.regions, one.image.place, one.image.spacing
    assert place.position_mm
    assert place.orientation
    assert spacing
    flat = np.concatenate([np.arange(*run) for run in zip(region.mask.starts, region.mask.stops, strict=True)])
    rows, columns = np.divmod(flat, region.image_shape[1])
    across = np.outer(columns * spacing.column_mm, place.orientation.along_row)
    down = np.outer(rows * spacing.row_mm, place.orientation.down_column)
    found: Values = np.array(place.position_mm) + across + down
    return found


SEQUENCES = (Path(__file__).parents[1] / "data/four_sequences.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("grid", "decision", "because"),
    [
        ("one_grid: true", "1 accepted · 1 returned", "Region 1 Enhancing tumour on T1 after contrast: the area is 1"),
        ("one_grid: false", "2 returned", "this format does not say on which of them it is drawn"),
    ],
)
def test_a_volume_on_the_grid_of_all_sequences_counts_on_that_of_each_class(
    tmp_path: Path, grid: str, decision: str, because: str
) -> None:
    guideline = SEQUENCES.replace("one_grid: true", grid).replace("draw: polygon", "draw: brush")
    guideline = guideline.replace("relations:", "delivery: {formats: nifti}\nrelations:").replace(
        "inside: {child: enhancing-tumour, parent: oedema}", "separate: {pairs: [[enhancing-tumour, oedema]]}"
    )
    guideline = guideline.replace("on: t1c", "on: t1c\n    rules: {area-limits: {min_mm2: 2}}")
    (tmp_path / "guideline.yaml").write_text(guideline, "utf-8")
    (tmp_path / "legend.csv").write_text("value,label\n1,Enhancing tumour\n2,Oedema\n", "utf-8")
    values = np.zeros((8, 8, 2), np.uint8)
    values[2:6, 2:6, :] = 2
    values[3:5, 3:5, 0] = values[3, 3, 1] = 1
    (tmp_path / "case01.nii").write_bytes(nifti(values, np.diag([-1.0, -1.0, 2.0, 1.0])))
    told = run("check", str(tmp_path / "guideline.yaml"), str(tmp_path / "case01.nii"), "-f", "concise")
    assert decision in told.stdout, told.output
    assert because in told.stdout
