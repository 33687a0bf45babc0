"""The schedule of a year: entered, looked at as what it changes, saved; then what has moved is said."""

from typing import Any

from fastapi import Response

from services.console.backends import Refused
from services.console.pages.admin.calendar.read import Year
from services.console.pages.admin.calendar.schedule import BadLine, changes, days_in, lines_of
from services.console.pages.admin.rules import KEEPERS
from services.console.web.forms import Form, page_router, read_form
from services.console.web.visit import Here, Visit

router = page_router()
ADDRESS = "/admin/calendar/{year}/schedule"
KINDS = ("holidays", "make_up_days")


@router.get(ADDRESS, dependencies=[KEEPERS])
async def ask(visit: Here, year: Year) -> Response:
    calendar = await visit.review.get(f"/v1/calendar/{year}")
    given = {kind: lines_of(calendar[kind]) for kind in KINDS}
    return _form(visit, year, given | {"source": calendar["source"] or ""}, {})


@router.post(ADDRESS, dependencies=[KEEPERS])
async def enter(visit: Here, year: Year) -> Response:
    """`step` says what is wanted: a look, back to the form, or to save what was looked at."""
    form = await read_form(visit.request)
    given = {name: form.text(name) for name in (*KINDS, "source")}
    schedule, errors = _schedule(visit, form)
    if form.text("step") == "back":
        return _form(visit, year, given, {})
    if errors:
        return _form(visit, year, given, errors)
    if form.text("step") == "save":
        return await _save(visit, year, given, schedule)
    calendar = await visit.review.get(f"/v1/calendar/{year}")
    return visit.show(
        "admin/calendar/preview.html",
        year=year,
        given=given,
        provisional=calendar["provisional"],
        changed={kind: changes(calendar[kind], schedule[kind]) for kind in KINDS},
    )


async def _save(visit: Visit, year: int, given: dict[str, str], schedule: dict[str, Any]) -> Response:
    try:
        done = await visit.review.put(f"/v1/calendar/{year}", schedule)
    except Refused as refused:
        if not refused.fields:
            raise
        return _form(visit, year, given, _by_field(refused.fields))
    return visit.show("admin/calendar/saved.html", year=year, stages=done["stages"], notices=done["notices"])


def _schedule(visit: Visit, form: Form) -> tuple[dict[str, Any], dict[str, str]]:
    """For review, and what can't be read."""
    schedule: dict[str, Any] = {"source": form.text("source")}
    errors: dict[str, str] = {}
    for kind in KINDS:
        try:
            schedule[kind] = days_in(form.text(kind))
        except BadLine as bad:
            errors[kind] = visit.say("这一行看不懂：%(line)s", line=bad.line)
    if not schedule["source"]:
        errors["source"] = visit.say("请填写公布安排的文件。")
    return schedule, errors


def _by_field(fields: dict[str, str]) -> dict[str, str]:
    """`holidays.2031-01-01` is said beside the field, with its day."""
    found: dict[str, str] = {}
    for path, words in fields.items():
        name, _, day = path.partition(".")
        found[name] = "；".join(filter(None, [found.get(name), f"{day} {words}".strip()]))
    return found


def _form(visit: Visit, year: int, given: dict[str, str], errors: dict[str, str]) -> Response:
    return visit.show(
        "admin/calendar/schedule.html", status=422 if errors else 200, year=year, given=given, errors=errors
    )
