from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from guidelint.labelstudio.connection.server_clock import ServerClock


def heard(date: str) -> ServerClock:
    clock = ServerClock()
    clock.hear(httpx.Response(200, headers={"Date": date} if date else {}))
    return clock


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("Thu, 26 Nov 2026 10:00:00 GMT", datetime(2026, 11, 26, 10, tzinfo=UTC)),
        ("Thu, 26 Nov 2026 12:00:00 +0200", datetime(2026, 11, 26, 10, tzinfo=UTC)),
        ("Thu, 26 Nov 2026 10:00:00 -0000", datetime(2026, 11, 26, 10, tzinfo=UTC)),
    ],
)
def test_the_time_is_that_of_the_server_and_goes_on(date: str, told: datetime) -> None:
    clock = heard(date)
    assert clock.has_heard
    assert timedelta(0) <= clock.moment() - told < timedelta(minutes=5)


@pytest.mark.parametrize(
    "date",
    [
        "",
        "yesterday",
        "Thu, 99 Nov 2026 10:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Fri, 31 Dec 9999 23:59:59 -1200",
        "Thu, 26 Nov 99999999999 10:00:00 GMT",
        "Thu, 26 Nov 2026 99999999999999999999:00:00 GMT",
        "Thu, 26 Nov 2026 10:00:00 +99999999999999999999",
    ],
)
def test_a_server_that_does_not_say_is_taken_to_agree_with_this_machine(date: str) -> None:
    clock = heard(date)
    assert not clock.has_heard
    assert abs(clock.moment() - datetime.now(UTC)) < timedelta(minutes=5)
