"""Webhook deliveries broken in every way that was thought of: structure, values, bytes, encodings, headers, paths."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec
from tests.service.bench import SECRET, SERVER

from guidelint.labelstudio.connection.address import SECRET_HEADER, hook_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

Json = Any
Where = tuple[str | int, ...]
Headers = tuple[tuple[bytes, bytes], ...]
SECRET_SENT = (SECRET_HEADER.lower().encode(), SECRET.encode())
JSON_SENT = (b"content-type", b"application/json")
DEEP = 50_000
MANY = 20_000
STRUCTURE_SHARE, RARE_SHARE = 0.6, 0.002


def _raw(text: str | bytes) -> msgspec.Raw:
    return msgspec.Raw(text.encode() if isinstance(text, str) else text)


NASTY: tuple[Json, ...] = (
    *(None, True, False, 0, -1, 1, 1.0, 1.5, -0.0, 2**31 - 1, 2**31, 2**32, 2**53 + 1, 2**63 - 1, -(2**63), "", [], {}),
    *map(_raw, (str(2**63), str(2**64), str(-(2**63) - 1), str(10**30), "9" * 5000, "1e308", "1e400", "-1e-400")),
    *map(_raw, ("NaN", "Infinity", "-Infinity", "01", "+1", "0x10", "1_000", "'x'", "undefined", "tru", "nul")),
    *map(_raw, (r'"\u0000"', r'"a\u0000b"', r'"\ud800"', r'"\udc00\ud800"', r'"\ud83d\ude00"', r'"\x"', '"\n"', '"')),
    *map(
        _raw, (b'"\xff\xfe"', b'"\xc3"', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"', b"\x00", b"\xef\xbb\xbf1", b"/**/1")
    ),
    *("\x1b[31m", "\u202ex", "😀" * 50, "x" * 100, "x" * 5000, "1", "-1", "1.0", "١٢", " 1 ", "null", "[]", "{}"),
    *("2026-01-02T03:04:05Z", "2026-13-45T99:99:99Z", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59.999999Z"),
    *("0001-01-01T00:00:00+14:00", "2026-01-02", "2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05+99:99", "now"),
    *([None], [[]], [{}], {"id": None}, {"id": {}}, {"": ""}, [0] * 50, {"id": 2**63 - 1}, {"__class__": "x"}),
    *("ANNOTATION_CREATED", "ANNOTATIONS_DELETED", "TASKS_DELETED", "annotation_created", "PROJECT_DELETED", "LOOK"),
)
KEYS = (
    *("action", "annotation", "annotations", "project", "task", "tasks", "id", "created_at", "updated_at", "unique_id"),
    *("prediction", "total_annotations", "cancelled_annotations", "", "\x00", "__proto__", "Id", "ID", "id "),
)
TYPES = (
    b"",
    b"text/plain",
    b"application/json; charset=utf-16",
    b"application/x-www-form-urlencoded",
    b"\xff\x00",
    b"x" * 9000,
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request to the receiver."""

    body: bytes
    headers: Headers = (SECRET_SENT, JSON_SENT)
    path: str = hook_path(SERVER)
    parts: int = 1
    """In so many pieces the body arrives."""
    breaks_off: bool = False
    """The sender goes away before the body is complete."""


def good_body(number: int = 1) -> bytes:
    """A delivery that is always taken."""
    annotation = {"id": number, "task": number, "created_at": "2026-01-02T03:04:05Z", "unique_id": str(number)}
    return msgspec.json.encode({"action": "ANNOTATION_CREATED", "annotation": annotation, "project": {"id": 1}})


def deliveries(random: Random, bodies: list[bytes]) -> Iterator[Delivery]:
    """Yield broken deliveries without end, the same for the same randomness."""
    seeds = [(body, msgspec.json.decode(body)) for body in bodies]
    ways = [list(_ways(read)) for _, read in seeds]
    while True:
        position = random.randrange(len(seeds))
        body, read = seeds[position]
        if random.random() < RARE_SHARE:
            body = random.choice(RARE)(random, read)
        elif random.random() < STRUCTURE_SHARE:
            for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
                read = changed(read, random.choice(ways[position]), random)
            body = msgspec.json.encode(read)
        else:
            body = random.choice(BYTES)(random, body, random.choice(bodies))
        yield _sent(random, Delivery(body))


def changed(part: Json, where: Where, random: Random) -> Json:
    """Change what stands at a place; a place that is not there any more changes nothing."""
    if not where:
        return random.choice(STRUCTURE)(random, part)
    if isinstance(part, dict) and where[0] in part:
        if len(where) == 1 and random.random() < 0.3:
            return _key_changed(random, part, str(where[0]))
        return {**part, where[0]: changed(part[where[0]], where[1:], random)}
    if isinstance(part, list) and isinstance(where[0], int) and where[0] < len(part):
        return [*part[: where[0]], changed(part[where[0]], where[1:], random), *part[where[0] + 1 :]]
    return part


def _ways(part: Json, where: Where = ()) -> Iterator[Where]:
    """Yield every place; those near the top, which are read, many times."""
    yield from [where] * max(1, 16 >> (2 * len(where)))
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inside:
        yield from _ways(value, (*where, key))


def _key_changed(random: Random, part: dict[str, Json], key: str) -> dict[str, Json]:
    rest = {name: value for name, value in part.items() if name != key}
    new = random.choice(KEYS)
    return random.choice((rest, {**rest, new: part[key]}, {**part, new: random.choice(NASTY)}))


def _with_another_key(random: Random, part: Json) -> Json:
    return {**part, random.choice(KEYS): random.choice(NASTY)} if isinstance(part, dict) else part


