"""An image whose values say what each pixel belongs to, as the masks of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guidelint.geometry.mask import Mask, MaskError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    import numpy.typing as npt

MOST_RUNS = 400_000
"""Most stretches of one value that an image may be made of, all values counted together: noise is no work of a hand."""

MOST_VALUES = 2_500
"""Most values of one image: each is a region that is judged."""


def painted(values: npt.NDArray[Any], background: int | None = 0) -> Iterator[tuple[int, Mask]]:
    """Give each value of an image (rows, columns) of whole numbers with its pixels, in order of the values.

    ``background``: the value that means nothing; None: every value means something.
    Raises MaskError when the image is made of too many runs, or has too many values.
    """
    flat = np.ascontiguousarray(values).reshape(-1)
    if not flat.size:
        return
    changes = flat[1:] != flat[:-1]
    if np.count_nonzero(changes) >= MOST_RUNS:
        raise MaskError(f"the image changes its value more than {MOST_RUNS:,} times, which is not read")
    starts = np.append(0, np.flatnonzero(changes) + 1)
    stops, of_runs = np.append(starts[1:], flat.size), flat[starts]
    order = np.argsort(of_runs, kind="stable")
    found, first = np.unique(of_runs[order], return_index=True)
    if found.size > MOST_VALUES:
        raise MaskError(f"the image has {found.size:,} values; more than {MOST_VALUES:,} on one are not read")
    for value, runs in zip(found.tolist(), np.split(order, first[1:]), strict=True):
        if value != background:
            yield value, Mask.from_runs(starts[runs], stops[runs], (values.shape[0], values.shape[1]))
