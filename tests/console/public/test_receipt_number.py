"""Receipt numbers, as people type them."""

import pytest

from services.console.pages.public.receipt_number import receipt_number

NUMBER = "OB-2026-ABCDEFGH2345"


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        "ob-2026-abcdefgh2345",
        "  OB 2026 ABCD EFGH 2345\n",
        "OB2026ABCDEFGH2345",
        "OB—2026—ABCDEFGH2345",
        "ＯＢ－２０２６－ＡＢＣＤＥＦＧＨ２３４５",
        "OB-2026-ABCD\u3000EFGH-2345",
    ],
)
def test_is_understood(typed: str) -> None:
    assert receipt_number(typed) == NUMBER


@pytest.mark.parametrize(
    "typed",
    ["", "OB-2026", "OB-2026-ABCDEFGH234", "OB-2026-ABCDEFGH23456", "XB-2026-ABCDEFGH2345", "OB-26-ABCDEFGH2345"],
)
def test_can_not_be_one(typed: str) -> None:
    assert receipt_number(typed) is None


@pytest.mark.parametrize("typed", ["OB-2026-../../v1/notic", "OB-2026-ABCDEFGH234/", "OB-2026-ABCDEFGH234?"])
def test_can_not_lead_elsewhere(typed: str) -> None:
    assert receipt_number(typed) is None
