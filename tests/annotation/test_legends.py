"""Legends as tools write them, where they are looked for, and what is refused."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING

import pytest

from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.source import Source
from guidelint.annotation.decoding.legends.finding import legend_for
from guidelint.annotation.decoding.legends.legend import Legend, in_words
from guidelint.annotation.decoding.legends.place import mask_place
from guidelint.annotation.decoding.legends.reading import read_legend

if TYPE_CHECKING:
    from pathlib import Path

Told = tuple[dict[int, str], dict[int, str]]
RED, GREEN = 0xFF0000, 0x00FF00
SLICER = "# Color table file organs.ctbl\n# 3 values\n0 Background 0 0 0 0\n1 liver 255 0 0 255\n2 spleen 0 255 0 255\n"
FREESURFER = (
    "#No. Label Name:    R   G   B   A\n\n0   Unknown   0 0 0 0\n1   liver   255 0 0 0\n2   spleen   0 255 0 0\n"
)
SNAP = """\
################################################
# ITK-SnAP Label Description File
# File format:
# IDX   -R-  -G-  -B-  -A--  VIS MSH  LABEL
################################################
    0     0    0    0        0  0  0    "Clear Label"
    1   255    0    0        1  1  1    "liver"
    2     0  255    0        1  1  1    "spleen"
