"""A notice as the public sees it, before the real review."""

import httpx
import pytest

from services.console.pages.public import notices
from tests.console.campaign.conftest import Ministry
from tests.console.conftest import ORIGIN
from tests.review.batches import close, credit_code, nominate, on_notice, withdraw


async def seen(ministry: Ministry, path: str) -> httpx.Response:
    """By somebody who is not signed in."""
    return await ministry.officer.client.get(path, headers=ORIGIN)


async def test_a_notice_goes_on_where_its_page_ends(ministry: Ministry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "SHOWN", 2)
    await nominate(ministry.review, 3)
    notice_id = await on_notice(ministry.review)
    first = await seen(ministry, f"/notices/{notice_id}?type=logistics")
    assert [f"第{number}物流有限公司" in first.text for number in (1, 2, 3)] == [True, True, False]
    (_, _, rest) = first.text.partition('rel="next" href="')
    address = rest.partition("#")[0].replace("&amp;", "&")
    assert "type=logistics" in address
    last = await seen(ministry, address)
    assert [f"第{number}物流有限公司" in last.text for number in (1, 2, 3)] == [False, False, True]


async def test_what_is_searched_for_is_found(ministry: Ministry) -> None:
    await nominate(ministry.review, 12)
    notice_id = await on_notice(ministry.review)
    page = await seen(ministry, f"/notices/{notice_id}?q={credit_code(12)}&authority=410000")
    assert ("第12物流有限公司" in page.text, "第1物流有限公司" in page.text) == (True, False)
    nothing = await seen(ministry, f"/notices/{notice_id}?authority=central")
    assert 'class="nothing"' in nothing.text


async def test_the_paper_is_drawn_once_until_somebody_withdraws(ministry: Ministry) -> None:
    _, leaves = await nominate(ministry.review, 2)
    notice_id = await on_notice(ministry.review)
    address = f"/notices/{notice_id}/print"
    before = await seen(ministry, address)
    assert before.headers["cache-control"].startswith("public")
    assert (await seen(ministry, address)).text == before.text
    await withdraw(ministry.review, leaves)
    after = await seen(ministry, address)
    assert (before.text.count("(Withdrawn)"), after.text.count("(Withdrawn)")) == (0, 1)
    await close(ministry.review, notice_id)
    assert (await seen(ministry, address)).text == after.text
    assert ministry.services.asked.count(f"/v1/notices/{notice_id}") == 2


async def test_an_objection_names_an_enterprise_that_stands_on_the_notice(ministry: Ministry) -> None:
    _, leaves = await nominate(ministry.review, 2)
    notice_id = await on_notice(ministry.review)
    await withdraw(ministry.review, leaves)
    address = f"/notices/{notice_id}/objection?enterprise="
    assert "第1物流有限公司" in (await seen(ministry, address + credit_code(1))).text
    for other in (credit_code(2), credit_code(9), "../x", ""):
        page = await seen(ministry, address + other)
        assert (page.status_code, 'id="f-credit_code"' in page.text) == (200, True), other