STRUCTURE: tuple[Callable[[Random, Json], Json], ...] = (
    lambda random, _part: random.choice(NASTY),
    lambda random, _part: random.choice(NASTY),
    lambda _random, part: [part],
    lambda _random, part: {"id": part},
    lambda random, part: [part] * random.randrange(20),
    lambda random, part: [part, random.choice(NASTY), part],
    lambda _random, part: (
        msgspec.json.encode(part).decode(errors="replace") if not isinstance(part, msgspec.Raw) else part
    ),
    _with_another_key,
)


def _at(random: Random, body: bytes) -> int:
    return random.randrange(len(body) + 1)


def _doubled_key(random: Random, body: bytes, _other: bytes) -> bytes:
    """Give a key twice."""
    starts = [position for position in range(len(body)) if body[position : position + 1] == b"{"] or [0]
    start = random.choice(starts) + 1
    pair = msgspec.json.encode({random.choice(KEYS): random.choice(NASTY)})[1:-1]
    return body[:start] + pair + b"," + body[start:]


def _flipped(random: Random, body: bytes, _other: bytes) -> bytes:
    made = bytearray(body)
    for _ in range(random.choice((1, 1, 2, 5, 50))):
        made[random.randrange(len(made))] = random.randrange(256)
    return bytes(made)


def _spliced(random: Random, body: bytes, other: bytes) -> bytes:
    return body[: _at(random, body)] + other[_at(random, other) :]


def _without(random: Random, body: bytes, _other: bytes) -> bytes:
    start = _at(random, body)
    return body[:start] + body[start + random.choice((1, 2, 10, 1000)) :]


def _with(random: Random, body: bytes, _other: bytes) -> bytes:
    start = _at(random, body)
    odd = random.choice(
        (b"\x00", b"\xff", b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\xef\xbb\xbf", b"\x1f\x8b", b"9" * 50)
    )
    return body[:start] + odd + body[start:]


def _text(body: bytes) -> str:
    return body.decode(errors="replace")


BYTES: tuple[Callable[[Random, bytes, bytes], bytes], ...] = (
    _doubled_key,
    _flipped,
    _spliced,
    _without,
    _with,
    lambda random, body, _other: body[: _at(random, body)],
    lambda random, body, _other: body[_at(random, body) :],
    lambda _random, body, other: body + other,
    lambda random, _body, _other: random.randbytes(random.randrange(300)),
    lambda random, body, _other: _text(body).encode(
        random.choice(("utf-16", "utf-16-le", "utf-32-be", "utf-7", "utf-8-sig"))
    ),
    lambda _random, body, _other: gzip.compress(body, 1),
    lambda _random, body, _other: zlib.compress(body, 1),
    lambda _random, body, _other: b"payload=" + body,
    lambda _random, body, _other: b"--x\r\ncontent-disposition: form-data; name=a\r\n\r\n" + body + b"\r\n--x--",
    lambda random, body, _other: body.replace(b'"', random.choice((b"'", b"", b'""', b'\\"')), random.randrange(1, 9)),
    lambda _random, _body, _other: b"",
)


def _deep(random: Random, _read: Json) -> bytes:
    return random.choice((b"[", b'{"a":', b'{"action":"TASKS_CREATED","tasks":[')) * DEEP


def _deep_within(random: Random, _read: Json) -> bytes:
    return b'{"action":"ANNOTATION_CREATED","annotation":{"id":1,"task":1,"x":' + b"[" * random.randrange(DEEP)


def _many_tasks(random: Random, read: Json) -> bytes:
    tasks = [{"id": number, "total_annotations": 1} for number in range(random.randrange(MANY))]
    return msgspec.json.encode({**read, "tasks": tasks})


def _many_odd_rows(random: Random, read: Json) -> bytes:
    rows = [random.choice(NASTY) for _ in range(random.randrange(MANY))]
    return msgspec.json.encode({**read, "annotations": rows})


def _spaces(random: Random, _read: Json) -> bytes:
    return b" " * random.randrange(10**6) + good_body()


RARE: tuple[Callable[[Random, Json], bytes], ...] = (_deep, _deep_within, _many_tasks, _many_odd_rows, _spaces)
HEADERS: tuple[Callable[[Random], Headers], ...] = (
    lambda _random: (JSON_SENT,),
    lambda random: ((SECRET_SENT[0], random.choice((b"", b"wrong", b"\xff\xfe", SECRET_SENT[1] + b"x", b"x" * 9000))),),
    lambda random: (SECRET_SENT, (b"content-type", random.choice(TYPES))),
    lambda random: (SECRET_SENT, (b"content-encoding", random.choice((b"gzip", b"br", b"\x00", b"deflate, gzip")))),
    lambda random: (
        SECRET_SENT,
        (b"content-length", random.choice((b"0", b"-1", b"x", b"9" * 30, b"\xc2\xb2", b"99999999999"))),
    ),
    lambda _random: (SECRET_SENT, SECRET_SENT, (b"transfer-encoding", b"chunked"), (b"expect", b"100-continue")),
    lambda random: (SECRET_SENT, *((b"x-%d" % n, random.randbytes(20)) for n in range(50))),
)
PATHS = (
    "/hooks/elsewhere",
    "/hooks/",
    "/hooks",
    "/",
    "/hooks/../health",
    "/hooks/%00",
    "/hooks/" + "x" * 5000,
    "/hooks/é",
)


def _sent(random: Random, delivery: Delivery) -> Delivery:
    """Send it as Label Studio would, but for a few."""
    chance = random.random()
    if chance < 0.04:
        return replace(delivery, headers=random.choice(HEADERS)(random))
    if chance < 0.05:
        return replace(delivery, path=random.choice(PATHS))
    if chance < 0.08:
        return replace(delivery, parts=random.choice((2, 3, 50)), breaks_off=random.random() < 0.5)
    return delivery
