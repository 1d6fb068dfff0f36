"""Getting ready before the first submission: what judging loads when it is first needed is loaded at the start."""

from __future__ import annotations

from guidelint.geometry.kernels.choice import load
from guidelint.rules.catalogue import catalogue
from guidelint.service.log import logger, note
from guidelint.validation.casebook import run_cases


def warm_up() -> None:
    """Load the compiled loops, and run every rule on its own cases.

    A rule that does not behave as they say is told in the log.
    """
    load()
    for name, rule in catalogue().items():
        try:
            broken = [result.case.title for result in run_cases(rule) if result.broken]
        except Exception:  # noqa: BLE001 - judging reports a rule that fails; getting ready must not stop it
            logger.exception("a rule failed on its own cases", extra={"facts": {"rule": name}})
            continue
        if broken:
            note("a rule departs from its own cases", rule=name, cases=broken)
