"""The first reading: which labels, tools and controls work uses, as names to read it with."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from guidelint.annotation.tool import TOOLS
from guidelint.annotation.vocabulary import AttributeEntry, ClassEntry, Vocabulary
from guidelint.labelstudio.decoding.answers import ANSWER_TYPES
from guidelint.language.sketch.names import Names, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidelint.annotation.submission import Submission
    from guidelint.annotation.tool import Tool
    from guidelint.annotation.vocabulary import AttributeKind

NOTHING_KNOWN = Vocabulary(classes={})
_KINDS: Mapping[str, AttributeKind] = {
    "choices": "choice",
    "taxonomy": "multi-choice",
    "rating": "scale",
    "number": "number",
    "textarea": "text",
    "datetime": "text",
}


def names_seen(submissions: Iterable[Submission]) -> Vocabulary:
    """Read work of which nothing is known, and give every name a class or a question."""
    tools_of: dict[str, dict[Tool, None]] = defaultdict(dict)
    controls: dict[str, dict[str, None]] = {tool: {} for tool in TOOLS}
    asked: dict[str, str] = {}
    for submission in submissions:
        for region in submission.regions:
            tool: Tool = region.shape.tool
            controls[tool][region.control] = None
            for label in region.labels[:1]:
                tools_of[label][tool] = None
        for item in submission.unknown_items:
            if item.delivered_type in ANSWER_TYPES:
                asked.setdefault(item.control, item.delivered_type)
    classes, questions = Names("class"), Names("question", [name for of in controls.values() for name in of])
    return Vocabulary(
        classes={classes.name(label): _class(label, tools) for label, tools in sorted(tools_of.items())},
        attributes={
            questions.name(in_words(control)): AttributeEntry(
                title=in_words(control), kind=_KINDS[kind], per="region", controls=(control,)
            )
            for control, kind in sorted(asked.items())
        },
        geometry_controls={tool: tuple(filter(None, names)) for tool, names in controls.items() if names},
    )


def _class(label: str, tools: Iterable[Tool]) -> ClassEntry:
    return ClassEntry(title=label, tools=tuple(tools), labels=(label,))
