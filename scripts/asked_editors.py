"""What yaml-language-server offers and explains in a guideline, and the table of docs/editors.md that tells it.

`scripts/editors [--check]` runs this. Each place is a guideline with a cursor, and what must be offered or said there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from guidelint.language.schema.as_text import FILE, MODELINE, guideline_schema_text
from guidelint.rules.catalogue import catalogue
from language_server import LanguageServer, NoServerError
from locks import ROOT

PACKAGE = "yaml-language-server@1.25.0"
PAGE = ROOT / "docs" / "editors.md"
CURSOR = "¦"
_MARKS = ("<!-- seen -->\n", "<!-- end -->\n")


@dataclass(frozen=True)
class Place:
    """A place in a guideline, what is asked there, and what must be seen."""

    where: str
    text: str
    wanted: tuple[str, ...]
    asks: Literal["completion", "hover"] = "completion"

    @property
    def line_and_character(self) -> dict[str, int]:
        """Where the cursor stands, with the modeline above."""
        before = (MODELINE + self.text).partition(CURSOR)[0]
        return {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}


PLACES = (
    Place("a key of the guideline", "guidelint: 1\n¦", ("guideline", "classes", "empty_reading", "escalation")),
    Place("a key of the images", "images:\n  ¦", ("modality", "pixel_spacing", "keys")),
    Place(
        "a key of a class", "classes:\n  nodule:\n    title: Nodule\n    ¦", ("definition", "draw", "border", "rules")
    ),
    Place("the value of `border`", "classes:\n  nodule:\n    border: ¦", ("inner", "outer")),
    Place("the value of `draw`", "classes:\n  nodule:\n    draw: ¦", ("polygon", "brush", "keypoint")),
    Place("a rule of a class", "classes:\n  nodule:\n    rules:\n      ¦", ("closed-outline", "diameter-limits")),
    Place(
        "a parameter of a rule",
        "classes:\n  nodule:\n    rules:\n      diameter-limits:\n        ¦",
        ("longest_min_mm", "short_axis_min_mm", "when", "level"),
    ),
    Place(
        "the level of a rule",
        "classes:\n  nodule:\n    rules:\n      single-piece:\n        level: ¦",
        ("error", "warning", "note"),
    ),
    Place(
        "a kind of answer",
        "attributes:\n  margin:\n    title: Margin\n    ¦",
        ("choose_one", "scale", "number", "text"),
    ),
    Place(
        "a condition",
        "classes:\n  nodule:\n    rules:\n      single-piece:\n        when:\n          ¦",
        ("answer", "size", "image", "marked", "any_of", "not"),
    ),
    Place(
        "a key of a route", "escalation:\n  routes:\n    senior:\n      ¦", ("who", "within_hours", "person", "hold")
    ),
    Place(
        "what is taken away of a class",
        "extends: blood-cells@1.0.0\nwithout:\n  classes:\n    platelet:\n      ¦",
        ("draw", "aliases", "rules"),
    ),
    Place("a rule on readers", "readers:\n  rules:\n    ¦", ("enough-readers", "overlap-agreement")),
    Place("over a part", "cla¦sses:\n  nodule:\n    title: Nodule\n", ("Classes by name.", "draw: polygon"), "hover"),
    Place(
        "over a key of a class",
        "classes:\n  nodule:\n    bor¦der: outer\n",
        ("Whether the outline itself belongs to the object", "`inner`", "outer"),
        "hover",
    ),
    Place(
        "over a rule",
        "classes:\n  nodule:\n    rules:\n      closed-¦outline:\n        max_gap_mm: 1\n",
        ("An outline is closed.", "max_gap_mm: 1"),
        "hover",
    ),
    Place(
        "over a parameter of a rule",
        "classes:\n  nodule:\n    rules:\n      closed-outline:\n        max_¦gap_mm: 1\n",
        ("Largest distance of the two ends of an open outline, in mm.",),
        "hover",
    ),
)


def asked(server: LanguageServer, folder: Path, place: Place) -> list[str]:
    """Open a guideline and ask at its cursor: what is offered, or the lines that are said."""
    document = {"uri": (folder / f"{PLACES.index(place)}.yaml").as_uri()}
    text = MODELINE + place.text.replace(CURSOR, "")
    server.tell("textDocument/didOpen", textDocument={**document, "languageId": "yaml", "version": 1, "text": text})
    said = server.ask(f"textDocument/{place.asks}", textDocument=document, position=place.line_and_character) or {}
    if place.asks == "hover":
        text = said.get("contents", {}).get("value", "")
        return [line for line in text.splitlines() if line and not line.startswith(("```", "Source:"))]
    items = said.get("items", []) if isinstance(said, dict) else said
    return [str(item["label"]) for item in items]


def seen(server: LanguageServer, folder: Path) -> str:
    """Ask at every place, and write a table of what was seen. Raises AssertionError where something is missing."""
    rows = ["| at | seen |", "|---|---|"]
    for place in PLACES:
        said = asked(server, folder, place)
        missing = [one for one in place.wanted if not any(one in line for line in said)]
        if missing:
            raise AssertionError(f"{place.where}: {', '.join(missing)} is not seen, but {said}")
        rows.append(f"| {place.where} | {_told(place, said)} |")
    return "\n".join(rows) + "\n"


def _told(place: Place, said: list[str]) -> str:
    """Tell what must be seen; of a hover, all that is said but for the values allowed, which are many."""
    if place.asks == "hover":
        return " ".join(line.strip() for line in said if not line.startswith(("*", "Allowed"))).replace("|", "\\|")
    return ", ".join(f"`{one}`" for one in place.wanted)


def server_command() -> list[str]:
    """Give the command that starts the server; none: it cannot be had here, which is said."""
    npx = shutil.which("npx")
    if npx is None:
        print("left out: what editors offer and explain; it needs Node.js with npx")
        return []
    got = [npx, "--yes", "--package", PACKAGE, "--", "yaml-language-server"]
    fetched = subprocess.run(
        [npx, "--yes", "--package", PACKAGE, "--", "node", "--version"], capture_output=True, check=False
    )
    if fetched.returncode != 0:
        print(f"left out: what editors offer and explain; npx cannot fetch {PACKAGE} here")
        return []
    return [*got, "--stdio"]


def main(*, check: bool) -> None:
    """Ask at every place, and write what was seen into the page; with ``check``, write nothing."""
    command = server_command()
    if not command:
        return
    with TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_text(guideline_schema_text(catalogue()), encoding="utf-8")
        with LanguageServer(command) as server:
            table = seen(server, Path(folder))
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(_MARKS[0])
    written = f"{before}{_MARKS[0]}{table}{_MARKS[1]}{rest.partition(_MARKS[1])[2]}"
    if not check:
        PAGE.write_text(written, encoding="utf-8")
    print(f"{PACKAGE} offers and says what it must at {len(PLACES)} places")


if __name__ == "__main__":
    try:
        main(check="--check" in sys.argv[1:])
    except (NoServerError, AssertionError) as error:
        sys.exit(str(error))
