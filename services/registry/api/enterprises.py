"""The public record of an enterprise."""

from typing import Annotated

from fastapi import APIRouter, Path

from chassis.auth.access import PUBLIC
from chassis.storable import STORABLE
from chassis.web import Session
from services.registry.models import Entry, EntryEvent, PublishedList
from services.registry.queries import history, listings
from services.registry.schemas import EnterpriseOut, HappenedOut, ListedOut

router = APIRouter(tags=["enterprises"], dependencies=[PUBLIC])


@router.get("/v1/enterprises/{credit_code}")
async def read_enterprise(
    credit_code: Annotated[str, Path(max_length=50, pattern=STORABLE)], session: Session
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


def _listed_out(entry: Entry, published: PublishedList, happened: list[EntryEvent]) -> ListedOut:
    return ListedOut(
        list_id=published.id,
        year=published.year,
        document_number=published.document_number,
        number=entry.number,
        state=entry.state,
        history=[HappenedOut.model_validate(event, from_attributes=True) for event in happened],
    )
