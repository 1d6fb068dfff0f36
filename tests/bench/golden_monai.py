"""Measure seeded pairs of masks with MONAI, once, for tests that run without it: python -m tests.bench.golden_monai.

Writes tests/data/monai_golden.json. ``returned`` is what the public functions of MONAI give, in single precision.
``exact`` are the same numbers in double precision: MONAI's own border voxels (get_mask_edges), the distance from every
one to the nearest of the other mask by comparing all pairs, and the reduction its functions document. The script fails
when the two differ by more than single precision explains.
"""

from __future__ import annotations

import importlib
import json
import warnings
from math import isclose, isfinite
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tests.geometry.pairs import Pair, fingerprint, flat_pairs, stack_pairs

GOLDEN = Path(__file__).parents[1] / "data/monai_golden.json"
Lengths = npt.NDArray[np.float64]
Figures = dict[str, float]
SINGLE = 2e-6
"""Relative: single precision through a square root, a sum over thousands and an interpolation."""


def returned(pair: Pair) -> Figures:
    """Give the figures of MONAI's public functions."""
    metrics, torch = importlib.import_module("monai.metrics"), importlib.import_module("torch")
    both = [torch.from_numpy(array[None, None].copy()) for array in (pair.first, pair.second)]
    given: dict[str, Any] = {"include_background": True, "spacing": list(pair.step_mm)}
    figures = {
        "hausdorff_mm": metrics.compute_hausdorff_distance(*both, **given),
        "hd95_mm": metrics.compute_hausdorff_distance(*both, percentile=95, **given),
        "assd_mm": metrics.compute_average_surface_distance(*both, symmetric=True, **given),
    }
    for tolerance in pair.tolerances_mm:
        found = metrics.compute_surface_dice(*both, class_thresholds=[tolerance], **given)
        figures[f"surface_dice_{tolerance}"] = found
    return {name: float(figure) for name, figure in figures.items()}


def exact(pair: Pair) -> Figures | None:
    """Give the figures in double precision; None when a mask is empty, where MONAI's conventions decide."""
    if not (pair.first.any() and pair.second.any()):
        return None
    edges = importlib.import_module("monai.metrics.utils").get_mask_edges(pair.first, pair.second)
    one, other = (np.argwhere(np.asarray(edge, np.bool_)) for edge in edges)
    # whole steps first, then millimetres: distances that are one step are exactly one step wherever they lie
    squared = sum(
        (np.subtract.outer(here, there) * step) ** 2
        for here, there, step in zip(one.T, other.T, pair.step_mm, strict=True)
    )
    apart = np.sqrt(np.asarray(squared, np.float64))
    return reduced((apart.min(axis=1), apart.min(axis=0)), pair.tolerances_mm)


def reduced(distances: tuple[Lengths, Lengths], tolerances_mm: tuple[float, ...]) -> Figures:
    """Reduce the distances both ways as MONAI documents."""
    pooled = np.concatenate(distances)
    return {
        "hausdorff_mm": float(pooled.max()),
        "hd95_mm": max(float(np.quantile(each, 0.95)) for each in distances),
        "assd_mm": float(pooled.mean()),
        **{f"surface_dice_{limit}": float((pooled <= limit).mean()) for limit in tolerances_mm},
    }


def measured(pair: Pair) -> dict[str, Any]:
    """Entry of one pair; what is not finite is written as text."""
    public, double = returned(pair), exact(pair)
    if double is not None:
        apart = [name for name, figure in double.items() if not isclose(figure, public[name], rel_tol=SINGLE)]
        if apart:
            raise SystemExit(f"{pair.name}: {apart} differ: {public} and {double}")
    return {
        "name": pair.name,
        "masks": fingerprint(pair),
        "returned": {name: figure if isfinite(figure) else str(figure) for name, figure in public.items()},
        "exact": double,
    }


def main() -> None:
    """Write the golden numbers."""
    warnings.simplefilter("ignore")
    monai, torch = importlib.import_module("monai"), importlib.import_module("torch")
    entries = [measured(pair) for pair in (*flat_pairs(), *stack_pairs())]
    head = {"monai": monai.__version__, "torch": torch.__version__, "made by": "tests/bench/golden_monai.py"}
    lines = ",\n  ".join(json.dumps(entry) for entry in entries)
    GOLDEN.write_text(f'{{"libraries": {json.dumps(head)},\n "pairs": [\n  {lines}\n ]}}\n', encoding="utf-8")
    print(f"{GOLDEN}: {len(entries)} pairs, {GOLDEN.stat().st_size} bytes, MONAI {monai.__version__}")


if __name__ == "__main__":
    main()
