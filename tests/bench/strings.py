"""Arbitrary strings as names, hints and definitions: compiled to XML, and read back unchanged by Label Studio's SDK.

`python -m tests.bench.strings` tries 2,000, `--number 100000` as many; status 1 where one comes back as another. A
string that a guideline refuses with a reason is another's turn. Where the editor shows a text on one line, its blanks
are one space each; behind a dollar sign, and behind a word that the editor takes for a switch, stands a joiner that
is not seen.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from label_studio_sdk.label_interface.interface import LabelInterface
from tests.bench.language_figures import keep
from tests.language.mistakes import problems

from guidelint.labelstudio.config.label_config import label_config
from guidelint.labelstudio.config.marker import Marker
from guidelint.language.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator

CLASSES: Final = 40
OPTIONS: Final = 40
IN_ONE: Final = 2 * (CLASSES + OPTIONS)
"""Strings of one guideline."""
LONGEST: Final = 40
JOINER: Final = "\N{WORD JOINER}"
WORDS: Final = (
    *(
        "<",
        ">",
        "&",
        '"',
        "'",
        "&amp;",
        "&#36;",
        "&lt;b&gt;",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<?x?>",
        "%",
        "\\",
        "\\n",
    ),
    *(
        "$",
        "$image",
        "${image}",
        "{{image}}",
        "true",
        "false",
        "null",
        "~",
        "yes",
        "No",
        "1.10",
        "- ",
        ": ",
        "#",
        "|",
        "*a",
    ),
    *(
        "<script>alert(1)</script>",
        "<b>",
        "</View>",
        "javascript:",
        "`",
        "@",
        "!",
        "?",
        ",",
        "[",
        "]",
        "{",
        "}",
        "\t",
        "\n",
    ),
    *(
        "é",
        "e\u0301",
        "ß",
        "İ",
        "ﬁ",
        "肺",
        "結節",
        "ورم",
        "גוש",
        "узел",
        "🫁",
        "👩‍⚕️",
        "\u00a0",
        "\u2009",
        "\u200d",
        "≥",
        "µ",
        "²",
        "½",
    ),
    *("nodule", "Mass", "lesion", "edge", "3 mm", " ", " ", " ", "  "),
)
"""Marks of YAML, XML, HTML, Markdown and task data, letters of many scripts, and words."""
HEAD: Final = """\
guidelint: 1
guideline: strings
version: 1.0.0
title: Strings
summary: Any strings.
instructions: Mark all.
empty_reading: {means: Nothing there}
"""
MADE_FROM: Final = Marker("strings", "1.0.0", "0123456789abcdef" * 4)


@dataclass(frozen=True)
class Named:
    """What is shown of a class or an option."""

    title: str
    hint: str


def any_string(chance: random.Random) -> str:
    """A string of some words, marks, and letters from anywhere in the first two planes of Unicode."""
    parts = [
        chance.choice(WORDS)
        if chance.random() < 0.8
        else chr(chance.choice([chance.randrange(0x21, 0x2FFF), chance.randrange(0x10000, 0x1FFFF)]))
        for _ in range(chance.randint(1, 8))
    ]
    return "".join(parts)[:LONGEST]


def accepted(chance: random.Random) -> Iterator[str]:
    """Yield strings that a guideline takes as a title, no two that look the same."""
    seen = set[str]()
    while True:
        group = [text for text in (any_string(chance) for _ in range(IN_ONE)) if text.strip()]
        while group and (refused := _refused(group)):
            group = [text for at, text in enumerate(group) if at not in refused]
        for text in group:
            if (alike := " ".join(text.split()).casefold()) not in seen:
                seen.add(alike)
                yield text


def _refused(titles: list[str]) -> set[int]:
    """Tell which of some titles a guideline refuses, by their positions; one at least, where it refuses any."""
    above = HEAD.count("\n") + 2
    found = problems(guideline([Named(text, text) for text in titles], []))
    lines = {one.line - above for one in found if one.level == "error"}
    assert lines <= set(range(len(titles))), found
    return lines


def guideline(classes: list[Named], options: list[Named]) -> str:
    """A guideline with these titles and definitions, each class and option on a line of its own."""
    lines = [
        f"  c{at}: {{title: {_yaml(one.title)}, definition: {_yaml(one.hint)}, draw: polygon}}"
        for at, one in enumerate(classes)
    ]
    text = HEAD + "classes:\n" + "\n".join(lines) + "\n"
    if options:
        chosen = [
            f"      o{at}: {{title: {_yaml(one.title)}, definition: {_yaml(one.hint)}}}"
            for at, one in enumerate(options)
        ]
        text += "attributes:\n  kind:\n    title: Kind\n    of: image\n    choose_one:\n" + "\n".join(chosen) + "\n"
    return text


def _yaml(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    return written.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"})


def changed(classes: list[Named], options: list[Named]) -> Iterator[tuple[str, str]]:
    """Compile a guideline, and yield every string that the SDK reads as another, with what it reads."""
    xml = label_config(load(guideline(classes, options)), MADE_FROM)
    read = {key: tag for control in LabelInterface(xml).controls for key, tag in control.labels_attrs.items()}
    for letter, named in (("c", classes), ("o", options)):
        for at, one in enumerate(named):
            shown = read[f"{letter}{at}"].attr
            for text, back in ((one.title, shown["value"]), (one.hint, shown["hint"])):
                if back.replace(JOINER, "") != " ".join(text.split()).replace(JOINER, ""):
                    yield text, back


def all_changed(number: int, seed: int) -> Iterator[tuple[str, str]]:
    """Try so many strings, and yield those that come back as others."""
    strings = accepted(random.Random(seed))
    for _ in range(-(-number // IN_ONE)):
        classes, options = ([Named(next(strings), next(strings)) for _ in range(count)] for count in (CLASSES, OPTIONS))
        yield from changed(classes, options)


def main() -> int:
    """Compile, read back and count."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.strings", description=__doc__)
    parser.add_argument("--number", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep the figures for docs/benchmarks.md")
    asked = parser.parse_args()
    found = list(all_changed(asked.number, asked.seed))
    sys.stdout.writelines(f"{text!r} is read as {back!r}\n" for text, back in found)
    print(f"{asked.number:,} strings: {len(found):,} come back as others")
    if asked.keep:
        keep("strings", number=asked.number, changed=len(found))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
