"""What fields of a guideline are made of: names, texts, days, and the base of every part."""

from typing import Annotated, ClassVar, get_args

from pydantic import BaseModel, ConfigDict, Field

from guidelint.language.form.shorthand import OneOrMore
from guidelint.validation.derivation import Whole
from guidelint.validation.rule.parameters.naming import NameOf, OptionName, QuestionOf

NAME_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
Name = Annotated[str, Field(pattern=NAME_PATTERN, max_length=64)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
ClassKey = Annotated[Name, NameOf("class")]
Asked = Annotated[Name, NameOf("class", besides=("image", *get_args(Whole)))]
QuestionKey = Annotated[Name, QuestionOf()]
RouteKey = Annotated[Name, NameOf("route")]
AnswerKeys = dict[QuestionKey, Annotated[tuple[OptionName, ...], OneOrMore]]
VERSION_PATTERN = r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$"
Version = Annotated[str, Field(pattern=VERSION_PATTERN)]
StepKey = Annotated[Name, NameOf("step")]
ADDRESS_PATTERN = r"[^@\s;,]+@[^@\s;,]+"
WHOLE_ADDRESS_PATTERN = f"^{ADDRESS_PATTERN}$"
Address = Annotated[str, Field(pattern=WHOLE_ADDRESS_PATTERN, max_length=254)]
HOST_PATTERN = r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$"
Host = Annotated[str, Field(pattern=HOST_PATTERN, max_length=259)]
COLOUR_PATTERN = r"^#[0-9a-f]{6}$"
Colour = Annotated[str, Field(pattern=COLOUR_PATTERN)]
HOTKEY_PATTERN = r"^[A-Za-z0-9]$"
Hotkey = Annotated[str, Field(pattern=HOTKEY_PATTERN)]


class Written(BaseModel):
    """Base of every part of a guideline."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, validate_by_name=True, defer_build=True)
    described_by: ClassVar[type[BaseModel] | None] = None
    """Where the docstrings of its fields stand, if it was made without source."""


class Term(Written):
    """A term of a terminology."""

    scheme: Line
    """Coding Scheme Designator (0008,0102), e.g. SCT, RADLEX, DCM."""
    value: Line
    """Code Value (0008,0100)."""
    meaning: Line
    """Code Meaning (0008,0104)."""
