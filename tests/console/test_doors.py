"""All pages × all roles; nothing is changed by another site's form."""

import re

import httpx
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from contracts.enums import Role
from services.console.app import SERVICE
from tests.console.conftest import ORIGIN, Console
from tests.console.doors import PAGES, PUBLIC, SIGNED_IN

ID = "00000000-0000-0000-0000-000000000001"
WITHOUT_A_BROWSER = {("POST", "/oauth/token")}


def routes() -> set[tuple[str, str]]:
    app = FastAPI()
    for router in SERVICE.routers:
        app.include_router(router)
    own = {app.openapi_url, app.docs_url, app.redoc_url, app.swagger_ui_oauth2_redirect_url}
    return {
        (method, str(route.path))
        for route in iter_route_contexts(app.routes)
        if route.path not in own
        for method in route.methods or ()
    }


def test_the_table_names_every_page_and_no_other() -> None:
    assert set(PAGES) == routes()


def address(path: str) -> str:
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda found: "2031" if found[1] == "year" else ID, path)


def entered(answer: httpx.Response) -> bool:
    """Whether the page's own code was reached: not sent to the sign-in, not refused at the door."""
    to_sign_in = answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?next=")
    return not to_sign_in and answer.status_code != 403


async def knock(console: Console, door: tuple[str, str], headers: dict[str, str], csrf: str) -> httpx.Response:
    data = {"csrf": csrf} if door[0] == "POST" else None
    return await console.client.request(door[0], address(door[1]), headers=headers, data=data)


async def test_who_has_not_signed_in_gets_only_what_is_public(console: Console) -> None:
    wrong = []
    for door, roles in PAGES.items():
        answer = await knock(console, door, ORIGIN, "")
        if roles != PUBLIC and entered(answer):
            wrong.append(f"{door}: {answer.status_code}")
        if answer.status_code == 500:
            wrong.append(f"{door}: failed")
    assert wrong == []


async def test_every_role_at_every_page(console: Console) -> None:
    """Who may come in is let in, whatever the page then says; the others are refused."""
    wrong = []
    for role in sorted(SIGNED_IN):
        account = await console.account(role)
        for door, roles in PAGES.items():
            if roles == PUBLIC:
                continue
            headers, csrf = await console.session(account)
            answer = await knock(console, door, headers, csrf)
            if entered(answer) != (role in roles) or answer.status_code == 500:
                wrong.append(f"{role} {door}: {answer.status_code}")
    assert wrong == []


async def test_a_form_of_another_site_changes_nothing(console: Console) -> None:
    """Neither with a foreign origin nor without the session's token; for every page and a role that may use it."""
    wrong: list[str] = []
    for door, roles in PAGES.items():
        if door[0] == "GET" or door in WITHOUT_A_BROWSER:
            continue
        account = await console.account(next(iter(sorted(roles or SIGNED_IN))), login=f"p{len(wrong)}-{hash(door)}")
        headers, csrf = await console.session(account)
        for case, sent, token in (
            ("foreign origin", headers | {"Origin": "https://evil.test"}, csrf),
            ("foreign site", headers | {"Sec-Fetch-Site": "cross-site"}, csrf),
            ("no token", headers, ""),
            ("another's token", headers, csrf[::-1]),
        ):
            answer = await knock(console, door, sent, token)
            if answer.status_code != 403:
                wrong.append(f"{door} {case}: {answer.status_code}")
    assert wrong == []


def test_roles_are_those_of_people() -> None:
    assert Role.SERVICE not in SIGNED_IN
