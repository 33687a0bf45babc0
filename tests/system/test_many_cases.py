"""Many cases out of few, then many campaigns: the copies are as good as their originals, and no page asks more for a
longer list or for another campaign."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from chassis.db import Database
from contracts.enums import Role
from deploy.demo.caller import Services
from deploy.stack import Stack
from services.registry.journal.verify import Report, verify
from services.registry.settings import RegistrySettings
from tests.bench.meter import Meter
from tests.bench.pages.catalogue import Page, Who
from tests.bench.pages.databases import database_of
from tests.bench.pages.grow import grow
from tests.bench.pages.measure import Seen, look_at_pages
from tests.bench.pages.more_campaigns import add_campaigns
from tests.bench.pages.places import find_places
from tests.bench.pages.played import play_campaigns
from tests.bench.pages.report import grows
from tests.bench.pages.routes import measured
from tests.system.conftest import running

pytestmark = pytest.mark.rehearsal

CASES, LOOKS = 400, 3
"""So many that the lists of every desk but the smallest fill more than a page."""

CAMPAIGNS = 8
"""More of each: a call for each would be as many."""

TELL_CAMPAIGNS = {
    Page(Who.LISTED, "/applications"),
    Page(Who.EXPERT, "/assignments"),
    Page(Who.OFFICER, "/campaigns"),
    Page(Who.OFFICER, "/decisions"),
    Page(Who.PUBLIC, "/notices"),
}
"""Pages that grow longer by them."""


@dataclass
class Grown:
    stack: Stack
    few: list[Seen]
    many: list[Seen]
    campaigns: list[Seen]


@pytest.fixture(scope="module")
async def grown(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Grown]:
    async with running(tmp_path_factory.mktemp("grown")) as stack:
        await play_campaigns(stack)
        few = await look_at_pages(stack, LOOKS)
        await grow(stack, CASES)
        await Meter(stack).idle()
        many = await look_at_pages(stack, LOOKS)
        await add_campaigns(stack, CAMPAIGNS)
        yield Grown(stack, few, many, await look_at_pages(stack, LOOKS, over_all_campaigns()))


def over_all_campaigns() -> list[Page]:
    """Those about none in particular: of the copies there is not all that a page about one tells."""
    return [page for page in measured() if "{" not in page.path]


def test_every_page_is_there_and_asks_no_more_for_a_longer_list(grown: Grown) -> None:
    pairs = list(zip(grown.few, grown.many, strict=True))
    assert [seen.page for seen in grown.many if seen.status >= 400] == []
    assert [(few, many) for few, many in pairs if grows(few, many)] == []


def test_no_page_asks_more_for_more_campaigns(grown: Grown) -> None:
    before = {seen.page: seen for seen in grown.many}
    pairs = [(before[seen.page], seen) for seen in grown.campaigns]
    assert [seen.page for seen in grown.campaigns if seen.status >= 400] == []
    longer = {many.page for few, many in pairs if many.size > few.size}
    assert TELL_CAMPAIGNS - longer == set(), "the copies are there"
    assert [(few, many) for few, many in pairs if grows(few, many)] == []


async def test_the_journal_of_the_copies_holds(grown: Grown) -> None:
    keys = grown.stack.environment
    settings = RegistrySettings(
        journal_keys=json.loads(keys["LIAISON_JOURNAL_KEYS"]), journal_key_id=keys["LIAISON_JOURNAL_KEY_ID"]
    )
    async with database_of(grown.stack, "registry") as database:
        assert (await _report(database, settings)).faults == []


async def _report(database: Database, settings: RegistrySettings) -> Report:
    async with database.transaction() as session:
        return await verify(session, settings.keyring())


async def test_services_agree_on_a_copy(grown: Grown) -> None:
    """The newest case under objection: what filing, review and the registry know of it."""
    places = await find_places(grown.stack)
    services = Services(grown.stack.urls, grown.stack.signer)
    officer = services.caller(Role.OFFICER, "officer-chen")
    case = places["case"]
    filed = await officer.get("filing", f"/v1/nominations/{case}")
    reviewed = await officer.get("review", f"/v1/cases/{case}")
    objection = await officer.get("review", f"/v1/objections/by-id/{places['objection']}")
    timeline = await officer.get("registry", "/v1/journal", nomination_id=case)
    await services.close()
    assert filed["credit_code"] == reviewed["credit_code"]
    assert objection["nomination_id"] == case
    assert {row["nomination_id"] for row in timeline["items"]} <= {case, None}
