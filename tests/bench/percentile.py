"""Percentiles of what was measured."""

from collections.abc import Sequence


def percentile(ordered: Sequence[float], percent: int) -> float:
    """By the nearest rank."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
