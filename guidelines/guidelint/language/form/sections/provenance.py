"""Who wrote a guideline, who answers for it, and since when it holds."""

from typing import Annotated

from guidelint.language.form.enforced import READ, EnforcedBy, by_people
from guidelint.language.form.fields import Line, Version, Written
from guidelint.language.form.shorthand import NameAlone
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.day import Day

_SIGNED = by_people("a program knows no signature")
_RECORDED = EnforcedBy("nothing", "it says where the guideline comes from", each=True)


class Author(Written):
    """Somebody who wrote a guideline; a name alone is enough."""

    name: Line
    """Name as it is to be cited."""
    affiliation: Annotated[Line | None, AlsoCalled("institution", "organisation")] = None
    """Where they work."""
    orcid: Line | None = None
    """ORCID iD."""


class Approval(Written):
    """Somebody who answers for a guideline."""

    name: Line
    """Who signed."""
    role: Line
    """In which role, e.g. clinical lead."""
    date: Annotated[Day, AlsoCalled("signed", "on")]
    """Day of the signature, as 2026-03-31."""
    means: Annotated[Line, AlsoCalled("meaning")]
    """What the signature says, e.g. that the definitions are clinically right."""


class Provenance(Written):
    """Who wrote a guideline, who answers for it, and since when it holds."""

    authors: Annotated[tuple[Annotated[Author, NameAlone], ...], AlsoCalled("author"), _RECORDED] = ()
    """Who wrote it: names, or {name, affiliation, orcid}."""
    approvals: Annotated[tuple[Approval, ...], AlsoCalled("approvers", "approved_by", "signatures"), _SIGNED] = ()
    """Who answers for it, since when, and what each signature says."""
    effective: Annotated[Day | None, AlsoCalled("effective_date", "valid_from"), by_people("annotators read it")] = None
    """Day from which on work follows it, as 2026-04-01."""
    supersedes: Annotated[Version | None, AlsoCalled("replaces"), _RECORDED] = None
    """Version of this guideline whose place it takes."""
    changes: Annotated[tuple[Line, ...], AlsoCalled("change_notes", "changelog"), READ] = ()
    """What annotators do otherwise than under the version before."""
