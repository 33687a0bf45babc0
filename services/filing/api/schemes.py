"""Schemes: checked, registered, read."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import JsonValue

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.problems import NotFound
from chassis.storable import LARGEST_INTEGER
from chassis.web import Language, Reading, Session
from contracts.enums import Role
from contracts.scheme import Scheme
from services.filing import queries, schemes
from services.filing.problems import UnknownScheme
from services.filing.schemas import Finding, SchemeChecked

router = APIRouter(prefix="/v1/schemes", tags=["schemes"])
Officer = Annotated[Principal, allow(Role.OFFICER)]
Keeper = Annotated[Principal, allow(Role.OFFICER, Role.ADMIN)]
Anyone = Annotated[Principal, allow(*Role)]


@router.post("", status_code=201)
async def register_scheme(_caller: Officer, session: Session, scheme: Scheme) -> Scheme:
    """A new version of the rules. It never changes; campaigns that run keep theirs."""
    return await schemes.register_scheme(session, scheme)


@router.get("")
async def list_schemes(_caller: Anyone, session: Reading) -> list[Scheme]:
    return await queries.all_schemes(session)


@router.post("/check")
async def check_scheme(_caller: Keeper, language: Language, document: dict[str, JsonValue]) -> SchemeChecked:
    """What a scheme would be refused for, and the two ladders that it makes. Nothing is kept."""
    scheme, errors = schemes.check_scheme(document)
    return SchemeChecked(
        valid=scheme is not None,
        errors=tuple(Finding.of(error, language) for error in errors),
        ordinary=scheme and scheme.ladder_for(central=False),
        central=scheme and scheme.ladder_for(central=True),
    )


@router.get("/{code}/{version}")
async def read_scheme(
    _caller: Anyone,
    session: Reading,
    code: Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,99}$")],
    version: Annotated[int, Path(ge=1, le=LARGEST_INTEGER)],
) -> Scheme:
    try:
        return await schemes.find_scheme(session, code, version)
    except UnknownScheme as unknown:
        raise NotFound(unknown.title) from unknown
