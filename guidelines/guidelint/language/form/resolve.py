"""From what is written to what is meant: the ``Guideline`` that the rest of the program works with.

Whatever comes here has been read with the models of what is written, and is not looked at a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guidelint.language.form.derivation import (
    change_of,
    change_of_object,
    derivations_of,
    is_over_time,
    is_told_once,
    sources_of,
)
from guidelint.language.form.guideline import (
    Attribute,
    ClassDefinition,
    Criterion,
    EmptyReading,
    Escalation,
    Guideline,
    Identity,
    Setting,
)
from guidelint.language.form.sections.handover import Handover
from guidelint.language.form.sections.provenance import Provenance
from guidelint.language.form.sections.readings import Readings
from guidelint.language.form.sections.sections import Sections
from guidelint.language.form.sections.staff import Staff
from guidelint.language.form.settings import inherited
from guidelint.language.form.sides import says_side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.form.fields import Written
    from guidelint.language.form.guideline import RuleUse
    from guidelint.language.form.pictures.picture import Picture
    from guidelint.language.form.written import (
        WrittenAttribute,
        WrittenClass,
        WrittenCriterion,
        WrittenEscalation,
        WrittenGuideline,
    )
    from guidelint.validation.derivation import Derivation


def resolve(written: WrittenGuideline, pictures: Mapping[str, Picture], text_digest: str = "") -> Guideline:
    """Turn what is written into the guideline that is meant, with the pictures that it carries along."""
    derivations = derivations_of(written.attributes)
    return Guideline.model_construct(
        **_same(written, Identity),
        **_same(written, Provenance),
        **_same(written, Setting),
        **_same(written, Sections),
        readers=Readings.model_construct(**_same(written.readers, Readings)),
        annotators=Staff.model_construct(**_same(written.annotators, Staff)),
        delivery=Handover.model_construct(**_same(written.delivery, Handover)),
        empty_reading=written.empty_reading or EmptyReading(),
        classes={name: _class(part, written.rules.uses) for name, part in written.classes.items()},
        attributes={name: _attribute(name, part, written, derivations) for name, part in written.attributes.items()},
        rules=written.rules.uses,
        sections=written.sections,
        formats=written.delivery.formats,
        relations={name: part.use for name, part in written.relations.items()},
        escalation=_escalation(written.escalation),
        pictures=dict(pictures),
        text_digest=text_digest,
    )


def _same(part: Written, base: type[Written]) -> dict[str, Any]:
    return {name: getattr(part, name) for name in base.model_fields}


def _class(written: WrittenClass, of_all: Mapping[str, RuleUse]) -> ClassDefinition:
    same = {name: getattr(written, name) for name in ClassDefinition.model_fields if name != "rules"}
    return ClassDefinition.model_construct(**same, rules=inherited(written.rules.uses, of_all))


def _attribute(
    name: str, written: WrittenAttribute, around: WrittenGuideline, derivations: Mapping[str, Derivation]
) -> Attribute:
    named = written.derive.classes if written.derive else ()
    follows = derivations.get(name)
    derive = written.derive
    change = change_of(derive, derivations) if derive and written.over else None
    over_time = follows if change is None and is_over_time(name, around.attributes) else None
    is_once = over_time is not None and is_told_once(name, around.attributes)
    followed = None
    if derive and derive.change_of and written.is_followed:
        followed = change_of_object(derive, around.attributes, derivations)
    return Attribute.model_construct(
        title=written.title,
        definition=written.definition,
        of=() if written.per_image else written.of,
        on=written.on,
        kind=written.kind,
        options=dict(written.options),
        higher_means=written.higher_means,
        number=written.number,
        max_length=written.text.max_length if written.text else Attribute.model_fields["max_length"].default,
        required=written.required,
        forbidden=written.forbidden,
        over=written.over,
        derivation=None if written.is_of_object or written.is_ranked or written.is_told_of_several else follows,
        of_object=follows if written.is_of_object else None,
        ranked=follows if written.is_ranked else None,
        gathered=follows if written.over and change is None and over_time is None else None,
        change=change,
        at_time_points=None if is_once else over_time,
        from_time_points=over_time if is_once else None,
        sources=sources_of(name, around.attributes, derivations) if written.over and change is None else (),
        change_of_object=followed,
        course_of_object=follows if written.is_followed and followed is None else None,
        says_left=says_side("left", name, written, around.classes),
        says_right=says_side("right", name, written, around.classes),
        class_titles={name: around.classes[name].title for name in named if name in around.classes},
        aliases=written.aliases,
    )


def _escalation(written: WrittenEscalation) -> Escalation:
    return Escalation.model_construct(
        routes=written.routes, when={name: _criterion(criterion) for name, criterion in written.when.items()}
    )


def _criterion(written: WrittenCriterion) -> Criterion:
    return Criterion.model_construct(to=written.to, classes=written.class_, use=written.use, because=written.because)
