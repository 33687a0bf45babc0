"""The public records of enterprises."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from chassis.auth.access import PUBLIC
from chassis.storable import STORABLE
from chassis.web import Reading
from services.registry.api.cursors import Limit, page
from services.registry.models import Entry, EntryEvent, PublishedList
from services.registry.queries import enterprises_page, history, listings
from services.registry.schemas import EnterpriseItem, EnterpriseOut, EnterprisePage, HappenedOut, ListedOut

router = APIRouter(tags=["enterprises"], dependencies=[PUBLIC])


@router.get("/v1/enterprises")
async def search_enterprises(
    session: Reading,
    q: Annotated[str | None, Query(max_length=100, pattern=STORABLE)] = None,
    limit: Limit = 50,
    cursor: Annotated[str, Query(max_length=50, pattern=STORABLE)] = "",
) -> EnterprisePage:
    """Those that were ever on a published list, by credit code. `q`: part of it, or of a name that was listed."""
    items, last = page(await enterprises_page(session, q, cursor, limit + 1), limit)
    return EnterprisePage(items=[_item(*found) for found in items], next=last[0].credit_code if last else None)


@router.get("/v1/enterprises/{credit_code}")
async def read_enterprise(
    credit_code: Annotated[str, Path(max_length=50, pattern=STORABLE)], session: Reading
) -> EnterpriseOut:
    """As its newest published list has it. One that was only admitted isn't public yet: 404."""
    found = await listings(session, credit_code)
    happened = await history(session, [entry.nomination_id for entry, _ in found])
    newest = found[0][0]
    return EnterpriseOut(
        credit_code=credit_code,
        name=newest.enterprise_name,
        enterprise_type=newest.enterprise_type,
        business_category=newest.business_category,
        authority_code=newest.authority_code,
        lists=[_listed_out(entry, published, happened[entry.nomination_id]) for entry, published in found],
    )


def _item(newest: Entry, published: PublishedList) -> EnterpriseItem:
    return EnterpriseItem(
        credit_code=newest.credit_code,
        name=newest.enterprise_name,
        enterprise_type=newest.enterprise_type,
        business_category=newest.business_category,
        authority_code=newest.authority_code,
        state=newest.state,
        list_id=published.id,
        year=published.year,
        document_number=published.document_number,
    )


def _listed_out(entry: Entry, published: PublishedList, happened: list[EntryEvent]) -> ListedOut:
    return ListedOut(
        list_id=published.id,
        year=published.year,
        document_number=published.document_number,
        number=entry.number,
        state=entry.state,
        history=[HappenedOut.model_validate(event, from_attributes=True) for event in happened],
    )
