"""The inbox and the webhook endpoints: who sees and does what, and nothing of others'."""

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest

from contracts.enums import Role
from services.notify.app import SERVICE
from services.notify.rules import Channel
from services.notify.settings import NotifySettings
from tests.fixtures.apps import Api, Bearer
from tests.notify.conftest import Post
from tests.notify.receiver import Receiver
from tests.notify.samples import APPROVED, CREDIT_CODE, OBJECTION, OWED, PREPARED, RETURNED

Headers = dict[str, str]
URL = "http://127.0.0.1:9/hook"
CLAIMS: dict[Role, dict[str, str]] = {
    Role.AUTHORITY: {"authority": "410000"},
    Role.ENTERPRISE: {"credit_code": CREDIT_CODE},
}


@pytest.fixture
async def client(api: Api, post: Post) -> httpx.AsyncClient:
    return await api(SERVICE, post.database, webhook_private_targets=True, webhook_plain_http=True)


@pytest.fixture
def henan(bearer: Bearer) -> Headers:
    return bearer(Role.AUTHORITY, authority="410000")


@pytest.fixture
def hubei(bearer: Bearer) -> Headers:
    return bearer(Role.AUTHORITY, authority="420000")


@pytest.fixture
def admin(bearer: Bearer) -> Headers:
    return bearer(Role.ADMIN)


def of(bearer: Bearer, role: Role) -> Headers:
    return bearer(role, **CLAIMS.get(role, {}))


async def registered(client: httpx.AsyncClient, headers: Headers, **body: Any) -> dict[str, Any]:
    answer = await client.post("/v1/webhooks", headers=headers, json={"url": URL, **body})
    assert answer.status_code == 201, answer.text
    created: dict[str, Any] = answer.json()
    return created


ENDPOINTS = [
    ("GET", "/v1/messages", {Role.ENTERPRISE, Role.AUTHORITY, Role.EXPERT, Role.OFFICER, Role.DECIDER}),
    ("POST", "/v1/messages/{id}/read", {Role.ENTERPRISE, Role.AUTHORITY, Role.EXPERT, Role.OFFICER, Role.DECIDER}),
    ("GET", "/v1/messages/counts", {Role.ENTERPRISE, Role.AUTHORITY, Role.EXPERT, Role.OFFICER, Role.DECIDER}),
    ("POST", "/v1/messages/read", {Role.ENTERPRISE, Role.AUTHORITY, Role.EXPERT, Role.OFFICER, Role.DECIDER}),
    ("POST", "/v1/webhooks", {Role.AUTHORITY, Role.ADMIN}),
    ("GET", "/v1/webhooks", {Role.AUTHORITY, Role.ADMIN}),
    ("GET", "/v1/webhooks/{id}", {Role.AUTHORITY, Role.ADMIN}),
    ("PATCH", "/v1/webhooks/{id}", {Role.AUTHORITY, Role.ADMIN}),
    ("DELETE", "/v1/webhooks/{id}", {Role.AUTHORITY, Role.ADMIN}),
    ("GET", "/v1/webhooks/{id}/deliveries", {Role.AUTHORITY, Role.ADMIN}),
    ("POST", "/v1/webhooks/{id}/deliveries/{id}/again", {Role.AUTHORITY, Role.ADMIN}),
]


@pytest.mark.parametrize(("method", "path", "allowed"), ENDPOINTS)
async def test_every_role_at_every_endpoint(
    client: httpx.AsyncClient, bearer: Bearer, method: str, path: str, allowed: set[Role]
) -> None:
    target = path.format(id=uuid4())
    body: dict[str, str] | None = {} if method in ("POST", "PATCH") else None
    assert (await client.request(method, target, json=body)).status_code == 401
    for role in Role:
        status = (await client.request(method, target, headers=of(bearer, role), json=body)).status_code
        assert (status != 403) == (role in allowed), (role, status)
        assert status < 500


async def test_the_table_above_names_every_endpoint(client: httpx.AsyncClient) -> None:
    found = set()
    for path, methods in (await client.get("/openapi.json")).json()["paths"].items():
        for method, operation in methods.items() if path.startswith("/v1/") else ():
            named = re.sub(r"\{\w+_id\}", "{id}", path)
            found.add((method.upper(), named, frozenset(operation["x-roles"])))
    assert found == {(method, path, frozenset(roles)) for method, path, roles in ENDPOINTS}


async def test_each_party_reads_its_own_inbox(client: httpx.AsyncClient, post: Post, bearer: Bearer) -> None:
    await post.told(RETURNED, OWED, OBJECTION)
    seen = {}
    for role in (Role.ENTERPRISE, Role.AUTHORITY, Role.OFFICER, Role.DECIDER, Role.EXPERT):
        items = (await client.get("/v1/messages", headers=of(bearer, role))).json()["items"]
        seen[role] = [item["kind"] for item in items]
    assert seen == {
        Role.ENTERPRISE: ["returned"],
        Role.AUTHORITY: ["recommendations_due"],
        Role.OFFICER: ["objection_filed"],
        Role.DECIDER: ["objection_filed"],
        Role.EXPERT: [],
    }
    stranger = bearer(Role.ENTERPRISE, credit_code="91420100MA4XXXXX0X")
    assert (await client.get("/v1/messages", headers=stranger)).json() == {"items": [], "next": None}


