"""No case is named on which readers would part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.colleague.whole import first_there
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for edge cases; where there are some, for their pictures."""
    if not draft.written.edge_cases:
        remedy = "Name it under `edge_cases:`: how it is seen, what to do, whom to ask; with a picture."
        yield Flaw(
            "no case is named on which readers would part", first_there(draft, "classes", "attributes"), remedy, "key"
        )
    for name, case in draft.written.edge_cases.items():
        if case.picture is None:
            remedy = "Put a picture beside the guideline, and name it: `picture: file.png`."
            yield Flaw(f"`{name}` has no picture", ("edge_cases", name), remedy, "key")


LINT = Lint(
    code="no-edge-case",
    level="note",
    means="No case is named on which readers would part, or one is named and not shown.",
    why=(
        "Definitions describe the middle of a class; readers differ at its border. Name the cases that came up in the "
        "pilot, say what is done, and show them: example pictures help more than further words."
    ),
    source=(
        "Rädsch T et al. Labelling instructions matter in biomedical image analysis. Nature Machine Intelligence 5 "
        "(2023), https://doi.org/10.1038/s42256-023-00625-5"
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A spot., draw: polygon}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A spot., draw: polygon}
edge_cases:
  at-the-vessel: {title: Lesion at a vessel, do: Leave the vessel out., picture: "https://docs.example.org/vessel.png"}
picture_hosts: docs.example.org
""",
    find=find,
)
