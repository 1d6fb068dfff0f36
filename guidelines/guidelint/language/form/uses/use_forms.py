"""The form of one use of a rule: its parameters, and what every use takes beside them."""

from __future__ import annotations

import types
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Optional, Union, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model
from pydantic_core import PydanticCustomError

from guidelint.language.form.fields import NAME_PATTERN, Name, Written
from guidelint.language.form.guideline import RuleUse
from guidelint.language.form.uses.use_errors import NAME_OF_A_RULE
from guidelint.validation.rule.condition import Condition
from guidelint.validation.rule.described import first_sentence
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.rule import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.config import JsonDict

    from guidelint.language.form.written import WrittenRules
    from guidelint.validation.rule.rule import Rule

WHEN = "when"
"""Key of the condition of a use."""
_WHEN = "Condition under which the rule is asked; several keys hold together. Left out: always."
_RULE = "Id of the rule, where the use stands under a name of its own: one rule may then stand several times."


@cache
def use_form(rule: type[Rule]) -> type[BaseModel]:
    """Make the form of a rule, without the parameters that another part of the guideline gives."""
    name = f"{rule.__name__}Use"
    beside = _beside(rule)
    if not rule.given_by():
        return create_model(name, __base__=rule, __doc__=first_sentence(rule), **beside)
    fields = rule.model_fields
    own: dict[str, Any] = {name: (fields[name].annotation, copy(fields[name])) for name in rule.parameters()}
    made = create_model(name, __base__=Written, __doc__=first_sentence(rule), **own, **beside)
    made.described_by = rule
    return made


@cache
def named_form(rule: type[Rule]) -> type[BaseModel]:
    """Make the form of a use that stands under a name of its own, and says of which rule."""
    named: dict[str, Any] = {"use_rule": (Literal[rule.id()], Field(alias="rule", description=_RULE))}
    return create_model(f"Named{rule.__name__}Use", __base__=use_form(rule), __doc__=first_sentence(rule), **named)


def with_names(
    rules: type[WrittenRules], forms: Mapping[type[Rule], type[BaseModel]], ids: frozenset[str]
) -> type[WrittenRules]:
    """Let uses stand under names of their own beside the rules of a part."""
    by_form = {form: rule for rule, form in forms.items()}

    def as_use(written: Any) -> RuleUse:
        return use_of(by_form[type(written)], written, is_named=True)

    def no_id(name: str) -> str:
        if name in ids:
            raise PydanticCustomError(NAME_OF_A_RULE, "it is the id of a rule")
        return name

    any_of: Any = Annotated[Union[tuple(by_form)], Field(discriminator="use_rule")]  # noqa: UP007 - of a list of types
    extra: Any = dict[Annotated[Name, AfterValidator(no_id)], Annotated[any_of, AfterValidator(as_use)]]
    own = {
        "__module__": __name__,
        "__doc__": rules.__doc__,
        "__annotations__": {"__pydantic_extra__": extra},
        "model_config": ConfigDict(extra="allow", json_schema_extra={"propertyNames": _names(rules, ids)}),
        "named": {rule.id(): form for rule, form in forms.items()},
    }
    return cast("type[WrittenRules]", types.new_class(rules.__name__, (rules,), {}, lambda space: space.update(own)))


def _names(rules: type[WrittenRules], ids: frozenset[str]) -> JsonDict:
    """Say as JSON Schema what a name is: lower-case words, and no id of a rule that does not stand here."""
    elsewhere = ids - {field.alias for field in rules.model_fields.values()}
    return {"pattern": NAME_PATTERN, "not": {"enum": [*sorted(elsewhere)]}}


def use_of(rule: type[Rule], written: Any, *, is_named: bool = False) -> RuleUse:
    """Turn what was written of a rule into its use."""
    parameters = {name: getattr(written, name) for name in rule.parameters() if name in written.model_fields_set}
    when: Condition | None = getattr(written, "use_when", None)
    made = rule.model_validate(parameters)
    level, note = written.use_level, written.use_note
    return RuleUse.model_construct(rule=made, level=level, note=note, when=when, is_named=is_named)


def _beside(rule: type[Rule]) -> dict[str, Any]:
    """Give what a use takes besides, but for what the rule itself has under the same key.

    A rule that is judged under every guideline takes no condition: it would be switched off where that does not hold.
    """
    common: dict[str, Any] = {
        "use_rule": (Optional[Literal[rule.id()]], Field(None, alias="rule", description=_RULE)),  # noqa: UP045 - computed
        "use_level": (
            Optional[Annotated[Level, AlsoCalled("severity")]],  # noqa: UP045 - computed
            Field(None, alias="level", description="error returns the work; warning and note only inform."),
        ),
        "use_when": (Optional[Annotated[Condition, AlsoCalled("if")]], Field(None, alias=WHEN, description=_WHEN)),  # noqa: UP045 - beside a model
        "use_note": (
            str,
            Field("", alias="note", description="The next step for the annotator, in place of the rule's own words."),
        ),
    }
    without = {*rule.model_fields, *([WHEN] if rule.always else [])}
    return {name: field for name, field in common.items() if field[1].alias not in without}
