"""Which campaigns take applications now, and for how long. Pure; filing judges when one applies."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from services.console.web.formats import SHANGHAI

Campaign = dict[str, Any]


def is_open(campaign: Campaign, at: datetime) -> bool:
    begun = datetime.fromisoformat(campaign["opens_at"]) <= at
    return begun and campaign["closed_at"] is None and at <= datetime.fromisoformat(campaign["closes_at"])


def open_campaigns(campaigns: Iterable[Campaign], applied: Collection[str], at: datetime) -> list[Campaign]:
    """Those in which an enterprise can still apply; `applied` are the ids of those in which it has."""
    return [campaign for campaign in campaigns if is_open(campaign, at) and campaign["id"] not in applied]


def days_left(until: str, at: datetime) -> int:
    """Days in Shanghai, 0 on the last; negative when it is over."""
    last = datetime.fromisoformat(until).astimezone(SHANGHAI).date()
    return (last - at.astimezone(SHANGHAI).date()).days
