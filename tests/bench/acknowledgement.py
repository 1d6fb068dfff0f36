"""How fast deliveries are acknowledged: ``python -m tests.bench.acknowledgement`` from the root of the repository.

200 deliveries a second of 4 kB for 10 s, then 300 at once of 200 kB, each on a connection of its own as Label Studio
makes them; first to a service that has nothing to judge, then to one that judges all the time. Answers never wait.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.service.bench import DATA, GOOD, SECRET
from tests.service.processes import Rig, rig

from guidelint.labelstudio.connection.address import SECRET_HEADER

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

TASKS = 50


def body(size: int, number: int, project: int) -> bytes:
    """A delivery of about so many bytes."""
    moment = "2026-01-02T03:04:05Z"
    annotation = {"id": number, "task": number, "created_at": moment, "updated_at": moment}
    filled = {**annotation, "result": [{"rle": [1] * (size // 3)}]}
    return json.dumps({"action": "ANNOTATION_CREATED", "annotation": filled, "project": {"id": project}}).encode()


async def deliver(port: int, path: str, content: bytes, seconds: list[float]) -> None:
    """Send one delivery and note how long its answer took."""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {path} HTTP/1.1\r\nHost: bench\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Length: {len(content)}\r\n"
    writer.write(f"{head}Connection: close\r\n\r\n".encode() + content)
    answer = await reader.readline()
    seconds.append(time.perf_counter() - began)
    writer.close()
    if b" 20" not in answer:
        raise RuntimeError(answer.decode())


async def stream(port: int, path: str, project: int) -> list[float]:
    """200 a second of 4 kB for 10 s."""
    seconds: list[float] = []
    began, sent = time.perf_counter(), list[asyncio.Task[None]]()
    for number in range(2000):
        await asyncio.sleep(max(0.0, began + number / 200 - time.perf_counter()))
        content = body(4000, number % TASKS + 1, project)
        sent.append(asyncio.create_task(deliver(port, path, content, seconds)))
    await asyncio.gather(*sent)
    return seconds


async def burst(port: int, path: str, project: int) -> list[float]:
    """300 at once of 200 kB."""
    seconds: list[float] = []
    content = body(200_000, 1, project)
    await asyncio.gather(*[deliver(port, path, content, seconds) for _ in range(300)])
    return seconds


def told(name: str, seconds: list[float]) -> str:
    """One line of the result."""
    ordered = sorted(1000 * value for value in seconds)
    median, high, worst = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)], ordered[-1]
    return f"{name:<45} median {median:7.1f} ms   p99 {high:7.1f} ms   worst {worst:7.1f} ms\n"


def load(port: int, path: str, project: int) -> None:
    """Measure, as a process of its own."""
    sys.stdout.write(told("200 a second, 4 kB", asyncio.run(stream(port, path, project))))
    sys.stdout.write(told("300 at once, 200 kB", asyncio.run(burst(port, path, project))))


def drop(_url: str, _headers: Mapping[str, str], _body: bytes) -> None:
    """Lose a webhook: here only the load sends any."""


@contextlib.contextmanager
def running(folder: Path) -> Generator[Rig]:
    """A service that never lets answers wait, on a fake Label Studio."""
    with rig(folder, "--hold-ms", "0", "--sweep-every", "0") as bench:
        bench.fake.deliver = drop
        bench.service.start()
        time.sleep(3)
        yield bench


def main() -> None:
    """Measure without and with something to judge."""
    if len(sys.argv) > 1:
        load(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
        return
    for name, judged in (("nothing to judge", False), ("judging all the time", True)):
        with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as bench:
            for task in bench.fake.add_tasks(bench.project, [dict(DATA) for _ in range(TASKS)]) if judged else []:
                bench.fake.submit(task, GOOD)
            project = bench.project if judged else 999
            sys.stdout.write(f"{name}\n")
            sys.stdout.flush()
            path = bench.service.hook.removeprefix(bench.service.url)
            command = [sys.executable, "-m", "tests.bench.acknowledgement", str(bench.service.port), path, str(project)]
            subprocess.run(command, check=True)  # noqa: S603 - our own command


if __name__ == "__main__":
    main()
