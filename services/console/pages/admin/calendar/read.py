"""A year of the working calendar."""

from typing import Annotated

from fastapi import Path, Response

from chassis.clock import now
from services.console.pages.admin.calendar.months import month_names, months_of, weekday_names
from services.console.pages.admin.rules import KEEPERS
from services.console.web.formats import SHANGHAI
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()
Year = Annotated[int, Path(ge=2004, le=2100)]


@router.get("/admin/calendar", dependencies=[KEEPERS])
async def this_year(visit: Here) -> Response:
    return visit.go(f"/admin/calendar/{now().astimezone(SHANGHAI).year}")


@router.get("/admin/calendar/{year}", dependencies=[KEEPERS])
async def read(visit: Here, year: Year) -> Response:
    calendar = await visit.review.get(f"/v1/calendar/{year}")
    return visit.show(
        "admin/calendar/year.html",
        year=year,
        calendar=calendar,
        months=list(zip(month_names(visit.language), months_of(year, calendar), strict=True)),
        weekdays=weekday_names(visit.language),
    )
