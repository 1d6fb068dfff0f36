"""Getting ready while nobody waits: what judging loads when it is first needed is loaded beforehand."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from guidelint.geometry.kernels.choice import using
from guidelint.rules.catalogue import catalogue
from guidelint.service.log import logger, note
from guidelint.validation.cases.run import run_cases

if TYPE_CHECKING:
    from collections.abc import Callable

PAUSE_S = 0.05


def warm_up(busy: Callable[[], bool] = lambda: False) -> None:
    """Run every rule on its own cases on the base kernels, one rule after the other whenever nothing is judged.

    A rule that does not behave as they say is told in the log.
    """
    for name, rule in catalogue().items():
        while busy():
            time.sleep(PAUSE_S)
        try:
            with using("base"):
                broken = [result.case.title for result in run_cases(rule) if result.broken]
        except Exception:  # noqa: BLE001 - judging reports a rule that fails; getting ready must not stop it
            logger.exception("a rule failed on its own cases", extra={"facts": {"rule": name}})
            continue
        if broken:
            note("a rule departs from its own cases", rule=name, cases=broken)
