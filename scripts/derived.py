"""Every derived file of the repository.

`scripts/generate [--check]` runs this in the environment of scripts/check, whose exact versions make the same files
everywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import report

from architecture.drawing import NARROW, WIDE, drawing
from architecture.house import packages
from cookbook.page import page as cookbook_page
from generating import Derived, main
from guidelint.cli.write_outputs import library_outputs, newest_of_library
from guidelint.labelstudio.target import outputs
from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find
from guidelint.language.reference import example_pages, language_pages, part_pages
from guidelint.language.reference.rule_places import rule_places
from guidelint.rules.catalogue import catalogue
from guidelint.validation.documentation import markdown
from library_table import page as library_page
from licences import licences_page
from locks import ROOT
from notebooks import notebook_page
from table_columns import page as columns_page

if TYPE_CHECKING:
    from collections.abc import Mapping

DOCS = Path("docs")
REFERENCE = DOCS / "reference"


def compiled(name: str) -> Derived:
    """Compile the newest version of a guideline of the library."""
    guideline = find(name)
    folder = library_outputs().relative_to(ROOT) / guideline.name / guideline.version
    return Derived(_in(folder, outputs(guideline, compile_plan(guideline, catalogue()))), (folder,))


def reference() -> Derived:
    """Make the pages of the rules and of the language, with its JSON Schema."""
    of_language = _in(REFERENCE, language_pages.pages(catalogue()))
    of_examples = {REFERENCE / example_pages.PAGE: example_pages.page(catalogue())}
    of_parts = _in(REFERENCE / "parts", part_pages.pages(catalogue()))
    of_rules = _in(REFERENCE / "rules", markdown.pages(catalogue(), rule_places(catalogue())))
    return Derived({**of_language, **of_examples, **of_parts, **of_rules}, (REFERENCE / "parts", REFERENCE / "rules"))


def benchmarks() -> Derived:
    """Make the page of benchmarks from the figures that were kept."""
    return Derived({DOCS / "benchmarks.md": report.page(*report.kept())})


def drawings() -> Derived:
    """Draw the house from its folders, docstrings and imports, for a desk and for a telephone."""
    house = packages(ROOT)
    texts = {"architecture.svg": drawing(house, WIDE), "architecture-narrow.svg": drawing(house, NARROW)}
    return Derived(_in(DOCS / "images", texts))


def everything() -> list[Derived]:
    """Make every derived file, in memory."""
    compiled_ones = [compiled(name) for name in newest_of_library()]
    alone = {
        DOCS / "cookbook.md": cookbook_page(),
        DOCS / "licences.md": licences_page(),
        DOCS / "notebook.ipynb": notebook_page(),
    }
    pages = Derived({**alone, REFERENCE / "tables.md": columns_page(), REFERENCE / "library.md": library_page()})
    return [*compiled_ones, reference(), pages, benchmarks(), drawings()]


def _in(folder: Path, texts: Mapping[str, str]) -> dict[Path, str]:
    return {folder / name: text for name, text in texts.items()}


if __name__ == "__main__":
    main(everything())
