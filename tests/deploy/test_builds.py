"""Which builds' changes another knows, and which it doesn't."""

from datetime import UTC, datetime, timedelta

import pytest

from deploy.builds.known import KnownBuild, knowing, unknown

FIRST = datetime(2026, 11, 25, tzinfo=UTC)


def builds(**shares: float) -> list[KnownBuild]:
    """Made one after another, in this order."""
    return [
        KnownBuild(name, FIRST + timedelta(days=day), share, None) for day, (name, share) in enumerate(shares.items())
    ]


@pytest.mark.parametrize(
    ("shares", "names"),
    [
        ({"a": 100}, []),
        ({"a": 0, "b": 100}, []),
        ({"a": 80, "b": 20}, ["b"]),
        ({"a": 100, "b": 0}, ["b"]),
        ({"a": 0, "b": 100, "c": 0}, ["c"]),
        ({"a": 100, "b": 0, "c": 0}, ["b", "c"]),
        ({"a": 0, "b": 20, "c": 80}, ["c"]),
        ({"a": 0}, []),
        ({}, []),
    ],
)
def test_what_came_after_the_oldest_that_gets_cases_is_unknown(shares: dict[str, float], names: list[str]) -> None:
    assert unknown(builds(**shares)) == names


def test_a_build_knows_what_was_there_when_it_was_made() -> None:
    assert knowing(builds(a=0, b=100, c=0), "b") == ["a", "b"]
