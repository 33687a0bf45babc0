"""Each route says who may call it, or no app is built; who may not is told 401 or 403."""

from collections.abc import AsyncIterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import Mount

from chassis.auth.access import PUBLIC, allow, by_bearer, check_access
from chassis.auth.principal import Principal
from chassis.auth.tokens import TokenSigner
from chassis.auth.verify import Verifier
from chassis.context import ACTOR
from chassis.problem_pages import install_problems
from chassis.settings import Settings
from contracts.enums import Role
from tests.fixtures.apps import ISSUER, Bearer

router = APIRouter(prefix="/v1")


@router.get("/decisions")
async def decisions(caller: Annotated[Principal, allow(Role.OFFICER, Role.DECIDER)]) -> dict[str, str]:
    return {"subject": caller.subject, "actor": ACTOR.get()}


@router.get("/lists", dependencies=[PUBLIC])
async def lists() -> dict[str, str]:
    return {"actor": ACTOR.get()}


def app_of(*routers: APIRouter) -> FastAPI:
    app = FastAPI()
    for included in routers:
        app.include_router(included)
    return app


@pytest.fixture
async def client(signing: tuple[TokenSigner, str]) -> AsyncIterator[httpx.AsyncClient]:
    app = app_of(router)
    check_access(app)
    install_problems(app)
    verifier = Verifier(Settings(auth_issuers={ISSUER: signing[1]}))
    app.state.runtime = SimpleNamespace(verifier=verifier)
    app.state.identify = by_bearer
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as made:
        yield made
    await verifier.close()


async def test_a_caller_with_the_role_comes_in_and_acts(client: httpx.AsyncClient, bearer: Bearer) -> None:
    for role in (Role.OFFICER, Role.DECIDER):
        answer = await client.get("/v1/decisions", headers=bearer(role, "zhang"))
        assert answer.json() == {"subject": "zhang", "actor": f"{role}:zhang"}


@pytest.mark.parametrize("given", [None, "", "Bearer", "Bearer ", "Basic eDp5", "zhang"])
async def test_without_a_token_the_answer_is_401(client: httpx.AsyncClient, given: str | None) -> None:
    answer = await client.get("/v1/decisions", headers={} if given is None else {"Authorization": given})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_bad_token_is_401_with_its_code(client: httpx.AsyncClient, bearer: Bearer) -> None:
    expired = bearer(Role.OFFICER, lifetime=timedelta(hours=-1))
    answer = await client.get("/v1/decisions", headers=expired)
    assert (answer.status_code, answer.json()["code"]) == (401, "token_expired")
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("role", [Role.EXPERT, Role.ADMIN, Role.SERVICE])
async def test_another_role_is_403(client: httpx.AsyncClient, bearer: Bearer, role: Role) -> None:
    answer = await client.get("/v1/decisions", headers=bearer(role))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_a_public_route_asks_nobody(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/lists", headers={"Authorization": "Bearer rubbish"})).status_code == 200


async def test_the_document_says_who_may_call(client: httpx.AsyncClient) -> None:
    for _ in range(2):
        paths = (await client.get("/openapi.json")).json()["paths"]
        assert paths["/v1/decisions"]["get"]["x-roles"] == ["decider", "officer"]
        assert paths["/v1/decisions"]["get"]["security"] == [{"bearer": []}]
        assert paths["/v1/lists"]["get"]["security"] == []


def test_a_route_without_a_rule_stops_the_app() -> None:
    bare = APIRouter()
    bare.add_api_route("/v1/forgotten", lists, methods=["POST"])
    with pytest.raises(LookupError, match="POST /v1/forgotten"):
        check_access(app_of(router, bare))


def test_a_route_with_two_rules_stops_the_app() -> None:
    outer = APIRouter(dependencies=[PUBLIC])
    outer.include_router(router, prefix="/inner")
    with pytest.raises(LookupError, match="/inner/v1/decisions"):
        check_access(app_of(outer))


def test_a_mounted_app_stops_the_app() -> None:
    app = app_of(router)
    app.routes.append(Mount("/behind", FastAPI()))
    with pytest.raises(LookupError, match="/behind"):
        check_access(app)


def test_a_rule_may_stand_on_a_router_or_deeper() -> None:
    officers = allow(Role.OFFICER)

    async def named(caller: Annotated[Principal, officers]) -> str:
        return caller.subject

    async def greet(name: Annotated[str, Depends(named)]) -> str:
        return name

    ruled = APIRouter(dependencies=[officers])
    ruled.add_api_route("/v1/plain", lists)
    deep = APIRouter()
    deep.add_api_route("/v1/deep", greet)
    check_access(app_of(ruled, deep))


def test_a_rule_names_a_role() -> None:
    with pytest.raises(ValueError, match="PUBLIC"):
        allow()
