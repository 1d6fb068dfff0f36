"""Texts that name a part of the guideline: a class, a question, an option, a route, a fact of the image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from guidelint.validation.rule.parameters.meaning import Meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

    from guidelint.annotation.vocabulary import AttributeKind

Kind = Literal["class", "question", "option", "route", "image-fact", "step", "image"]
About = Literal["image", "regions", "either"]
Side = Literal["left", "right"]
EVERY_KIND: frozenset[AttributeKind] = frozenset({"choice", "multi-choice", "scale", "number", "text"})
CHOSEN: frozenset[AttributeKind] = frozenset({"choice", "multi-choice", "scale"})
"""Kinds of question that are answered by options."""
ONE_CHOSEN: frozenset[AttributeKind] = frozenset({"choice", "scale"})
SEVERAL_CHOSEN: frozenset[AttributeKind] = frozenset({"multi-choice"})
NUMBERED: frozenset[AttributeKind] = frozenset({"scale", "number"})
"""Kinds of question whose answers are numbers."""
NUMBER: frozenset[AttributeKind] = frozenset({"number"})
TEXT: frozenset[AttributeKind] = frozenset({"text"})

_OTHER_WORDS: Mapping[Kind, tuple[str, ...]] = {
    "question": ("question", "attribute"),
    "option": ("answer", "answers", "choices", "options", "values"),
    "route": ("route",),
}
"""Kind of part → what people call a key that names one; which class is meant, each part says itself."""


@dataclass(frozen=True, slots=True)
class NameOf(Meaning):
    """The name of a part of the guideline."""

    kind: Kind
    besides: tuple[str, ...] = ()
    """Words that may stand in place of a name."""

    @property
    def words(self) -> str:
        """What is named."""
        return self.kind.replace("-", " ")

    @property
    def other_words(self) -> tuple[str, ...]:
        """What people call a key that names it, where one alone does."""
        return _OTHER_WORDS.get(self.kind, ())

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take the text as it is; whether it names something is known only beside a whole guideline."""
        return handler(source)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say what is named."""
        return {**handler(schema), "x-what": self.words}


@dataclass(frozen=True, slots=True)
class QuestionOf(NameOf):
    """The name of a question, of these kinds, about the image or about regions."""

    kind: Kind = "question"
    kinds: frozenset[AttributeKind] = EVERY_KIND
    about: About = "either"


@dataclass(frozen=True, slots=True)
class OptionOf(NameOf):
    """The key of an option of a question."""

    kind: Kind = "option"
    question: str = ""
    """Parameter beside it that names the question; empty: it stands beneath the name of the question."""
    apart_from: str = ""
    """Parameter beside it that must not hold the same option."""


@dataclass(frozen=True, slots=True)
class AnswerOf(Meaning):
    """A limit on the answers to the question that the parameter beside it names, which is of one of these kinds."""

    question: str
    """Empty: it stands beneath the name of the question."""
    kinds: frozenset[AttributeKind] = NUMBERED
    is_one: bool = True
    """Whether it is itself among the answers, and not a distance or a length."""


@dataclass(frozen=True, slots=True)
class DepartsOn(Meaning):
    """Options of a question whose answer is the departure."""

    question: str
    """Parameter beside it that names the question."""
    unless: tuple[str, ...] = ()
    """Parameters beside it under which other answers are one too."""


@dataclass(frozen=True, slots=True)
class SaysSide(Meaning):
    """Options of a question that say a side of the patient."""

    side: Side


@dataclass(frozen=True, slots=True)
class Concerned(Meaning):
    """Classes whose regions a rule judges: ``class:`` of a criterion gives them too."""

    asked: str = ""
    """Parameter beside it that names the question which these regions are asked; empty: they need not be asked."""

    @property
    def other_words(self) -> tuple[str, ...]:
        """What people call it."""
        return ("class", "classes", "of", "for")


@dataclass(frozen=True, slots=True)
class Within(Meaning):
    """A class whose regions lie inside those of the class that the parameter beside it names."""

    parent: str


@dataclass(frozen=True, slots=True)
class PartOf(Meaning):
    """A class whose regions cover, with others, those of the class that the parameter beside it names."""

    whole: str


@dataclass(frozen=True, slots=True)
class Apart(Meaning):
    """Two classes whose regions share no pixel, unless an upper bound beside allows some."""


@dataclass(frozen=True, slots=True)
class DrawnWith(Meaning):
    """Tools of which the classes that it is asked of have one at least."""

    by_size: bool = False
    """Whether a size decides which of several such parts is meant."""


@dataclass(frozen=True, slots=True)
class Condition(Meaning):
    """Answers under which the question beside it, or around it, is asked."""


class Encloses(Meaning):
    """A class whose regions enclose an area."""

    __slots__ = ()


class Landmark(Meaning):
    """A class of which one region is marked on an image, by which places on it are told."""

    __slots__ = ()


ClassName = Annotated[str, NameOf("class")]
AreaClass = Annotated[str, NameOf("class"), Encloses()]
LandmarkName = Annotated[str, NameOf("class"), Landmark()]
LandmarkArea = Annotated[str, NameOf("class"), Encloses(), Landmark()]
Classes = tuple[ClassName, ...]
ClassPair = Annotated[tuple[AreaClass, AreaClass], Apart()]
QuestionName = Annotated[str, QuestionOf()]
ChosenQuestion = Annotated[str, QuestionOf(kinds=CHOSEN)]
NumberedQuestion = Annotated[str, QuestionOf(kinds=NUMBERED)]
ImageQuestion = Annotated[str, QuestionOf(kinds=CHOSEN, about="image")]
OptionName = Annotated[str, OptionOf()]
RouteName = Annotated[str, NameOf("route")]
ImageName = Annotated[str, NameOf("image")]
"""One of the images that a task shows, as the guideline names it."""
ImageFact = Annotated[str, NameOf("image-fact")]
Answers = dict[ChosenQuestion, tuple[OptionName, ...]]
"""Question → options of it."""
When = Annotated[Answers, Condition()]
