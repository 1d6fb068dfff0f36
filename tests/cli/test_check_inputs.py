"""What is read: files, folders, patterns, standard input; each once, and never written over."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from time import process_time
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tests.cli.delivery_file import GUIDELINE, Json, region, run, task
from typer.testing import CliRunner

from guidelint.checking.input.inputs import inputs
from guidelint.cli.app import build_app
from guidelint.cli.render.format import IN_TEXT, Format

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

pytestmark = pytest.mark.many

OPEN = [task(1, region(closed=False))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A delivery of four files in two folders, with something else beside them."""
    top = tmp_path / "delivery"
    (top / "b").mkdir(parents=True)
    (top / "a.json").write_text(json.dumps([task(1, region())]))
    (top / "b" / "c.JSON.GZ").write_bytes(gzip.compress(json.dumps([task(2, region())]).encode()))
    (top / "b" / "d.jsonl").write_text(json.dumps(task(3, region())))
    (top / "e.json").write_text(json.dumps([task(4, region())]))
    (top / "picture.png").write_bytes(b"\x89PNG")
    (top / "._a.json").write_bytes(b"\0\5\x16\7")
    return top


def tasks_of(*arguments: str) -> list[str]:
    """Tasks in the order in which they were judged."""
    result = run("check", GUIDELINE, *arguments, "-f", "json")
    assert result.exit_code == 0, result.output
    return [record["subject"]["task"] for record in json.loads(result.stdout)["records"]]


def test_a_folder_is_searched_down_in_order(folder: Path) -> None:
    assert tasks_of(str(folder)) == ["1", "4", "2", "3"]


@pytest.mark.parametrize(
    ("pattern", "tasks"),
    [("*.json", ["1", "4"]), ("**/*.js*", ["1", "3", "4"]), ("b*", ["2", "3"]), ("[ab].json", ["1"])],
)
def test_a_quoted_pattern_is_expanded(pattern: str, tasks: list[str], folder: Path) -> None:
    assert tasks_of(str(folder / pattern)) == tasks


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("*.xml", "no file has a name like this"),
        ("empty", "the folder holds no file named *.json, *.json.gz, *.jsonl or *.jsonl.gz"),
        (
            "pictures",
            "the folder holds 1 file, which is not named *.json, *.json.gz, *.jsonl or *.jsonl.gz. Name a file",
        ),
    ],
)
def test_what_holds_nothing_to_read_is_a_usage_problem_and_the_rest_is_read(name: str, said: str, folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "pictures").mkdir()
    (folder / "pictures" / "a.png").write_bytes(b"")
    result = run("check", GUIDELINE, str(folder / name), str(folder / "a.json"), "-f", "concise")
    assert result.exit_code == 2
    assert f"{folder / name}: unreadable: {said}" in result.stdout
    assert "1 accepted" in result.stdout


def test_a_folder_is_searched_for_the_names_of_the_format_that_is_told(folder: Path) -> None:
    (folder / "b" / "job.XML").write_text("<annotations/>", encoding="utf-8")
    result = run("check", GUIDELINE, str(folder), "--from", "cvat", "-f", "json", "--allow-empty")
    assert json.loads(result.stdout)["statistics"]["files_by_format"] == {"cvat": 1}
    assert "5 files were left alone, not named *.xml or *.xml.gz: a.json, e.json, picture.png" in result.stderr


def test_standard_input_is_read(tmp_path: Path) -> None:
    for text in (json.dumps(OPEN).encode(), gzip.compress(json.dumps(OPEN).encode())):
        arguments = ["check", GUIDELINE, "-", "-f", "concise"]
        result = CliRunner().invoke(build_app(arguments), arguments, input=text)
        assert result.exit_code == 1
        assert result.stdout.startswith("standard input: task 1, annotation 11, annotator 101: error closed-outline")
    assert not list(tmp_path.iterdir())


def test_nothing_on_standard_input_is_said() -> None:
    arguments = ["check", GUIDELINE, "-", "-f", "concise"]
    result = CliRunner().invoke(build_app(arguments), arguments, input=b"")
    assert result.exit_code == 2
    assert result.stdout.startswith("standard input: unreadable: it is empty")


def test_a_file_given_twice_is_told_and_read_once(folder: Path) -> None:
    link, hard = folder.parent / "link.json", folder.parent / "hard.json"
    link.symlink_to(folder / "a.json")
    hard.hardlink_to(folder / "a.json")
    names = [str(folder / "a.json"), str(folder / "b" / ".." / "a.json"), str(link), str(hard)]
    result = run("check", GUIDELINE, *names, "-f", "concise")
    assert result.stderr == "".join(f"guidelint: {name} is given twice, and read once\n" for name in names[1:])
    assert "1 accepted" in result.stdout


