"""The page of the keys of examples, made from their models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from guidelint.language.examples.form import ExampleFile
from guidelint.language.reference.language_pages import Section, shown
from guidelint.validation.rule.described import DescribedSchema
from guidelint.validation.rule.draft_7 import in_draft_7

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Catalogue

PAGE: Final = "examples.md"
SECTIONS: Final = (
    Section("Examples", "Example", "Each entry of `examples`, under its name."),
    Section("What is drawn", "Drawn", "Each entry of `drawn`."),
    Section("Images", "Picture", "Under `image`."),
    Section("Slices", "Slice", "Each entry of `slices`."),
    Section("Readings", "Reading", "Each entry of `readings`."),
    Section("Visits", "Visit", "Each entry of `visits`."),
    Section("What several have in common", "Common", "Under `common`, for all examples of the file."),
)
_HEAD: Final = """\
<!-- Generated from the models by `scripts/generate`; do not edit. -->

# The keys of examples

A file of examples lies in the folder `NAME.examples` beside `NAME.yaml`, under any name that ends in `.yaml`.
[Examples](../examples.md) tells how they are written and run. At most 500 files, 2,000 examples, 16 MiB a file and
256 MiB together are read.

In the tables, `*` marks what must not be left out.
"""


def page(catalogue: Catalogue) -> str:
    """Make the page."""
    made: dict[str, Any] = ExampleFile.model_json_schema(by_alias=True, schema_generator=DescribedSchema)
    schema = in_draft_7(made)
    return "\n".join([_HEAD, *(shown(section, schema, catalogue) for section in SECTIONS)])
