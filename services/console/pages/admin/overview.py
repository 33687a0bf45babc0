"""The front page of administration: where to go, and what needs looking at."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import now
from chassis.web import Session
from contracts.enums import Role
from services.console.models import Account, ApiClient
from services.console.pages.admin.queues import count_letters
from services.console.pages.admin.rules import KEEPERS
from services.console.web.formats import SHANGHAI
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()


@router.get("/admin", dependencies=[KEEPERS])
async def overview(visit: Here, session: Session) -> Response:
    at = now()
    year = at.astimezone(SHANGHAI).year
    experts, next_year, roots, letters = await visit.parts(
        visit.review.get("/v1/experts", active="true", limit=1),
        visit.review.get(f"/v1/calendar/{year + 1}"),
        visit.registry.get("/v1/journal/roots", limit=1),
        count_letters(visit.settings.broker_url.get_secret_value()),
    )
    return visit.show(
        "admin/overview.html",
        admin=bool(visit.me and visit.me.has(Role.ADMIN)),
        counts=await _counts(session, at),
        year=year,
        experts=experts,
        next_year=next_year,
        roots=roots,
        letters=letters,
    )


async def _counts(session: AsyncSession, at: datetime) -> dict[str, Any]:
    accounts = sa.select(
        sa.func.count().filter(Account.active).label("active"),
        sa.func.count().filter(Account.locked_until > at).label("locked"),
        sa.select(sa.func.count()).where(ApiClient.active).scalar_subquery().label("clients"),
    ).select_from(Account)
    return dict((await session.execute(accounts)).mappings().one())
