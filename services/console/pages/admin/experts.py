"""The register of experts, kept by review; each signs in with the account of the same login."""

import asyncio
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Path, Query, Response

from chassis.storable import STORABLE
from chassis.web import Session
from contracts.enums import EnterpriseType, Role
from services.console.accounts.search import experts_among
from services.console.backends import Refused
from services.console.pages.admin.rules import KEEPERS
from services.console.web.forms import Form, page_router, read_form
from services.console.web.visit import Here, Visit

router = page_router()
SHOWN = 50
Given = Annotated[str, Query(max_length=200, pattern=STORABLE)]
Subject = Annotated[str, Path(max_length=200, pattern=STORABLE)]


@router.get("/admin/experts", dependencies=[KEEPERS])
async def list_experts(
    visit: Here, session: Session, active: Given = "", speciality: Given = "", cursor: Given = ""
) -> Response:
    found = await visit.review.get(
        "/v1/experts",
        active=active if active in ("true", "false") else None,
        speciality=speciality if speciality in set(EnterpriseType) else None,
        cursor=cursor or None,
        limit=SHOWN,
    )
    return visit.show(
        "admin/experts/list.html",
        experts=found["items"],
        following=found["next"],
        cursor=cursor,
        chosen={"active": active, "speciality": speciality},
        signing_in=await experts_among(session, [one["subject"] for one in found["items"]]),
        admin=_is_admin(visit),
    )


@router.get("/admin/experts/new", dependencies=[KEEPERS])
async def ask(visit: Here) -> Response:
    return _new(visit, {"subject": "", "name": "", "specialities": [], "employer_credit_codes": []}, {})


@router.post("/admin/experts/new", dependencies=[KEEPERS])
async def register(visit: Here) -> Response:
    form = await read_form(visit.request)
    values = _values(form) | {"subject": form.text("subject")}
    try:
        await visit.review.post("/v1/experts", values)
    except Refused as refused:
        return _new(visit, values, refused.fields or {"subject": refused.words})
    return visit.go(f"/admin/experts/{quote(values['subject'], safe='')}", visit.say("专家已登记。"))


@router.get("/admin/experts/{subject}", dependencies=[KEEPERS])
async def read(visit: Here, session: Session, subject: Subject) -> Response:
    expert, signing_in = await asyncio.gather(_expert(visit, subject), experts_among(session, [subject]))
    return _one(visit, expert, expert, {}, signs_in=bool(signing_in))


@router.post("/admin/experts/{subject}", dependencies=[KEEPERS])
async def change(visit: Here, session: Session, subject: Subject) -> Response:
    form = await read_form(visit.request)
    values = _values(form) | {"active": form.has("active")}
    try:
        await visit.review.patch(f"/v1/experts/{quote(subject, safe='')}", values)
    except Refused as refused:
        if not refused.fields:
            raise
        expert, signing_in = await asyncio.gather(_expert(visit, subject), experts_among(session, [subject]))
        return _one(visit, expert, values, refused.fields, signs_in=bool(signing_in))
    return visit.go(f"/admin/experts/{quote(subject, safe='')}", visit.say("已保存。"))


async def _expert(visit: Visit, subject: str) -> Any:
    return await visit.review.get(f"/v1/experts/{quote(subject, safe='')}")


def _new(visit: Visit, values: dict[str, Any], errors: dict[str, str]) -> Response:
    return visit.show("admin/experts/new.html", status=422 if errors else 200, values=values, errors=_of_fields(errors))


def _one(visit: Visit, expert: Any, values: Any, errors: dict[str, str], *, signs_in: bool) -> Response:
    return visit.show(
        "admin/experts/one.html",
        status=422 if errors else 200,
        expert=expert,
        values=values,
        errors=_of_fields(errors),
        signs_in=signs_in,
        admin=_is_admin(visit),
    )


def _values(form: Form) -> dict[str, Any]:
    """Credit codes stand apart by spaces, lines or commas."""
    codes = form.text("employer_credit_codes").replace("，", " ").replace(",", " ").split()
    return {"name": form.text("name"), "specialities": form.texts("specialities"), "employer_credit_codes": codes}


def _of_fields(errors: dict[str, str]) -> dict[str, str]:
    return {name.partition(".")[0]: words for name, words in errors.items()}


def _is_admin(visit: Visit) -> bool:
    return bool(visit.me and visit.me.has(Role.ADMIN))
