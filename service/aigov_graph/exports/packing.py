"""Rectangles side by side and above one another, on as little ground as a simple rule finds."""

from __future__ import annotations

from collections.abc import Sequence

_ASPECT = 1.35
"""How much wider than high the whole is wanted."""

Sizes = Sequence[tuple[float, float]]
Corners = list[tuple[float, float]]


def packed(sizes: Sizes, gap: float) -> Corners:
    """Lower left corners for rectangles, none on another, the first and largest towards the top.

    Args:
        sizes: widths and heights.
        gap: what stays free between them.
    """
    if not sizes:
        return []
    area = sum((width + gap) * (height + gap) for width, height in sizes)
    widest = max(width for width, _ in sizes) + gap
    tries = [max(widest, (area * _ASPECT) ** 0.5 * factor) for factor in (0.9, 1.0, 1.1, 1.2, 1.35, 1.5)]
    return min((_shelved(sizes, gap, width) for width in [widest, *tries]), key=lambda found: _cost(sizes, found))


def _cost(sizes: Sizes, corners: Corners) -> float:
    width = max(x + w for (x, _), (w, _) in zip(corners, sizes, strict=True))
    height = max(y + h for (_, y), (_, h) in zip(corners, sizes, strict=True))
    return max(width, height * _ASPECT)


def _shelved(sizes: Sizes, gap: float, widest: float) -> Corners:
    order = sorted(range(len(sizes)), key=lambda i: (-sizes[i][1], -sizes[i][0], i))
    corners: dict[int, tuple[float, float]] = {}
    skyline = [(0.0, widest, 0.0)]  # stretches: from, to, height
    for index in order:
        width, height = min(sizes[index][0] + gap, widest), sizes[index][1] + gap
        left, base = _lowest(skyline, width, widest)
        corners[index] = (left, base)
        skyline = _raised(skyline, left, left + width, base + height)
    top = max(corners[i][1] + sizes[i][1] for i in order)
    return [(corners[i][0], top - corners[i][1] - sizes[i][1]) for i in range(len(sizes))]


def _lowest(skyline: list[tuple[float, float, float]], width: float, widest: float) -> tuple[float, float]:
    best = (float("inf"), 0.0)
    for left, _, _ in skyline:
        if left + width <= widest + 1e-6:
            base = max(h for a, b, h in skyline if a < left + width - 1e-9 and b > left + 1e-9)
            best = min(best, (base, left))
    return best[1], best[0]


def _raised(
    skyline: list[tuple[float, float, float]], left: float, right: float, height: float
) -> list[tuple[float, float, float]]:
    rest = [
        piece
        for a, b, h in skyline
        for piece in ((a, min(b, left), h), (max(a, right), b, h))
        if piece[1] > piece[0] + 1e-9
    ]
    return sorted([*rest, (left, right, height)])
