"""Who one is, and in which language one reads."""

from contracts.enums import Role
from tests.console.conftest import Console


async def test_it_names_person_role_and_authority(console: Console) -> None:
    account = await console.account(Role.AUTHORITY, department="流通处")
    headers, _csrf = await console.session(account)
    page = (await console.client.get("/me/account", headers=headers)).text
    for shown in (account.name, account.login, "Local authority", "流通处"):
        assert shown in page


async def test_the_language_is_kept_for_a_year_and_leads_back(console: Console) -> None:
    headers, csrf = await console.signed_in(Role.OFFICER)
    chosen = {"csrf": csrf, "language": "zh", "next": "/me/language"}
    answer = await console.client.post("/language", headers=headers, data=chosen)
    assert answer.headers["location"] == "/me/language"
    assert "Max-Age=31536000" in answer.headers["set-cookie"]
    in_chinese = headers | {"Cookie": f"{headers['Cookie']}; liaison_language=zh"}
    page = await console.client.get("/me/language", headers=in_chinese)
    assert page.headers["content-language"] == "zh"
    assert "界面语言" in page.text
