"""What is shown when a declaration was filed."""

from uuid import UUID

from fastapi import Response

from chassis.auth.access import allow
from contracts.enums import Role
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()


@router.get("/applications/{nomination_id}/receipt", dependencies=[allow(Role.ENTERPRISE)])
async def receipt(visit: Here, nomination_id: UUID) -> Response:
    return visit.show(
        "applications/receipt.html", nomination=await visit.filing.get(f"/v1/nominations/{nomination_id}")
    )
