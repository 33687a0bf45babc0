"""Schemes: validated, versioned, never changed. A running campaign keeps the version it was opened with."""

from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import FieldError
from chassis.validation import field_errors
from contracts.scheme import Scheme
from services.filing.models import Campaign, SchemeVersion
from services.filing.problems import SchemeVersionTaken, UnknownScheme

_BY_CAMPAIGN: dict[UUID, Scheme] = {}


async def register_scheme(session: AsyncSession, scheme: Scheme) -> Scheme:
    """Keep a version. The same version with the same rules may come again, with others it is refused."""
    statement = (
        insert(SchemeVersion)
        .values(code=scheme.code, version=scheme.version, rules=scheme.model_dump(mode="json"))
        .on_conflict_do_nothing()
    )
    await session.execute(statement)
    if await find_scheme(session, scheme.code, scheme.version) != scheme:
        raise SchemeVersionTaken(scheme=scheme.code, version=scheme.version)
    return scheme


def check_scheme(document: dict[str, Any]) -> tuple[Scheme | None, list[FieldError]]:
    """The scheme that a document makes, or all that is wrong with it."""
    try:
        return Scheme.model_validate(document), []
    except ValidationError as error:
        return None, field_errors(error.errors())


async def find_scheme(session: AsyncSession, code: str, version: int) -> Scheme:
    row = await session.get(SchemeVersion, (code, version))
    if row is None:
        raise UnknownScheme(scheme=code, version=version)
    return Scheme.model_validate(row.rules)


async def scheme_of(session: AsyncSession, campaign: Campaign) -> Scheme:
    """The rules of a campaign. Kept in memory: neither a version nor a campaign's choice of it ever changes."""
    if campaign.id not in _BY_CAMPAIGN:
        _BY_CAMPAIGN[campaign.id] = await find_scheme(session, campaign.scheme_code, campaign.scheme_version)
    return _BY_CAMPAIGN[campaign.id]
