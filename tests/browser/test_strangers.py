"""Whoever types an address that is not theirs gets a refusal in plain words, and nothing of what is there."""

import pytest
from playwright.async_api import expect

from tests.bench.pages.catalogue import Who
from tests.browser.pages import Atlas
from tests.browser.people import People

REFUSED = {403: "您的账号不能办理这项工作", 404: "地址可能有误，或内容不对您开放"}
FOREIGN = (
    (Who.RETURNED, "/campaigns", 403),
    (Who.RETURNED, "/inbox", 403),
    (Who.RETURNED, "/cases/{case}", 403),
    (Who.RETURNED, "/applications/{listed_case}", 404),
    (Who.RETURNED, "/applications/{listed_case}/declaration", 404),
    (Who.STAFF, "/cases/{listed_case}", 404),
    (Who.STAFF, "/cases/{listed_case}/print", 404),
    (Who.STAFF, "/campaigns/{campaign}", 403),
    (Who.STAFF, "/objections/{objection}", 403),
    (Who.STAFF, "/decisions/{decision}", 403),
    (Who.STAFF, "/admin/accounts", 403),
    (Who.EXPERT, "/cases/{own_case}", 404),
    (Who.EXPERT, "/assignments/{task}", 404),
    (Who.EXPERT, "/inbox", 403),
    (Who.ADMIN, "/cases/{case}", 403),
    (Who.ADMIN, "/campaigns/{campaign}", 403),
    (Who.DECIDER, "/campaigns/{campaign}/list", 403),
    (Who.OFFICER, "/admin/accounts", 403),
    (Who.OFFICER, "/assignments/{seat}", 403),
)


@pytest.mark.parametrize(("who", "path", "status"), FOREIGN)
async def test_an_address_of_others(people: People, atlas: Atlas, who: Who, path: str, status: int) -> None:
    person = await people.somebody(session=atlas.sessions[who])
    answer = await person.go(path.format_map(atlas.places))
    assert answer
    assert answer.status == status
    shown = await person.says()
    assert REFUSED[status] in shown
    assert "有限公司" not in shown, "the name of an enterprise"
    assert atlas.places["credit_code"] not in await person.page.content()
    await person.page.click("main >> text=回到首页")
    await expect(person.page.locator("main")).not_to_contain_text(REFUSED[status])


async def test_the_public_is_asked_to_sign_in(people: People, atlas: Atlas) -> None:
    citizen = await people.somebody()
    await citizen.go(f"/cases/{atlas.places['case']}")
    assert "/sign-in?next=" in citizen.page.url
