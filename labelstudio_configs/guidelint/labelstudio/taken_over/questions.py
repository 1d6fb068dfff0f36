"""Controls that ask become questions: their kind of answer, options, of which classes, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from math import isfinite
from typing import TYPE_CHECKING, Final

from guidelint.annotation.tool import TOOLS
from guidelint.labelstudio.taken_over.images import base_name
from guidelint.language.lint.names.image import IMAGE
from guidelint.language.sketch.names import Names, in_words
from guidelint.language.sketch.parts import FEWEST, any_text, filled_up, one_or_all, scale_of, steps_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from xml.etree import ElementTree as ET

    from guidelint.labelstudio.taken_over.images import ImageTaken
    from guidelint.labelstudio.taken_over.labels import ClassTaken
    from guidelint.labelstudio.taken_over.left_out import LeftOut

ASKING: Final = frozenset({"Choices", "Taxonomy", "Rating", "Number", "TextArea", "DateTime"})
_STEP = re.compile(r"-?(0|[1-9]\d{0,5})")
_BOLD = re.compile(r"<b>(.*?)</b>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")
_HEADINGS: Final = frozenset({"Header", "Markdown"})


@dataclass(slots=True)
class QuestionTaken:
    """A question as its control tells it."""

    key: str
    name: str
    """Name of the control."""
    parts: dict[str, object] = field(default_factory=dict[str, object])
    options: dict[str, str] = field(default_factory=dict[str, str])
    """What is stored, or shown → key of the option."""


@dataclass(slots=True)
class Questions:
    """Reads the controls of a config that ask."""

    root: ET.Element
    classes: Mapping[str, ClassTaken]
    left_out: LeftOut
    images: dict[str, ImageTaken] = field(default_factory=dict[str, "ImageTaken"])
    """Images by their names in the config; none: there is one."""
    _parents: dict[ET.Element, ET.Element] = field(init=False)

    def __post_init__(self) -> None:
        self._parents = {child: parent for parent in self.root.iter() for child in parent}

    def read(self, taken_names: Iterable[str]) -> dict[str, QuestionTaken]:
        """Read every control that asks, by the key of its question."""
        names = Names("question", taken_names)
        controls = [item for item in self.root.iter() if item.tag in ASKING and item.get("name", "").strip()]
        by_base: dict[str, list[ET.Element]] = {}
        plain = {item.get("name", "") for item in controls}
        for item in controls:
            base = base_name(item, self.images)
            by_base.setdefault(item.get("name", "") if base in plain else base, []).append(item)
        controls = [items[0] for items in by_base.values()]
        found: dict[str, QuestionTaken] = {}
        for base, items in by_base.items():
            question = self._question(items[0], names.name(in_words(base)), base)
            if base not in plain:
                self._say_on(question, items)
            found |= {item.get("name", ""): question for item in items}
        titles: set[str] = set()
        for item in controls:
            question = found[item.get("name", "")]
            if str(question.parts["title"]).casefold() in titles:
                question.parts["title"] = in_words(question.name)
            titles.add(str(question.parts["title"]).casefold())
            self._say_when(item, question, found)
        return {question.key: question for question in found.values()}

    def _say_on(self, question: QuestionTaken, controls: list[ET.Element]) -> None:
        """Say which images a question asks that has a control on each."""
        if question.parts["of"] == "image":
            question.parts["on"] = one_or_all([self.images[item.get("toName", "")].key for item in controls])
        if question.key != question.name:
            question.parts["aliases"] = [item.get("name", "") for item in controls]

    def _question(self, control: ET.Element, key: str, name: str) -> QuestionTaken:
        question = QuestionTaken(key, name, {"title": self._title(control) or in_words(name)})
        if help_text := (control.get("hint") or control.get("placeholder") or "").strip():
            question.parts["definition"] = help_text
        question.parts["of"] = self._of(control)
        question.parts |= self._answer(control, question)
        if name in {IMAGE, *TOOLS}:
            self.left_out.say(control, "its name is taken in guidelint: what is stored under it is returned")
        elif name != key:
            question.parts["aliases"] = [name]
        return question

    def _title(self, control: ET.Element) -> str:
        """Read the heading just above a control, where it stands above no other."""
        beside = list(self._parents[control])
        at = beside.index(control)
        before = beside[at - 1] if at else None
        below = takewhile(lambda item: item.tag not in _HEADINGS, beside[at + 1 :])
        if before is None or before.tag not in _HEADINGS or any(item.tag in ASKING for item in below):
            return ""
        said = before.get("value", "")
        bold = _BOLD.search(said)
        words = " ".join(_MARKUP.sub(" ", bold[1] if bold else said).split())
        return "" if words.startswith("$") else words[:200]

    def _of(self, control: ET.Element) -> str | list[str]:
        """Say whose regions are asked; where a condition names a label or a group of labels, those."""
        if control.get("perRegion") != "true":
            if control.get("perItem") == "true":
                self.left_out.say(control, "it is asked of each image of a task; here it is asked of the whole")
            return "image"
        around = [control, *self._around(control)]
        labels = next((view.get("whenLabelValue", "") for view in around if view.get("whenLabelValue")), "")
        groups = next((view.get("whenTagName", "") for view in around if _of_regions(view)), "")
        wanted = {label.strip() for label in labels.split(",") if label.strip()}
        of = [
            key
            for key, item in self.classes.items()
            if (not wanted or wanted & {key, *item.names}) and (not groups or item.groups & set(groups.split(",")))
        ]
        return one_or_all(of or list(self.classes))

    def _around(self, control: ET.Element) -> Iterator[ET.Element]:
        while (parent := self._parents.get(control)) is not None:
            yield parent
            control = parent

    def _answer(self, control: ET.Element, question: QuestionTaken) -> dict[str, object]:
        match control.tag:
            case "Number":
                return {"number": self._range(control)}
            case "TextArea" | "DateTime":
                if control.tag == "DateTime":
                    self.left_out.say(control, "a date is taken as a text; nothing says that it is one")
                return any_text()
            case "Rating":
                stars = int(most) if (most := control.get("maxRating", "5")).isdecimal() else 5
                question.options = steps_to(stars)
                return scale_of(question.options)
            case _:
                return self._choice(control, question)

    def _range(self, control: ET.Element) -> dict[str, object]:
        """Read the limits of a number."""
        found: dict[str, object] = {}
        for key in ("min", "max", "step"):
            if text := control.get(key, "").strip():
                if (value := _number(text)) is None:
                    self.left_out.say(control, f"its {key} {text!r} is no number")
                else:
                    found[key] = value
        return found

    def _choice(self, control: ET.Element, question: QuestionTaken) -> dict[str, object]:
        choices = [item for item in control.iter("Choice") if _stored(item)]
        if control.tag == "Taxonomy" and control.get("leafsOnly") == "true":
            choices = [item for item in choices if item.find("Choice") is None]
        if control.get("value") or any(item.get("value", "").startswith("$") for item in choices):
            self.left_out.say(control, "its options stand in the data of tasks; write those that it has")
            choices = [item for item in choices if not item.get("value", "").startswith("$")]
        options = self._options(choices, question)
        if len(options) < FEWEST:
            self.left_out.say(control, "it has a single option; a question has two or more: write the other")
        if any(map(_STEP.fullmatch, options)):
            return scale_of(options)
        many = control.get("choice") == "multiple" or control.tag == "Taxonomy"
        return {"choose_many" if many else "choose_one": filled_up(options)}

    def _options(self, choices: list[ET.Element], question: QuestionTaken) -> dict[str, object]:
        every = list(self._each_once(choices, question.name))
        is_scale = _are_steps([word for _, _, word in every])
        names = Names("option")
        options: dict[str, object] = {}
        for item, shown, word in every:
            key = word if is_scale else names.name(word)
            question.options |= {shown: key, word: key}
            aliases = [name for name in (word,) if name not in {key, shown}]
            hint = item.get("hint", "").strip().removeprefix(f"{word}: {shown}.").strip()
            title = " ".join(shown.split())[:200]
            more = {**({"definition": hint} if hint else {}), **({"aliases": aliases} if aliases else {})}
            options[key] = {"title": title, **more} if more else title
        return options

    def _each_once(self, choices: Iterable[ET.Element], name: str) -> Iterator[tuple[ET.Element, str, str]]:
        """Yield choices with what is shown and what is stored; of two that are one, the first."""
        known = set[str]()
        for item in choices:
            word = _stored(item)
            shown = item.get("value", "").strip() or word
            if known & {shown, word}:
                self.left_out.say(item, f"{name} has an option of that name already")
            else:
                known |= {shown, word}
                yield item, shown, word

    def _say_when(self, control: ET.Element, question: QuestionTaken, others: Mapping[str, QuestionTaken]) -> None:
        """Say whether an answer is required, and under which other answer."""
        when: dict[str, list[str]] = {}
        for view in (control, *self._around(control)):
            if view.get("visibleWhen") != "choice-selected" or not (other := others.get(view.get("whenTagName", ""))):
                if view.get("visibleWhen") in {"choice-selected", "choice-unselected"}:
                    self.left_out.say(control, "the condition under which it is shown; it need not be answered now")
                    return
                continue
            words = [word.strip() for word in view.get("whenChoiceValue", "").split(",") if word.strip()]
            keys = [other.options[word] for word in words if word in other.options] or list(other.options.values())
            when[other.key] = list(dict.fromkeys(keys))
        if control.get("required") == "true":
            question.parts["required"] = {"when": when} if when else True
        elif when:
            self.left_out.say(control, "it is shown under a condition and need not be answered: shown always here")


def _of_regions(view: ET.Element) -> bool:
    """Whether it is shown for regions of a group of labels."""
    waits = view.get("visibleWhen", "")
    return bool(view.get("whenTagName")) and not waits.startswith("choice-")


def _are_steps(words: Sequence[str]) -> bool:
    """Whether they are whole numbers that go up."""
    if len(words) < FEWEST or not all(map(_STEP.fullmatch, words)):
        return False
    return all(one < two for one, two in pairwise(map(int, words)))


def _stored(choice: ET.Element) -> str:
    """Tell what a choice is stored as."""
    return choice.get("alias", "").strip() or choice.get("value", "").strip()


def _number(text: str) -> float | int | None:
    """Read a number; None: it is none that a guideline can hold."""
    try:
        value = float(text)
    except ValueError:
        return None
    if not isfinite(value):
        return None
    return int(value) if value.is_integer() else value
