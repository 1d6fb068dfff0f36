"""The page docs/benchmarks.md, made of kept figures by scripts/generate.

The figures come from ``python -m tests.bench.kernels --json tests/bench/figures/kernels.json`` with ``--plots
docs/images/bench``, and ``python -m tests.bench.whole_export --size-mb 250 --json tests/bench/figures/exports.json``.
Those of the language are kept by the four modules that its table names, with ``--keep``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.inputs import KINDS
from tests.bench.kernels import met, ratio
from tests.bench.language_figures import kept as of_language
from tests.bench.plots import by, file_name

if TYPE_CHECKING:
    from collections.abc import Iterator

Figures = dict[str, Any]
FOLDER = Path(__file__).parent / "figures"
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
SHOWN_SIDES = (512, 2048)

HEAD = """\
<!-- Generated from measured figures by `scripts/generate`; do not edit. -->

# Benchmarks

How fast the measures under the rules are, beside the libraries that people use for the same work. Everything was
measured in one run on a machine with two cores: each kernel and its peer on the same input. A time is the shortest of
many repetitions. Before a kernel is timed, both results are compared.

*base* is what every installation has: NumPy. *fast* is the extra `guidelint[fast]`: the same loops, compiled. Runs,
counts and findings are the same with both; see `guidelint selftest`.

To measure on your machine, from a clone:

```text
pip install -e .[all] --group test --group peers
python -m tests.bench.kernels --quick
python -m tests.bench.whole_export --tasks 100
```

"""
EXPORTS = """\
## Whole exports

`python -m tests.bench.exports` writes Label Studio exports of any size: an organ painted with antialiased strokes,
lesions drawn as polygons, ellipses and strokes, turned boxes, points and answers, on images of 512² to 2048² pixels.
One annotation of ten has a seeded defect of one of eight kinds. The usual way is json.load, `decode_rle` of the Label
Studio SDK, scikit-image to draw and label, shapely for validity, and NumPy for overlaps of full-frame masks. Both find
exactly the seeded defects. Processor time, start-up left out; memory is the peak less what is held after start-up.

"""
LARGE = """
A large export of painted images of 2048 × 2048 pixels, beside json.load of the same file, which only reads it:

"""
KERNELS = """
## Kernels

"""


LANGUAGE = """\
## The language

What guidelines, and slips in them, are held to. Processor time in a process that has read a guideline before; the
first text with a mistake takes about 0.3 s more, in which the forms of all rules are made.

"""


UNMET = """
## Goals that are not met

A kernel is to be so many times as fast as its peer that it has no more than the *allowed* time. Where it takes longer,
a part of the work that cannot be left out was timed alone: *least*. These goals are dropped; why is told in
[decision 0006](decisions/0006-two-sets-of-kernels.md).

