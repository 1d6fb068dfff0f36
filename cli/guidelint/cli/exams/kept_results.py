"""Results of exams as the store of the service keeps them."""

from __future__ import annotations

import msgspec

from guidelint.checking.exam.result import Result
from guidelint.cli.store_at import opened
from guidelint.service.store.base.database import read_only
from guidelint.service.store.exams import results_in


class _Kept(msgspec.Struct, frozen=True):
    result: Result


def kept_results(store: str, guideline: str, role: str) -> tuple[Result, ...]:
    """Read what came of the exams in a guideline, in the order of their grading. ``role``: of this one; empty: of all.

    Raises typer.Exit where there is no store.
    """
    engine = opened(store)
    try:
        with read_only(engine) as connection:
            kept = (msgspec.json.decode(text, type=_Kept).result for text in results_in(connection, guideline))
            return tuple(one for one in kept if role in {"", one.role})
    finally:
        engine.dispose()