"""
BOTH = ({0: "", 1: "liver", 2: "spleen"}, {0: "", RED: "liver", GREEN: "spleen"})
VALUES: Told = ({1: "liver", 2: "spleen"}, {})
COLOURS: Told = ({}, {RED: "liver", GREEN: "spleen"})
READ = [
    ("a table", "value,label\n1,liver\n2,spleen\n", VALUES),
    ("a table of a spreadsheet", "\ufeffLabel;Value\r\nliver;1\r\nspleen;2\r\n", VALUES),
    ("a table by BIDS", "index\tname\tcolor\n1\tliver\t#ff0000\n2\tspleen\t#00FF00\n", (VALUES[0], COLOURS[1])),
    (
        "a table by Slicer",
        "LabelValue,Name,Color_R,Color_G,Color_B\n1,liver,255,0,0\n2,spleen,0,255,0\n",
        (VALUES[0], COLOURS[1]),
    ),
    ("a table of colours", "color,label\n#ff0000,liver\n#00ff00,spleen\n", COLOURS),
    (
        "a table of ranges",
        "value,label\n1,liver\n2-4,spleen\n",
        ({1: "liver", 2: "spleen", 3: "spleen", 4: "spleen"}, {}),
    ),
    (
        "nnU-Net",
        json.dumps({"labels": {"background": 0, "liver": 1, "spleen": 2}, "numTraining": 9}),
        ({0: "", **VALUES[0]}, {}),
    ),
    (
        "the decathlon",
        json.dumps({"labels": {"0": "background", "1": "liver", "2": "spleen"}}),
        ({0: "", **VALUES[0]}, {}),
    ),
    ("nothing but labels", json.dumps({"liver": "#ff0000", "spleen": "0, 255, 0"}), COLOURS),
    ("CVAT", "# label:color_rgb:parts:actions\nbackground:0,0,0::\nliver:255,0,0::\nspleen:0,255,0::\n", ({}, BOTH[1])),
    ("ITK-SNAP", SNAP, BOTH),
    ("3D Slicer", SLICER, BOTH),
    ("FreeSurfer", FREESURFER, BOTH),
]


def legend(folder: Path, text: str, name: str = "legend.txt") -> Legend:
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return read_legend(folder / name)


@pytest.mark.parametrize(("text", "told"), [one[1:] for one in READ], ids=[one[0] for one in READ])
def test_legends_are_read_as_tools_write_them(text: str, told: tuple[object, object], tmp_path: Path) -> None:
    found = legend(tmp_path, text)
    assert (found.values, found.colours, found.name) == (*told, "legend.txt")


def test_0_and_black_are_the_background_unless_another_value_is(tmp_path: Path) -> None:
    found = legend(tmp_path, "value,label\n1,liver\n")
    assert (found.of_value(0), found.of_value(1), found.of_value(2)) == ("", "liver", None)
    inverted = legend(tmp_path, "value,label\n1,liver\n255,Background\n")
    assert (inverted.of_value(0), inverted.of_value(255)) == (None, "")
    named = legend(tmp_path, "value,label\n0,liver\n255,background\n")
    assert named.of_value(0) == "liver"
    assert legend(tmp_path, "color,label\n#ff0000,liver\n").of_colour(0) == ""


def test_a_colour_of_two_labels_means_nothing_where_values_tell_them_apart(tmp_path: Path) -> None:
    found = legend(tmp_path, "1 liver 255 0 0 255\n2 spleen 255 0 0 255\n3 kidney 0 0 9 255\n")
    assert (found.values, found.colours) == ({1: "liver", 2: "spleen", 3: "kidney"}, {9: "kidney"})


def test_json_may_say_who_painted(tmp_path: Path) -> None:
    assert legend(tmp_path, json.dumps({"labels": {"liver": 1}, "annotator": " Dr. Ng "})).annotator == "Dr. Ng"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ("value,label\n1,liver\n1,spleen\n", "the value 1 has two labels, liver and spleen"),
        ("color,label\n#ff0000,liver\n255 0 0,background\n", "the colour 255,0,0 has two labels, liver and background"),
        ("value,label\n1.5,liver\n", "its value '1.5' is no whole number"),
        ("value,label\n1,\n", "the value 1 has no label"),
        ("value,label\n0,background\n", "it names no value and no colour of anything but the background"),
        ("value,meaning\n1,liver\n", "its first line names no column label beside a column value or color"),
        ("liver:255,0,0::\nspleen\n", "its line 'spleen' is not like the first"),
        ("liver:300,0,0::\n", "its colour '300,0,0' is not like #ff0000, nor three numbers up to 255"),
        ("value,label\n1-999999999,liver\n", "it names more than 65,536 values"),
        ('{"labels": ["liver"]}', "its labels are no object"),
        ('{"labels": {"whole tumour": [1, 2, 3]}}', "of 'whole tumour' and '[1, 2, 3]' neither is one value or colour"),
        ('{"labels": {"liver": true}}', "of 'liver' and 'True' neither is one value or colour"),
        ('{"labels": {"liver": 1, "liver": 2}}', "one of its keys stands twice"),
        ('{"labels": {"liver": 1}', "it is no valid JSON"),
        ('{"labels":' * 50_000, "it is no valid JSON"),
        ('{"labels": {"liver": 1' + "0" * 5000 + "}}", "it is no valid JSON"),
        (" " * 2**20 + "1", "it is larger than 1 MiB"),
    ],
)
def test_what_is_no_legend_is_refused_with_the_forms_there_are(text: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError) as told:
        legend(tmp_path, text)
    assert str(told.value).startswith(f"the legend legend.txt cannot be read: {reason}")
    assert "A legend is a table with the columns value (or color) and label" in str(told.value)


def test_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "legend.csv").write_bytes("value,label\n1,L\xe4sion\n".encode("latin-1"))
    with pytest.raises(FormatError, match="it is not in UTF-8"):
        read_legend(tmp_path / "legend.csv")
    with pytest.raises(FormatError, match=r"none\.csv cannot be read: no such file"):
        read_legend(tmp_path / "none.csv")


def source(path: Path | None) -> Source:
    return Source(str(path or "standard input"), path)


def test_the_nearest_legend_beside_or_above_a_mask_is_its_own(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    legend(tmp_path, "value,label\n1,liver\n", "legend.csv")
    assert legend_for(source(deep / "1.png")).of_value(1) == "liver"
    legend(tmp_path / "a", "spleen:1,1,1::\n", "labelmap.txt")
    assert legend_for(source(deep / "1.png")).name == "labelmap.txt"
    given = legend(tmp_path, "value,label\n1,kidney\n", "other.csv")
    assert legend_for(source(deep / "1.png"), given) is given


def test_a_mask_without_a_legend_is_refused_with_the_way_on(tmp_path: Path) -> None:
    for path in (tmp_path / "1.png", None):
        with pytest.raises(FormatError, match=r"no legend says what its values mean\. Give one with --legend FILE, or"):
            legend_for(source(path))


def test_of_two_legends_in_one_folder_nobody_knows_which_is_meant(tmp_path: Path) -> None:
    legend(tmp_path, "value,label\n1,liver\n", "legend.csv")
    legend(tmp_path, "liver:1,1,1::\n", "labelmap.txt")
    with pytest.raises(FormatError, match=r"legend\.csv and labelmap\.txt lie in one folder: say by --legend which"):
        legend_for(source(tmp_path / "1.png"))


def test_a_mask_is_of_the_image_at_its_place_below_the_legend_or_the_folder_that_was_named(tmp_path: Path) -> None:
    reader, path = tmp_path / "reader-a", tmp_path / "reader-a" / "train" / "1.png"
    beside = Legend("legend.csv", {1: "liver"}, folder=reader)
    given = Legend("legend.csv", {1: "liver"})
    assert mask_place(Source(str(path), path), beside) == ("train/1.png", "reader-a")
    assert mask_place(Source(str(path), path, below=reader), given) == ("train/1.png", "reader-a")
    assert mask_place(Source("train/1.png", path), given) == ("train/1.png", "train")
    assert mask_place(Source("standard input"), given) == ("standard input", None)
    named = Legend("legend.csv", {1: "liver"}, annotator="Dr. Ng")
    assert mask_place(Source(str(path), path, below=reader), named).annotator == "Dr. Ng"


def test_the_folders_of_cvat_are_no_part_of_an_image_and_objects_are_no_classes(tmp_path: Path) -> None:
    beside = Legend("labelmap.txt", {}, {1: "liver"}, folder=tmp_path)
    path = tmp_path / "SegmentationClass" / "train" / "1.png"
    assert mask_place(Source(str(path), path), beside).image == "train/1.png"
    path = tmp_path / "SegmentationObject" / "1.png"
    with pytest.raises(FormatError, match="in SegmentationObject a colour is an object and no label"):
        mask_place(Source(str(path), path), beside)


def test_a_colour_is_told_by_its_parts() -> None:
    assert in_words(0x0102FF) == "1,2,255"


def test_a_legend_goes_to_other_processes_as_it_is() -> None:
    told = Legend("legend.csv", {0: "", 1: "liver"}, {RED: "liver"}, "Dr. Ng")
    assert pickle.loads(pickle.dumps(told)) == told  # noqa: S301 - made here