async def test_a_message_is_read_in_the_readers_language(client: httpx.AsyncClient, post: Post, bearer: Bearer) -> None:
    await post.told(RETURNED)
    headers = of(bearer, Role.ENTERPRISE)
    for language, title in (("zh-CN", "申报材料退回补正"), ("en", "Your nomination was returned for correction")):
        [item] = (await client.get("/v1/messages", headers=headers | {"Accept-Language": language})).json()["items"]
        assert item["title"] == title
        assert "缺少审计报告" in item["text"]
        assert item["subject"] == RETURNED.subject


async def test_the_inbox_comes_in_pages_newest_first(client: httpx.AsyncClient, post: Post, bearer: Bearer) -> None:
    await post.told(*[OBJECTION] * 5, PREPARED)
    headers, kinds, cursor = of(bearer, Role.OFFICER), [], None
    for _ in range(4):
        page = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        answer = (await client.get("/v1/messages", headers=headers, params=page)).json()
        kinds.append([item["kind"][:9] for item in answer["items"]])
        cursor = answer["next"]
        if cursor is None:
            break
    assert kinds == [["decision_", "objection"], ["objection"] * 2, ["objection"] * 2, []]


async def test_a_message_is_marked_as_read_once(client: httpx.AsyncClient, post: Post, bearer: Bearer) -> None:
    await post.told(OBJECTION, PREPARED)
    officer, decider = of(bearer, Role.OFFICER), of(bearer, Role.DECIDER)
    [newest, oldest] = (await client.get("/v1/messages", headers=officer)).json()["items"]
    first = await client.post(f"/v1/messages/{newest['id']}/read", headers=officer)
    again = await client.post(f"/v1/messages/{newest['id']}/read", headers=decider)
    assert first.json()["read_at"] == again.json()["read_at"] != newest["read_at"]
    unread = (await client.get("/v1/messages?unread=true", headers=decider)).json()["items"]
    assert [item["id"] for item in unread] == [oldest["id"]]


async def test_unread_messages_are_counted_and_all_read_at_once(
    client: httpx.AsyncClient, post: Post, bearer: Bearer
) -> None:
    await post.told(OBJECTION, PREPARED, RETURNED)
    officer, enterprise = of(bearer, Role.OFFICER), of(bearer, Role.ENTERPRISE)
    [newest, _] = (await client.get("/v1/messages", headers=officer)).json()["items"]
    assert (await client.get("/v1/messages/counts", headers=officer)).json() == {"unread": 2}
    first = (await client.post(f"/v1/messages/{newest['id']}/read", headers=officer)).json()
    for read in (1, 0):
        assert (await client.post("/v1/messages/read", headers=officer)).json() == {"read": read}
        assert (await client.get("/v1/messages/counts", headers=officer)).json() == {"unread": 0}
    [same, other] = (await client.get("/v1/messages", headers=officer)).json()["items"]
    assert (same["read_at"], other["read_at"] is None) == (first["read_at"], False)
    assert (await client.get("/v1/messages/counts", headers=enterprise)).json() == {"unread": 1}


async def test_a_foreign_message_and_an_email_are_not_found(
    client: httpx.AsyncClient, post: Post, bearer: Bearer, henan: Headers
) -> None:
    await post.told(RETURNED)
    [inbox], [mail] = await post.messages(Channel.INBOX), await post.messages(Channel.EMAIL)
    foreign = await client.post(f"/v1/messages/{inbox.id}/read", headers=henan)
    assert (foreign.status_code, foreign.json()["code"]) == (404, "not_found")
    own = await client.post(f"/v1/messages/{mail.id}/read", headers=of(bearer, Role.ENTERPRISE))
    assert own.status_code == 404


async def test_an_authority_keeps_its_endpoints(
    client: httpx.AsyncClient, henan: Headers, hubei: Headers, admin: Headers
) -> None:
    made = await registered(client, henan, event_types=[APPROVED.TYPE])
    assert made["secret"].startswith("whsec_")
    assert made["party"] == "authority:410000"
    at = f"/v1/webhooks/{made['id']}"
    shown = (await client.get(at, headers=henan)).json()
    assert shown == {name: value for name, value in made.items() if name != "secret"}
    changed = await client.patch(at, headers=henan, json={"active": False, "event_types": []})
    assert (changed.json()["active"], changed.json()["event_types"], changed.json()["url"]) == (False, [], URL)
    assert "secret" not in changed.json()
    for method, path in (("GET", at), ("PATCH", at), ("DELETE", at), ("GET", f"{at}/deliveries")):
        body = {"active": True} if method == "PATCH" else None
        assert (await client.request(method, path, headers=hubei, json=body)).status_code == 404
    assert (await client.get("/v1/webhooks", headers=hubei)).json()["items"] == []
    assert len((await client.get("/v1/webhooks", headers=admin)).json()["items"]) == 1
    assert (await client.delete(at, headers=henan)).status_code == 204
    assert (await client.get(at, headers=henan)).status_code == 404


