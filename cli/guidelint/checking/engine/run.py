"""A check on an engine: chunks to its workers, contributions through its shuffle, Parquet out."""

from __future__ import annotations

import pickle
from contextlib import contextmanager
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import dask.dataframe as dd
from distributed import Client, LocalCluster

from guidelint.checking.engine.crew import EngineCrew
from guidelint.checking.engine.frames import COLUMNS, TOLD, empty, latest
from guidelint.checking.engine.parts import keep_only
from guidelint.checking.engine.tasks import ABOVE, judge_above
from guidelint.checking.spread.begin import cores, setup_of, spread_over

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from distributed import Future

    from guidelint.checking.checked import Checked
    from guidelint.checking.spread.chunk import Known
    from guidelint.checking.spread.setup import Showing
    from guidelint.checking.spread.told import Told

LOCAL = "local"
"""In place of an address: an engine is started on this machine for the check, and ended with it."""
_PATIENCE_S = 30


class EngineError(RuntimeError):
    """The engine cannot be used, and what to do."""


@contextmanager
def connected(address: str) -> Generator[Client]:
    """Connect to an engine. Raises EngineError."""
    if address == LOCAL:
        with (
            LocalCluster(n_workers=cores(), threads_per_worker=1, dashboard_address=None) as cluster,  # pyright: ignore[reportArgumentType]  # None: it has none
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(address, timeout=_PATIENCE_S)
    except (OSError, ValueError, TimeoutError) as error:
        remedy = "Give the address of its scheduler, such as tcp://host:8786, or local"
        raise EngineError(f"the engine at {address} cannot be reached: {error}. {remedy}") from error
    with client:
        yield client


def check_on(client: Client, checked: Checked, showing: Callable[[], Showing], folder: str) -> None:
    """Judge a delivery on an engine, and write both tables in parts; what was counted is in ``checked`` afterwards."""
    setup = setup_of(checked, showing)
    crew = EngineCrew(client, setup, folder)
    spread = spread_over(crew, checked, setup)
    for _ in spread.shown():
        pass
    accepted = crew.accepted()
    told = _above(crew, [future for _, future in accepted], spread.known)
    for _, pieces in told:
        for piece in pieces:
            spread.take_in(piece)
    keep_only(folder, [*(number for number, _ in accepted), *(ABOVE + partition for partition, _ in told)])


def _above(crew: EngineCrew, contributed: Sequence[Future[Any]], known: Known) -> list[tuple[int, list[Told]]]:
    """Bring contributions together by annotation, for the latest version, then by subject, and judge these."""
    if not contributed:
        return []
    with crew.client.as_current():
        frames = dd.from_delayed(list(contributed), meta=empty(COLUMNS), verify_meta=False)
        by_put = frames.shuffle(on="put", npartitions=crew.partitions).map_partitions(latest, meta=empty(COLUMNS))
        by_subject = by_put.shuffle(on="partition", npartitions=crew.partitions)
        told = by_subject.map_partitions(judge_above, crew.shipped, pickle.dumps(known), meta=empty(TOLD)).compute()
    found = zip(told["partition"].tolist(), told["told"].tolist(), strict=True)
    pieces = {partition: pickle.loads(one) for partition, one in found}  # noqa: S301 - of our own workers
    return sorted(pieces.items(), key=itemgetter(0))
