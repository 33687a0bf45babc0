"""Declarations before they are filed: the form, and the check of what was filled in."""

from typing import Annotated

from fastapi import APIRouter

from chassis.auth.access import PUBLIC, allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.web import Language, Session
from contracts.enums import Role
from services.filing.campaigns import find_campaign
from services.filing.check_declaration import check_declaration
from services.filing.form import form
from services.filing.form_parts import Form
from services.filing.schemas import DeclarationChecked, DeclarationToCheck, Finding
from services.filing.schemes import scheme_of

router = APIRouter(prefix="/v1/declarations", tags=["declarations"])
Applicant = Annotated[Principal, allow(Role.ENTERPRISE, Role.AUTHORITY, Role.OFFICER)]


@router.get("/form", dependencies=[PUBLIC])
async def read_form() -> Form:
    """The form of the declaration (《申报基本情况》): its sections and fields in order, as it is filled in."""
    return form()


@router.post("/check")
async def check(
    caller: Applicant, session: Session, language: Language, asked: DeclarationToCheck
) -> DeclarationChecked:
    """What the declaration would be refused for if this caller filed it now. Nothing is kept."""
    scheme = await scheme_of(session, await find_campaign(session, asked.campaign_id))
    checked = check_declaration(asked.declaration, caller, scheme, now())
    return DeclarationChecked(
        valid=not checked.errors,
        errors=tuple(Finding.of(error, language) for error in checked.errors),
        eligibility=checked.eligibility,
    )