def check(*arguments: str) -> Result:
    """Check, one line for each finding."""
    return run("check", GUIDELINE, *arguments, "-f", "concise")


def test_what_a_folder_holds_besides_is_told(folder: Path) -> None:
    result = check(str(folder))
    assert result.exit_code == 0
    assert f"{folder}: 1 file was left alone, not named *.json, *.json.gz" in result.stderr
    assert "*.jsonl or *.jsonl.gz: picture.png\n" in result.stderr


@pytest.mark.parametrize("pattern", ["", "**", "**/*.json"])
def test_a_folder_that_a_link_leads_to_is_read_once_and_a_loop_ends(pattern: str, folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "f.json").write_text(json.dumps([task(5, region())]))
    for name, target in (("linked", elsewhere), ("linked again", elsewhere), ("loop", folder), ("up", folder.parent)):
        (folder / "b" / name).symlink_to(target, target_is_directory=True)
    given = folder / pattern if pattern else folder
    told = check(str(given))
    assert told.stdout.count("/f.json: unreadable") == 0
    assert told.stderr.count("given twice") <= 4
    document = json.loads(run("check", GUIDELINE, str(given), "-f", "json").stdout)
    judged = sorted(record["subject"]["task"] for record in document["records"] if record["type"] == "verdict")
    assert judged == [task for task in "12345" if pattern != "**/*.json" or task in "145"]


def test_a_folder_that_cannot_be_looked_into_is_a_usage_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def scandir(path: str) -> object:
        if os.path.basename(path) == "b":  # noqa: PTH119 - as os.walk gives it
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    result = check(str(folder))
    assert result.exit_code == 2
    assert f"{folder / 'b'}: unreadable: the folder cannot be read: permission denied" in result.stdout
    assert "2 accepted" in result.stdout


@pytest.mark.timeout(60)
@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes in a folder")
@pytest.mark.parametrize("pattern", ["", "*.json"])
def test_nobody_waits_for_a_pipe_that_was_found(pattern: str, folder: Path) -> None:
    os.mkfifo(folder / "p.json")
    result = check(str(folder / pattern) if pattern else str(folder))
    assert result.exit_code == 2
    assert "p.json: unreadable: it is a pipe or a device, not a file. Name it by itself" in result.stdout
    assert "accepted" in result.stdout


def test_a_variable_that_is_empty_is_no_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    result = check("")
    assert result.exit_code == 2
    assert "a file without a name: unreadable: nothing is named: a variable of the shell may be empty" in result.stdout
    assert "accepted" not in result.stdout


def overwriting(folder: Path) -> list[tuple[str, str, Path]]:
    """Guideline, what is read, and an output that is one of them under another name."""
    link, hard = folder.parent / "link", folder.parent / "hard"
    link.symlink_to(folder / "a.json")
    hard.hardlink_to(folder / "e.json")
    guideline = folder.parent / "guideline.yaml"
    with open(GUIDELINE, "rb") as file:  # noqa: PTH123 - a name, not a path
        guideline.write_bytes(file.read())
    mine, whole = str(guideline), str(folder)
    return [
        (mine, str(folder / "a.json"), folder / "a.json"),
        (mine, whole, folder / "b" / ".." / "e.json"),
        (mine, whole, link),
        (mine, whole, hard),
        (mine, whole, guideline),
    ]


def test_what_is_read_is_never_written_over(folder: Path) -> None:
    for guideline, read, output in overwriting(folder):
        before = output.read_bytes()
        result = run("check", guideline, read, "-o", str(output))
        assert result.exit_code == 2
        assert "is read in this run" in result.stderr
        assert result.stdout == ""
        assert output.read_bytes() == before


@pytest.mark.many
@pytest.mark.timeout(600)
@pytest.mark.skipif(os.name == "nt", reason="a process is killed as POSIX does")
@pytest.mark.parametrize(
    ("name", "to_file"),
    [*((name, True) for name in IN_TEXT if name != Format.TABLE), (Format.CONCISE, False), (Format.JSONL, False)],
)
def test_a_run_that_is_killed_leaves_what_it_found(name: Format, to_file: bool, tmp_path: Path) -> None:  # noqa: FBT001
    out = tmp_path / "out"
    command = [sys.executable, "-m", "guidelint.cli", "check", GUIDELINE, "-", "-f", name]
    command += ["-o", str(out)] if to_file else []
    with out.open("wb") as pipe:
        process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=pipe, stderr=subprocess.DEVNULL
        )
    assert process.stdin
    process.stdin.write(b"[" + json.dumps(OPEN[0]).encode() + b",")
    process.stdin.flush()
    while "closed-outline" not in written_after_the_head(out, name):
        assert process.poll() is None, "it ended by itself"
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    assert "open by 10 mm" in written_after_the_head(out, name)


