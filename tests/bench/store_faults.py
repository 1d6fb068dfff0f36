"""How soon a delivery is answered when the store cannot be used: python -m tests.bench.store_faults [--deliveries N].

Starts ``guidelint serve`` on a store in a file, brings one fault after the other upon the store, and prints how the
deliveries are answered meanwhile, the longest time that took, and how long after the fault is over one is stored again.
Label Studio waits 1 s. Full: only as root, who may mount a small disk.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from tests.service.bench import SECRET
from tests.service.processes import PATIENCE_S, rig

from guidelint.labelstudio.connection.address import SECRET_HEADER
from guidelint.service.store.base.sqlite_file import files_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

BODY = b'{"action": "PROJECT_UPDATED", "project": {"id": 1}}'


@contextlib.contextmanager
def locked(store: Path) -> Generator[None]:
    """Another program holds the write lock."""
    other = sqlite3.connect(store, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@contextlib.contextmanager
def full(store: Path) -> Generator[None]:
    """No byte is left on the disk."""
    ballast = store.with_name("ballast")
    with ballast.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        while True:
            stream.write(b"0" * 4096)
    yield
    ballast.unlink()


@contextlib.contextmanager
def replaced(store: Path) -> Generator[None]:
    """A text lies in its place."""
    aside = store.with_name("aside")
    store.rename(aside)
    store.write_text("# Notes\n" * 1000)
    yield
    aside.rename(store)


@contextlib.contextmanager
def moved(store: Path) -> Generator[None]:
    """Its folder is gone, as of a disk that is not mounted any more."""
    aside = store.parent.with_name("aside")
    store.parent.rename(aside)
    yield
    aside.rename(store.parent)


@contextlib.contextmanager
def deleted(store: Path) -> Generator[None]:
    """It was deleted; a new one is made at once."""
    for file in files_of(store):
        file.unlink()
    yield


FAULTS: dict[str, Callable[[Path], contextlib.AbstractContextManager[None]]] = {
    "locked": locked,
    "full": full,
    "a text in its place": replaced,
    "folder gone": moved,
    "deleted": deleted,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deliveries", type=int, default=10, help="deliveries during each fault")
    count = parser.parse_args().deliveries
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as place, small_disk(Path(place)) as is_small:
        folder = Path(place) / "store"
        folder.mkdir()
        with rig(folder, "--sweep-every", "0") as bench:
            bench.service.start()
            tell("whole", [deliver(bench.service.hook) for _ in range(count)], 0.0)
            for name, fault in FAULTS.items():
                if name != "full" or is_small:
                    with fault(bench.service.store):
                        answers = [deliver(bench.service.hook) for _ in range(count)]
                    tell(name, answers, until_stored(bench.service.hook))


@contextlib.contextmanager
def small_disk(place: Path) -> Generator[bool]:
    """Let a folder be a disk of its own; whether that was allowed."""
    options = ["-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    done = subprocess.run(["mount", *options], capture_output=True, check=False)  # noqa: S603, S607 - of a bench
    try:
        yield done.returncode == 0
    finally:
        subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)  # noqa: S603, S607 - of a bench


def deliver(hook: str) -> tuple[int, float]:
    """Deliver once; status and seconds."""
    began = time.perf_counter()
    status = httpx.post(hook, content=BODY, headers={SECRET_HEADER: SECRET}, timeout=PATIENCE_S).status_code
    return status, time.perf_counter() - began


def until_stored(hook: str) -> float:
    """Seconds until a delivery is stored again."""
    began = time.perf_counter()
    while deliver(hook)[0] >= 300:
        time.sleep(0.02)
    return time.perf_counter() - began


def tell(name: str, answers: list[tuple[int, float]], again_s: float) -> None:
    """Print one line."""
    statuses = ", ".join(f"{count} × {status}" for status, count in Counter(status for status, _ in answers).items())
    longest = max(seconds for _, seconds in answers)
    print(f"{name:20s} {statuses:22s} longest {longest:.2f} s; stored again after {again_s:.2f} s")


if __name__ == "__main__":
    main()
