"""Which builds lose cases to one that can't read all of them, and which builds' changes another knows."""

from datetime import UTC, datetime, timedelta

import pytest

from deploy.builds.known import KnownBuild, knowing, robbed

FIRST = datetime(2026, 11, 25, tzinfo=UTC)


def builds(**shares: float) -> list[KnownBuild]:
    """Made one after another, in this order."""
    return [
        KnownBuild(name, FIRST + timedelta(days=day), share, None) for day, (name, share) in enumerate(shares.items())
    ]


@pytest.mark.parametrize(
    ("before", "after", "losers"),
    [
        ({"a": 100, "b": 0}, {"a": 80, "b": 20}, []),
        ({"a": 80, "b": 20}, {"a": 0, "b": 100}, []),
        ({"a": 80, "b": 20}, {"a": 90, "b": 10}, ["b"]),
        ({"a": 80, "b": 20}, {"a": 100, "b": 0}, ["b"]),
        ({"a": 0, "b": 100}, {"a": 20, "b": 80}, ["b"]),
        ({"a": 0, "b": 100}, {"a": 100, "b": 0}, ["b"]),
        ({"a": 80, "b": 20, "c": 0}, {"a": 80, "b": 0, "c": 20}, ["b"]),
        ({"a": 0, "b": 80, "c": 20}, {"a": 100, "b": 0, "c": 0}, ["b", "c"]),
        ({"a": 100}, {"a": 100}, []),
        ({}, {"a": 100}, []),
    ],
)
def test_a_build_is_robbed_by_an_older_one(
    before: dict[str, float], after: dict[str, float], losers: list[str]
) -> None:
    assert robbed(builds(**before), builds(**after)) == losers


def test_a_build_knows_what_was_there_when_it_was_made() -> None:
    assert knowing(builds(a=0, b=100, c=0), "b") == ["a", "b"]
