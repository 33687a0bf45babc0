"""Messages while there are none to show; with notify beside it the browser tests read them."""

from contracts.enums import Role
from tests.console.conftest import Console


async def test_an_administrator_is_sent_none(console: Console) -> None:
    headers, _csrf = await console.signed_in(Role.ADMIN)
    answer = await console.client.get("/me", headers=headers)
    assert answer.headers["location"] == "/me/account"
    assert 'href="/me"' not in main_of((await console.client.get("/me/account", headers=headers)).text)


async def test_notify_away_is_said_in_plain_words(console: Console) -> None:
    headers, _csrf = await console.signed_in(Role.EXPERT)
    answer = await console.client.get("/me", headers=headers)
    assert answer.status_code == 503
    assert "coming back" in answer.text


def main_of(page: str) -> str:
    return page.partition("<main")[2]
