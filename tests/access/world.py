"""One case of Henan in every service, for others to knock at."""

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import pytest

from chassis.clock import now
from contracts.enums import OnSilence, Role, StageName
from contracts.scheme import Term
from services.filing.app import SERVICE as FILING
from services.filing.consumers import stages_opened
from services.filing.models import Draft
from services.filing.panel_seats import keep_declaration
from services.notify.app import SERVICE as NOTIFY
from services.notify.making import make_messages
from services.registry.app import SERVICE as REGISTRY
from services.review.app import SERVICE as REVIEW
from tests.filing.conftest import Filing
from tests.filing.samples import credit_code, declaration
from tests.filing.test_panel_seats import declared
from tests.filing.test_status import opened as opened_fact
from tests.fixtures.apps import Api, Bearer
from tests.fixtures.databases import MakeDatabase
from tests.notify.samples import APPOINTED, CREDIT_CODE, OWED, RETURNED, envelope_of
from tests.registry.campaign import CASES, Played
from tests.review.stages import LATER, PANEL, RECOMMENDATION, opened, register, tasks_of, with_deadline

OWN, OTHER = "410000", "440000"
EXPERTS = ("one", "two", "three")
KEY = b64encode(bytes(32)).decode()


@dataclass
class World:
    """A case of Henan in every service: clients by service, ids for paths, and the enterprise's own code by service."""

    clients: dict[str, httpx.AsyncClient]
    bearer: Bearer
    ids: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def owner(self, service: str, role: Role) -> dict[str, str]:
        return self._caller(service, role, OWN, self.codes[service], EXPERTS[0])

    def stranger(self, service: str, role: Role) -> dict[str, str]:
        return self._caller(service, role, OTHER, "91440000X3EFMCDU1X", "four")

    def _caller(self, service: str, role: Role, authority: str, code: str, expert: str) -> dict[str, str]:
        claims = {Role.AUTHORITY: {"authority": authority}, Role.ENTERPRISE: {"credit_code": code}}
        return self.bearer(role, subject=expert, **claims.get(role, {}))


@pytest.fixture
async def world(api: Api, service_database: MakeDatabase, bearer: Bearer) -> World:
    databases = {service: await service_database(service) for service in ("filing", "review", "registry", "notify")}
    services = {"filing": FILING, "review": REVIEW, "registry": REGISTRY, "notify": NOTIFY}
    clients = {
        name: await api(
            service, databases[name], personal_key=KEY, webhook_private_targets=True, webhook_plain_http=True
        )
        for name, service in services.items()
    }
    world = World(clients, bearer)
    await _nominate(world, Filing(clients["filing"], databases["filing"], bearer))
    await _review(world, databases["review"])
    await _journal(world, databases["registry"])
    await _tell(world, databases["notify"])
    return world


async def _nominate(world: World, filing: Filing) -> None:
    filing.campaign = (await filing.open_campaign()).json()["id"]
    world.codes["filing"] = credit_code(OWN)
    own = declaration(OWN, basics__credit_code=world.codes["filing"])
    world.ids |= {"campaign_id": filing.campaign, "filing": await filing.submitted(own), "declaration": own}
    panel = opened_fact(StageName.PANEL).model_copy(
        update={"nomination_id": UUID(world.ids["filing"]), "experts": EXPERTS}
    )
    draft = Draft(
        campaign_id=UUID(filing.campaign), credit_code=world.codes["filing"], declaration={}, version=7, saved_at=now()
    )
    async with filing.transaction() as session:
        session.add(draft)
        await stages_opened(session, [panel])
        for told in declared(EXPERTS[0]):
            await keep_declaration(session, told.model_copy(update={"nomination_id": panel.nomination_id}))


async def _review(world: World, database: Any) -> None:
    await register(database, *EXPERTS)
    order, clock = await opened(database)
    await opened(database, with_deadline(RECOMMENDATION, Term(seconds=60), OnSilence.ESCALATE), at=now() - LATER)
    panel_order, panel = await opened(database, PANEL)
    (task,) = await tasks_of(database, clock.stage_id)
    seat = next(task for task in await tasks_of(database, panel.stage_id) if task.expert == EXPERTS[0])
    world.codes["review"] = order.case.credit_code
    world.ids |= {"review": {Role.AUTHORITY: order.nomination_id, Role.EXPERT: panel_order.nomination_id}}
    world.ids |= {"task": {Role.AUTHORITY: task.id, Role.EXPERT: seat.id}}


async def _journal(world: World, database: Any) -> None:
    played = Played(database, cases=CASES[:1])
    await played.submit()
    world.codes["registry"] = CASES[0].credit_code
    world.ids["registry"] = played.nominations[CASES[0].credit_code]


async def _tell(world: World, database: Any) -> None:
    world.codes["notify"] = CREDIT_CODE
    async with database.transaction() as session:
        for event in (RETURNED, OWED, APPOINTED):
            await make_messages(session, event, envelope_of(event))
    messages = {
        Role.AUTHORITY: world.owner("notify", Role.AUTHORITY),
        Role.ENTERPRISE: world.owner("notify", Role.ENTERPRISE),
        Role.EXPERT: world.bearer(Role.EXPERT, subject="wang"),
    }
    client = world.clients["notify"]
    found = {role: (await client.get("/v1/messages", headers=caller)).json() for role, caller in messages.items()}
    world.ids["message"] = {role: page["items"][0]["id"] for role, page in found.items()}
    hook = {"url": "http://127.0.0.1:9/hook"}
    made = await client.post("/v1/webhooks", json=hook, headers=messages[Role.AUTHORITY])
    world.ids["endpoint_id"] = made.json()["id"]