def written_after_the_head(out: Path, name: Format) -> str:
    """What a format wrote of records; SARIF describes all rules before them."""
    text = out.read_text("utf-8")
    return text.partition('"results": [')[2] if name == Format.SARIF else text


def test_junit_in_a_file_is_what_it_is_on_the_screen(tmp_path: Path) -> None:
    export, out = tmp_path / "export.json", tmp_path / "out.xml"
    export.write_text(json.dumps([*OPEN, task(2, region()), task(3, 7)]))
    shown = run("check", GUIDELINE, str(export), "-f", "junit").stdout
    run("check", GUIDELINE, str(export), "-f", "junit", "-o", str(out))
    assert ET.canonicalize(out.read_text("utf-8")) == ET.canonicalize(shown)


def test_records_that_are_not_in_utf_8_are_told_once_and_all_counted(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    foreign: list[Json] = [task(number, region(), data={"note": "ä"}) for number in (2, 3, 4)]
    text = json.dumps([task(1, region()), *foreign], ensure_ascii=False)
    path.write_bytes(text.encode("latin-1"))
    result = run("check", GUIDELINE, str(path), "-f", "concise")
    assert result.exit_code == 1
    assert result.stdout.count("UTF-8:") == 1
    assert "Unreadable    3\n" in result.stdout
    assert "Tasks         1 annotated\n" in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names no pipe like a file")
def test_pipes_devices_and_links_without_end_in_a_folder_are_told_and_not_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe.json")
    (folder / "zeros.json").symlink_to("/dev/zero")
    (folder / "itself.json").symlink_to("itself.json")
    for named in (str(folder), str(folder / "*.json"), str(folder / "**" / "*.json")):
        result = run("check", GUIDELINE, named, "-f", "concise")
        assert result.exit_code == 2
        for name in ("pipe.json", "zeros.json"):
            assert f"{folder / name}: unreadable: it is a pipe or a device, not a file" in result.stdout
        assert f"{folder / 'itself.json'}: unreadable: it cannot be read: " in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="only administrators may lay links on Windows")
def test_folders_that_lead_into_themselves_are_searched_once(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    for name in ("x", "y", "z"):
        (inner / name).symlink_to(tmp_path, target_is_directory=True)
    (inner / "e.json").touch()
    (inner / ".hidden.json").touch()
    found = [source.name for source in inputs([str(tmp_path / "**" / "**" / "b" / "**" / "*.json")]).sources]
    assert found == [str(inner / "e.json")]
    assert [source.path for source in inputs([str(tmp_path / "**")]).sources if source.path] == [inner / "e.json"]


def test_many_folders_in_a_pattern_take_no_longer_than_one(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a"] * 40)
    deep.mkdir(parents=True)
    (deep / "e.json").touch()
    pattern = "/".join([str(tmp_path), *["**", "a"] * 15, "**", "*.json"])
    began = process_time()
    assert len(inputs([pattern]).sources) == 1
    assert process_time() - began < 30  # processor time; tried one by one it takes years


def test_the_output_is_never_the_configuration_or_the_token(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "guidelint.toml").write_text("[check]\nquiet = true\n")
    (tmp_path / "token").write_text("secret")
    for name in ("guidelint.toml", "token"):
        more = ("--token-file", str(tmp_path / "token"), "--output", str(tmp_path / name))
        result = run("check", GUIDELINE, str(folder / "a.json"), *more)
        assert result.exit_code == 2
        assert "must not be written over" in result.stderr
    assert (tmp_path / "token").read_text() == "secret"


@pytest.mark.parametrize(
    ("packed", "status", "said"),
    [
        (
            gzip.compress(gzip.compress(json.dumps(OPEN).encode(), mtime=0), mtime=0),
            2,
            "it is compressed with gzip twice, not a JSON",
        ),
        (
            gzip.compress(b"[" + b" " * 600 + b"]", mtime=0) + b"more",
            1,
            "was cut off: what follows is not compressed as gzip",
        ),
        (gzip.compress(json.dumps(OPEN).encode(), mtime=0)[:-9], 1, "was cut off: its end is missing. Export it again"),
    ],
)
def test_a_packed_file_that_is_not_whole_says_why_in_plain_words(
    packed: bytes, status: int, said: str, tmp_path: Path
) -> None:
    (tmp_path / "e.json.gz").write_bytes(packed)
    result = check(str(tmp_path / "e.json.gz"))
    assert (result.exit_code, said in result.stdout) == (status, True)
    assert "Error -3" not in result.stdout
