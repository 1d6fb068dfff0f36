"""What of a guideline is told in a run: all of it, or some codes only. What is wrong is always told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.cli.refusals import refused
from guidelint.language.reference.problem_explanations import explanations
from guidelint.language.text.problem import GuidelineProblems
from guidelint.language.text.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.language.text.problem import Problem


@dataclass(frozen=True, slots=True)
class Chosen:
    """Codes of warnings and notes."""

    select: frozenset[str] = frozenset()
    """Told alone; empty: all are."""
    ignore: frozenset[str] = frozenset()
    """Left out."""

    @property
    def told(self) -> str:
        """Say what is left out; empty: nothing is."""
        only = [f"only {', '.join(sorted(self.select))}"] if self.select else []
        without = [f"without {', '.join(sorted(self.ignore))}"] if self.ignore else []
        return f"told {', '.join([*only, *without])}, and what is wrong" if only or without else ""

    def of(self, found: GuidelineProblems) -> GuidelineProblems:
        """Leave out what is not chosen."""
        left = GuidelineProblems(filter(self.has, found.problems), found.text, found.filename)
        left.and_more = found.and_more
        return left

    def has(self, problem: Problem) -> bool:
        """Whether a problem is told."""
        wanted = not self.select or problem.code in self.select
        return problem.level == "error" or (wanted and problem.code not in self.ignore)


def chosen(select: Sequence[str], ignore: Sequence[str]) -> Chosen:
    """Look up the codes. Raises typer.Exit for one that is none, or that is always told."""
    known = explanations()
    mild = [code for code, one in known.items() if one.level != "error"]
    for code in (*select, *ignore):
        if code not in known:
            raise refused(f"there is no code `{code}`. {did_you_mean(code, mild)}")
        if known[code].level == "error":
            raise refused(f"`{code}` is an error and always told. Leave it out of --select and --ignore")
    return Chosen(frozenset(select), frozenset(ignore))
