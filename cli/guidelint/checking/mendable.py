"""What a person can mend: errors whose message says what is wrong with what was given, and what to do."""

from __future__ import annotations


def mendable() -> tuple[type[Exception], ...]:
    """Give their kinds; only who fails loads them."""
    from guidelint.checking.asked.adjustment import AdjustmentError  # noqa: PLC0415
    from guidelint.checking.baseline.error import BaselineError  # noqa: PLC0415
    from guidelint.checking.expected.expected_list import ExpectedError  # noqa: PLC0415
    from guidelint.checking.input.error import WorkError  # noqa: PLC0415
    from guidelint.checking.releasing.error import NotReleasedError  # noqa: PLC0415
    from guidelint.checking.reliability.error import ReliabilityError  # noqa: PLC0415
    from guidelint.checking.simulation.error import SimulationError  # noqa: PLC0415
    from guidelint.checking.supplied import SuppliedError  # noqa: PLC0415
    from guidelint.geometry.kernels.choice import KernelChoiceError  # noqa: PLC0415
    from guidelint.labelstudio.config.tags import ConfigError  # noqa: PLC0415
    from guidelint.language.examples.folder import ExamplesError  # noqa: PLC0415
    from guidelint.language.library import NoSuchGuidelineError  # noqa: PLC0415
    from guidelint.validation.judging.plan import PlanError  # noqa: PLC0415

    return (
        *(AdjustmentError, BaselineError, ConfigError, ExamplesError, ExpectedError, KernelChoiceError),
        *(NoSuchGuidelineError, NotReleasedError, PlanError, ReliabilityError, SimulationError),
        *(SuppliedError, WorkError),
    )
