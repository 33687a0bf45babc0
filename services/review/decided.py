"""Who was first: what a caller is told whose verdict, resolution or signature comes too late."""

from datetime import datetime
from typing import TypedDict


class Decided(TypedDict):
    """Members of the problem: the verdict, by whom (subject, name, department), and when."""

    verdict: str | None
    decided_by: str | None
    name: str | None
    department: str | None
    decided_at: str | None


def decided(
    verdict: str | None, by: str | None, name: str | None, department: str | None, at: datetime | None
) -> Decided:
    return Decided(
        verdict=verdict,
        decided_by=by,
        name=name,
        department=department,
        decided_at=at.isoformat() if at else None,
    )