"""


def page(kernels: list[Figures], exports: list[Figures], language: dict[str, Figures]) -> str:
    """All of the page."""
    inputs = "".join(f"- *{name}*: {meaning}.\n" for name, meaning in KINDS.items())
    mixed = [figure for figure in exports if "ratio" in figure]
    large = [figure for figure in exports if "share" in figure]
    parts = [HEAD, EXPORTS, *_mixed(mixed), LARGE, *_large(large), KERNELS, inputs, "\n", *_kernels(kernels)]
    if unmet := list(_unmet(kernels)):
        head = ("kernel", "input", "image", "kernels", "allowed", "takes", "least", "what is least")
        parts += [UNMET, _line(*head), _line("---", "---", "--:", "---", "--:", "--:", "--:", "---"), *unmet]
    parts += ["\n", LANGUAGE, *_language(language), "\n"]
    return "".join(parts) + "\n".join(_pictures(kernels))


def _language(figures: dict[str, Figures]) -> Iterator[str]:
    slips, told, texts, large = (figures[what] for what in ("slips", "damaged", "strings", "guideline"))
    yield _line("held to", "reached", "command")
    yield _line("---", "---", "---")
    yield _line(
        "what was meant by a mistyped key, name or value is suggested first: 95 %",
        f"{slips['guidelines']:.1%} of {slips['number']:,}; {slips['labels']:.1%} of as many labels of deliveries",
        "`python -m tests.bench.slips`",
    )
    yield _line(
        "a damaged guideline is told within 200 ms, in 64 MB",
        f"{told['number']:,}: half within {duration(told['median_ms'])}, all within {duration(told['slowest_ms'])}; "
        f"at most {told['held_mb']:.0f} MB",
        "`python -m tests.bench.damaged --number 100000`",
    )
    yield _line(
        "`lint` of 50 classes adds at most twice what loading them takes",
        f"{large['lint_adds']:.2f} times; loaded in {duration(large['loaded_ms'])}, "
        f"with its plan in {duration(large['compiled_ms'])}",
        "`python -m tests.bench.guideline`",
    )
    yield _line(
        "any string as name, hint or definition is read back unchanged by Label Studio's SDK",
        f"{texts['number']:,}: {texts['changed']:,.0f} changed",
        "`python -m tests.bench.strings --number 100000`",
    )


def _mixed(figures: list[Figures]) -> Iterator[str]:
    yield _line("export", "checks", "kernels", "usual way", "guidelint", "times as fast", "memory")
    yield _line("---", "---", "---", "--:", "--:", "--:", "--:")
    for each in figures:
        name = f"{each['tasks']:,} tasks × 3 readers, {each['file_mb']:.0f} MB"
        cells = (name, each["checks"], each["kernels"], f"{each['usual_s']:.1f} s", f"{each['cpu_s']:.2f} s")
        yield _line(*cells, f"{each['ratio']:.0f}", f"{each['grown_mb']:.0f} MB")


def _large(figures: list[Figures]) -> Iterator[str]:
    yield _line("file", "checks", "kernels", "json.load", "guidelint", "share", "memory")
    yield _line("---", "---", "---", "--:", "--:", "--:", "--:")
    for each in figures:
        cells = (f"{each['file_mb']:,.0f} MB", each["checks"], each["kernels"], f"{each['json_load_s']:.1f} s")
        yield _line(*cells, f"{each['cpu_s']:.1f} s", f"{each['share']:.2f}", f"{each['grown_mb']:.0f} MB")


def _kernels(figures: list[Figures]) -> Iterator[str]:
    yield _line("kernel", "input", "image", "peer", "peer takes", "base", "fast", "goal")
    yield _line("---", "---", "--:", "---", "--:", "--:", "--:", "---")
    for rows in by(figures, "kernel").values():
        for row in sorted(
            (row for row in rows if row["side"] in SHOWN_SIDES), key=lambda row: (row["given"], row["side"])
        ):
            times = (f"{duration(row[f'{name}_ms'][0])}, {ratio(row, name):,.0f} ×" for name in ("base", "fast"))
            yield _line(
                row["kernel"],
                row["given"],
                f"{row['side']}²",
                row["peer"],
                duration(row["peer_ms"][0]),
                *times,
                _goal(row),
            )


def _unmet(figures: list[Figures]) -> Iterator[str]:
    for row in sorted(figures, key=lambda row: (row["kernel"], row["given"], row["side"])):
        for name in ("base", "fast"):
            if row["side"] in SHOWN_SIDES and met(row, name) is False and f"{name}_least_ms" in row:
                allowed = row["peer_ms"][0] / row["goal"][name]
                times = map(duration, (allowed, row[f"{name}_ms"][0], row[f"{name}_least_ms"]))
                yield _line(row["kernel"], row["given"], f"{row['side']}²", name, *times, row[f"{name}_least"])


def _goal(row: Figures) -> str:
    if row["goal"] is None:
        return ""
    words = {True: "met", False: "not met"}
    said = [f"{row['goal'][name]:,.0f} × {name}: {words[bool(met(row, name))]}" for name in ("base", "fast")]
    return "; ".join(said)


def _pictures(figures: list[Figures]) -> Iterator[str]:
    for kernel, rows in by(figures, "kernel").items():
        if len({row["side"] for row in rows}) > 1:
            title = kernel[0].upper() + kernel[1:]
            yield f"![{title}: time over image size](images/bench/{file_name(kernel)}.svg)\n"


def _line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |\n"


def duration(milliseconds: float) -> str:
    """A time with two digits and a unit that fits."""
    for factor, unit in ((1e-3, "s"), (1, "ms"), (1e3, "µs")):
        value = milliseconds * factor
        if value >= 1:
            return f"{value:.0f} {unit}" if value >= 10 else f"{value:.1f} {unit}"
    return f"{milliseconds * 1e6:.0f} ns"


def kept() -> tuple[list[Figures], list[Figures], dict[str, Figures]]:
    """The figures as they were measured."""
    kernels, exports = (json.loads((FOLDER / f"{name}.json").read_text()) for name in ("kernels", "exports"))
    return kernels, exports, of_language()
