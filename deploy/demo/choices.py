"""What each party of the demo does with a case: chosen by the credit code alone, so that every run is the same."""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any

from contracts.enums import Verdict

Chosen = Callable[[dict[str, Any]], bool]
"""Which of its tasks a party takes up."""


def all_of_them(_task: dict[str, Any]) -> bool:
    return True


class Fate(StrEnum):
    """How an authority and the enterprise behave in the recommendation stage."""

    RECOMMEND = "recommend"
    DECLINE = "decline"
    RETURN = "return"
    RETURN_UNANSWERED = "return_unanswered"


def chance(credit_code: str, question: str) -> float:
    """A number from 0 to 1, always the same for the same enterprise and question."""
    digest = sha256(f"{question}:{credit_code}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def recommendation(credit_code: str) -> Fate:
    number = chance(credit_code, "recommendation")
    if number < 0.05:
        return Fate.DECLINE
    if number < 0.06:
        return Fate.RETURN_UNANSWERED
    return Fate.RETURN if number < 0.12 else Fate.RECOMMEND


def verdict(fate: Fate, stage_round: int) -> Verdict:
    """The authority's verdict: a returned case that comes again is recommended."""
    if fate is Fate.DECLINE:
        return Verdict.REJECTED
    if fate is Fate.RECOMMEND or stage_round > 1:
        return Verdict.APPROVED
    return Verdict.RETURNED


def withdraws(credit_code: str) -> bool:
    """Whether the enterprise takes its application back while the experts are reading it."""
    return chance(credit_code, "withdrawal") < 0.01


def has_interest(expert: str, credit_code: str) -> bool:
    return chance(credit_code, f"interest of {expert}") < 0.01


def points(expert: str, credit_code: str, criterion: str, most: int) -> int:
    """An expert's points: the enterprise's own quality, and a little of the expert's taste."""
    quality = 0.56 + 0.4 * chance(credit_code, "quality")
    taste = 0.1 * chance(credit_code, f"taste of {expert} in {criterion}") - 0.05
    return int(Decimal(most) * Decimal(str(round(min(1.0, quality + taste), 3))))


def is_objected_to(credit_code: str) -> bool:
    return chance(credit_code, "objection") < 0.03


def is_upheld(credit_code: str) -> bool:
    return chance(credit_code, "objection upheld") < 0.4


def is_struck(credit_code: str) -> bool:
    """Whether the ministry leaves the enterprise out in its decision."""
    return chance(credit_code, "struck") < 0.008
