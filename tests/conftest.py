"""Fixtures shared by all tests."""

from __future__ import annotations

import gc
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from tests.examples import USUAL, examples

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["guidelint.validation.testing"]
STRICT = "GUIDELINT_NOTHING_LEFT_OUT"
"""Set to 1, a run that leaves tests out fails."""

settings.register_profile(  # no test depends on how busy the machine is
    "bounded", max_examples=examples(USUAL), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("bounded")


@pytest.fixture
def collected() -> Iterator[None]:
    """Let go in the test itself of what it left open, so that no other is told of it."""
    yield
    gc.collect()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of real data outside the repository."""
    folder = os.environ.get("GUIDELINT_REAL_DATA")
    if not folder:
        pytest.skip("set GUIDELINT_REAL_DATA to the folder of real data")
    return Path(folder)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long: those that wait for a server, then those that hold the work of minutes."""
    longest: dict[Path, tuple[bool, bool]] = {}
    for item in items:
        waits, works = longest.get(item.path, (False, False))
        marks = {mark.name for mark in item.iter_markers()}
        longest[item.path] = waits or bool(marks & {"label_studio", "browser"}), works or "many" in marks
    items.sort(key=lambda item: longest[item.path], reverse=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out and how to enable it."""
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", ()))
    if not reasons:
        return
    terminalreporter.section(f"left out: {reasons.total()} tests")
    for reason, count in reasons.most_common():
        terminalreporter.line(f"{count:5d} × {reason}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run that had to leave nothing out and did."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    left_out = isinstance(reporter, pytest.TerminalReporter) and reporter.stats.get("skipped")
    if os.environ.get(STRICT) == "1" and exitstatus == pytest.ExitCode.OK and left_out:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _reason(report: pytest.TestReport) -> str:
    """Why a test was skipped, in the words of the one who skipped it."""
    words = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return words.removeprefix("Skipped: ")