async def test_under_one_key_an_endpoint_is_made_once(client: httpx.AsyncClient, henan: Headers) -> None:
    made = [await registered(client, henan | {"Idempotency-Key": "k"}) for _ in range(2)]
    assert made[0] == made[1]
    assert len((await client.get("/v1/webhooks", headers=henan)).json()["items"]) == 1


async def test_an_administrator_names_the_party(client: httpx.AsyncClient, admin: Headers, henan: Headers) -> None:
    assert (await registered(client, admin, party="ministry"))["party"] == "ministry"
    assert (await registered(client, admin, party="authority:410000"))["party"] == "authority:410000"
    for party in (None, "authority:999999"):
        answer = await client.post("/v1/webhooks", headers=admin, json={"url": URL, "party": party})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "party")
    foreign = await client.post("/v1/webhooks", headers=henan, json={"url": URL, "party": "ministry"})
    assert foreign.status_code == 403


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"url": "ftp://example.com"}, "url"),
        ({"url": "http://user:secret@127.0.0.1/"}, "url"),
        ({"url": "http://no-such-host.invalid/"}, "url"),
        ({"url": "http://127.0.0.1:99999/"}, "url"),
        ({"url": "x" * 2001}, "url"),
        ({"url": URL, "event_types": ["review.score.recorded.v1"]}, "event_types.0"),
        ({}, "url"),
    ],
)
async def test_a_wrong_endpoint_names_its_field(
    client: httpx.AsyncClient, henan: Headers, body: dict[str, Any], field: str
) -> None:
    answer = await client.post("/v1/webhooks", headers=henan, json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


async def test_a_private_target_is_refused(api: Api, post: Post, henan: Headers) -> None:
    strict = await api(SERVICE, post.database)
    for url in ("https://127.0.0.1/hook", "https://localhost/hook", "https://10.0.0.1/", "http://8.8.8.8/"):
        answer = await strict.post("/v1/webhooks", headers=henan, json={"url": url})
        assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, "target_refused")


async def test_a_party_has_ten_endpoints_at_most(client: httpx.AsyncClient, henan: Headers, hubei: Headers) -> None:
    for _ in range(10):
        await registered(client, henan)
    answer = await client.post("/v1/webhooks", headers=henan, json={"url": URL})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_endpoints")
    await registered(client, hubei)


async def test_deliveries_say_what_failed_and_why(
    client: httpx.AsyncClient, post: Post, henan: Headers, receiver: Receiver, settings: NotifySettings
) -> None:
    made = await registered(client, henan, url=receiver.url)
    receiver.answers = [500, 500, 500]
    await post.told(APPROVED)
    await post.sent()
    await post.told(APPROVED)
    await post.sent()
    answer = await client.get(f"/v1/webhooks/{made['id']}/deliveries", headers=henan)
    told = [(each["state"], each["attempts"], each["error"]) for each in answer.json()["items"]]
    assert told == [("delivered", 1, None), ("abandoned", settings.delivery_attempts, "HTTP 500")]
    assert {each["event_type"] for each in answer.json()["items"]} == {APPROVED.TYPE}


async def test_a_delivery_that_was_given_up_is_tried_again(
    client: httpx.AsyncClient, post: Post, henan: Headers, hubei: Headers, receiver: Receiver
) -> None:
    made = await registered(client, henan, url=receiver.url)
    foreign = await registered(client, hubei, url=receiver.url)
    receiver.answers = [500, 500, 500]
    await post.told(APPROVED)
    await post.sent()
    [given_up] = (await client.get(f"/v1/webhooks/{made['id']}/deliveries", headers=henan)).json()["items"]
    again = f"deliveries/{given_up['id']}/again"
    assert (await client.post(f"/v1/webhooks/{foreign['id']}/{again}", headers=hubei)).status_code == 404
    due = (await client.post(f"/v1/webhooks/{made['id']}/{again}", headers=henan)).json()
    assert (due["state"], due["attempts"], due["error"]) == ("pending", 0, "HTTP 500")
    assert await post.sent() == 1
    [delivered] = (await client.get(f"/v1/webhooks/{made['id']}/deliveries", headers=henan)).json()["items"]
    assert (delivered["state"], delivered["attempts"], delivered["error"]) == ("delivered", 1, None)
    late = await client.post(f"/v1/webhooks/{made['id']}/{again}", headers=henan)
    assert (late.status_code, late.json()["code"]) == (409, "not_abandoned")


async def test_an_address_that_can_not_be_stored_is_refused(client: httpx.AsyncClient, henan: Headers) -> None:
    endpoint = await registered(client, henan)
    for method, path in (("POST", "/v1/webhooks"), ("PATCH", f"/v1/webhooks/{endpoint['id']}")):
        answer = await client.request(method, path, headers=henan, json={"url": f"{URL}\0"})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
        assert [error["field"] for error in answer.json()["errors"]] == ["url"]
