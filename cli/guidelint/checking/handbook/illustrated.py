"""Pictures put into the document, each where its rule or its class is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from guidelint.checking.examples.mutation.mutants import numbers_in
from guidelint.checking.handbook.of_class import COUNTED, placed_after
from guidelint.checking.handbook.pictures.figure import gallery
from guidelint.labelstudio.instructions.elements import told
from guidelint.labelstudio.instructions.part import Part
from guidelint.language.form.places.places import BETWEEN, place
from guidelint.validation.rule.names import titled
from guidelint.validation.rule.parameters.said import said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from guidelint.checking.handbook.pictures.of_cases import CasePictures
    from guidelint.checking.handbook.pictures.of_examples import ExamplePictures
    from guidelint.validation.judging.plan import Check

_EXAMPLES: Final = "Examples"
_FURTHER: Final = "Further examples"


@dataclass(frozen=True)
class Illustrator:
    """Puts the pictures of one guideline into its parts."""

    cases: CasePictures
    examples: ExamplePictures | None
    _drawn: dict[object, str] = field(default_factory=dict[object, str])
    """Rules that are drawn, as they are used → where."""

    def illustrated(self, part: Part) -> Part:
        """Put pictures behind what is told, at the same places."""
        rows = {name: [*said, *self._of_rules(place(part.title, name))] for name, said in part.rows.items()}
        if part.of and self.examples is not None and (shown := [*gallery(self.examples.of(part.of))]):
            rows = placed_after(rows, {_EXAMPLES: shown}, COUNTED)
        return replace(part, rows=rows, parts=tuple(map(self.illustrated, part.parts)))

    def further(self) -> Iterator[Part]:
        """Show the examples of no class in a part of their own."""
        if self.examples is not None and (shown := [*gallery(self.examples.of_no_class())]):
            yield Part("examples", _FURTHER, tuple(shown))

    def _of_rules(self, where: str) -> Iterator[ET.Element]:
        for check in self.cases.plan.checks:
            if check.heading == where:
                yield from self._of_rule(check)

    def _of_rule(self, check: Check) -> Iterator[ET.Element]:
        """Draw a rule once; where another class asks for the same, say where it is drawn."""
        same = (check.rule.id(), check.rule.model_dump_json(), check.level, check.escalates_to is None)
        if same in self._drawn:
            heading = self._drawn[same].partition(BETWEEN)[0]
            yield told("div", f"Drawn at {titled(heading)}.", "gli-note")
        elif made := [*gallery(self.cases.of(check))] or [*gallery(self._kept(check))]:
            self._drawn[same] = check.heading
            yield from made

    def _kept(self, check: Check) -> Iterator[ET.Element]:
        """Show examples at a limit that no case of its rule can show."""
        if self.examples is not None and not check.rule.always and any(numbers_in(said(check.rule))):
            yield from self.examples.at(check.clause)
