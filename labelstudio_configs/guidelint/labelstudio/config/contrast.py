"""Whether text on a colour is read better in black or in white."""

from __future__ import annotations

from typing import Final

_WEIGHTS: Final = (0.2126, 0.7152, 0.0722)
_FLARE: Final = 0.05
"""Light that every screen adds; WCAG 2.2, contrast ratio."""
_LINEAR_UP_TO: Final = 0.04045
"""Below it sRGB is linear (IEC 61966-2-1)."""


def dark_on(color: str) -> bool:
    """Whether black has the higher contrast on ``#rrggbb``; the better of black and white is never below 4.5 : 1."""
    return contrast(color, "#000000") >= contrast(color, "#ffffff")


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + _FLARE) / (low + _FLARE)


def _luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return sum(weight * _linear(part) for weight, part in zip(_WEIGHTS, parts, strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4
