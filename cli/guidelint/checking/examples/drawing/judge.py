"""Scenes judged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from guidelint.checking.examples.mutation.mutant import in_tuples
from guidelint.language.examples.form import Common, Example
from guidelint.language.examples.read import Found, Text
from guidelint.language.text.span import START
from guidelint.language.text.tree import Branch
from guidelint.validation.rule.evidence import Quantity

if TYPE_CHECKING:
    from guidelint.checking.examples.drawing.scene import Scene
    from guidelint.checking.examples.run import Prepared, Runner

_NOWHERE = Text("drawn", "", Branch({}, START))


@dataclass(frozen=True)
class Drawing:
    """A scene, the example that it makes, and what came of it."""

    scene: Scene
    prepared: Prepared
    border: str = ""
    """What it departs from, or departs from once it is a little otherwise; empty: it lies at no border."""

    @property
    def clauses(self) -> frozenset[str]:
        """What it departs from."""
        return self.prepared.outcome.clauses

    @property
    def found(self) -> frozenset[tuple[str, str]]:
        """What it departs from, and in which way."""
        return frozenset((one.clause, one.kind) for one in self.prepared.outcome.findings)

    @property
    def is_accepted(self) -> bool:
        """Whether it is accepted, and nothing is found."""
        return self.prepared.outcome.decision == "accepted" and not self.clauses

    @property
    def measured(self) -> tuple[float, ...]:
        """Numbers that findings tell, rounded as one would enter them."""
        told = [value for one in self.prepared.outcome.findings for value in one.evidence.values()]
        return tuple(dict.fromkeys(round(one.value, 1) for one in told if isinstance(one, Quantity)))

    @property
    def is_handed_on(self) -> bool:
        """Whether it is accepted, or escalated for nothing but what always is."""
        return self.prepared.outcome.decision in {"accepted", "escalated"}


@dataclass
class SceneJudge:
    """Judges scenes, each once."""

    runner: Runner
    _known: dict[str, Drawing] = field(default_factory=dict[str, Drawing])

    def judged(self, scene: Scene) -> Drawing:
        """Judge a scene; what is expected of its example is what came of it."""
        key = repr(scene)
        if key not in self._known:
            self._known[key] = self._judge(scene)
        return self._known[key]

    def _judge(self, scene: Scene) -> Drawing:
        written: dict[str, Any] = {"image": scene.image, **scene.marked}
        first = self.runner.prepared(example_of("drawn", written | {"verdict": "accepted"}))
        found = example_of("drawn", written | first.outcome.keys)
        return Drawing(scene, replace(first, found=found))


def example_of(name: str, written: dict[str, Any]) -> Found:
    """Read an example that stands in no file. Raises pydantic's ValidationError for what is none."""
    example = Example.model_validate(in_tuples(written), by_alias=True, by_name=False)
    return Found(name, example, Common(), _NOWHERE)
