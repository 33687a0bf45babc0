"""Public pages while the other services are away, and what proxies may keep."""

from tests.console.conftest import ORIGIN, Console


async def test_the_front_page_stands_alone_and_is_not_kept(console: Console) -> None:
    answer = await console.client.get("/", headers=ORIGIN)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.text.count("alert away") == 2
    assert f'<link rel="canonical" href="{console.settings.console_url}">' in answer.text


async def test_a_page_of_a_service_that_is_away_says_so(console: Console) -> None:
    answer = await console.client.get("/lists", headers=ORIGIN)
    assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")


async def test_a_receipt_that_can_not_be_one_is_not_looked_up(console: Console) -> None:
    answer = await console.client.post("/receipts", headers=ORIGIN, data={"receipt": "12345"})
    assert (answer.status_code, answer.headers["cache-control"]) == (422, "no-store")
    assert "OB-2026-ABCD-EFGH-2345" in answer.text


async def test_nothing_to_check_is_said_beside_the_field(console: Console) -> None:
    answer = await console.client.post("/check", headers=ORIGIN, data={"root": "xyz"})
    assert answer.status_code == 422
    assert 'id="f-root-error"' in answer.text


async def test_search_engines_are_let_in(console: Console) -> None:
    answer = await console.client.get("/robots.txt")
    assert answer.text.startswith("User-agent: *\nDisallow: /sign-in\n")
    assert "Disallow: /lists" not in answer.text
