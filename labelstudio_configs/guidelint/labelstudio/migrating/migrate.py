"""Tasks of a Label Studio export, under the names of another version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from guidelint.labelstudio.migrating.redo import Redo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.labelstudio.migrating.renaming import Renaming

Json = dict[str, Any]
_RESULTS: Final = ("annotations", "predictions", "drafts")
"""Parts of a task that hold what was marked and answered."""
_GUIDELINE: Final = ("guideline", "guideline_version")
"""Keys of the task data that name the version."""


@dataclass(slots=True)
class Migration:
    """Maps task after task; what is not known to either version stays as it is."""

    renaming: Renaming
    leaves_out: bool = False
    """Whether answers to questions that the other version has no more are left out; otherwise they are kept, marked."""
    changed: int = 0
    """Items that have another name now."""
    redo: list[Redo] = field(default_factory=list[Redo])

    def task(self, task: Json) -> Json:
        """Give a task under the names of the later version; where nothing must be done again, it names that."""
        before = len(self.redo)
        mapped = {key: self._part(task, value) if key in _RESULTS else value for key, value in task.items()}
        if len(self.redo) == before and isinstance(data := task.get("data"), dict):
            mapped["data"] = {key: self._version(value) if key in _GUIDELINE else value for key, value in data.items()}
        return mapped

    def result(self, items: list[Any], task: str, annotation: str) -> list[Any]:
        """Give the result of one annotation under the names of the later version."""
        return [*self._items(items, (task, annotation))]

    def _part(self, task: Json, part: Any) -> Any:
        """Map what stands in annotations; that of a model may be a number where it is not exported."""
        if not isinstance(part, list):
            return part
        return [
            {**one, "result": self.result(one["result"], str(task.get("id", "")), str(one.get("id", "")))}
            if isinstance(one, dict) and isinstance(one.get("result"), list)
            else one
            for one in part
        ]

    def _items(self, items: list[Any], where: tuple[str, str]) -> Iterator[Any]:
        for item in items:
            if isinstance(item, dict) and isinstance(item.get("value"), dict):
                mapped = self._item(item, where)
                self.changed += mapped != item
                if mapped is not None:
                    yield mapped
            else:
                yield item

    def _item(self, item: Json, where: tuple[str, str]) -> Json | None:
        """Map an item; None: it is left out."""
        region, kind, value = str(item.get("id", "")), str(item.get("type", "")), item["value"]
        from_name = str(item.get("from_name", ""))
        if (before := self._unmarked(from_name)) != from_name:
            return {**item, "from_name": before}
        asked = self.renaming.control(from_name)
        if asked is None:
            return {**item, "value": self._labelled(value, (*where, region))}
        question, control = asked
        if control is None:
            self.redo.append(Redo(*where, region, f"question `{question}` ({kind})"))
            return None if self.leaves_out else {**item, "from_name": f"{from_name}{self._mark}"}
        return {**item, "from_name": control, "value": self._answered(question, value, (*where, region))}

    @property
    def _mark(self) -> str:
        """Say behind a name that it is one of the version before, and none of the later."""
        return f"@{self.renaming.old.version}"

    def _unmarked(self, name: str) -> str:
        """Give a name that was marked on the way there as it was."""
        return name.removesuffix(f"@{self.renaming.new.version}")

    def _labelled(self, value: Json, where: tuple[str, str, str]) -> Json:
        return {key: self._labels(own, where) if key.endswith("labels") else own for key, own in value.items()}

    def _labels(self, labels: Any, where: tuple[str, str, str]) -> Any:
        if not isinstance(labels, list):
            return labels
        mapped = [self._label(one, where) for one in labels]
        return [one for place, one in enumerate(mapped) if one not in mapped[:place]]

    def _label(self, label: Any, where: tuple[str, str, str]) -> Any:
        if not isinstance(label, str):
            return label
        if (before := self._unmarked(label)) != label:
            return before
        mapped = self.renaming.label(label)
        if mapped is None:
            self.redo.append(Redo(*where, f"class `{label}`", self.renaming.choices(label)))
            return f"{label}{self._mark}" if self.renaming.means_another_class(label) else label
        return mapped

    def _answered(self, question: str, value: Json, where: tuple[str, str, str]) -> Json:
        answers = value.get("choices")
        if not isinstance(answers, list):
            return value
        return {**value, "choices": [self._answer(question, one, where) for one in answers]}

    def _answer(self, question: str, answer: Any, where: tuple[str, str, str]) -> Any:
        if not isinstance(answer, str):
            return answer
        if (before := self._unmarked(answer)) != answer:
            return before
        mapped = self.renaming.value(question, answer)
        if mapped is None:
            choices = (self.renaming.names.new_options or {}).get(question, ())
            self.redo.append(Redo(*where, f"answer `{answer}` to `{question}`", choices))
            return f"{answer}{self._mark}" if self.renaming.means_another_answer(question, answer) else answer
        return mapped

    def _version(self, named: Any) -> Any:
        """Name the later version where the earlier one is named, for all or by annotator."""
        if isinstance(named, dict):
            return {annotator: self._version(one) for annotator, one in named.items()}
        old, new = self.renaming.old, self.renaming.new
        ways = {old.version: new.version}
        ways |= {f"{old.name}{sign}{old.version}": f"{new.name}{sign}{new.version}" for sign in (" ", "@")}
        return ways.get(named, named) if isinstance(named, str) else named
