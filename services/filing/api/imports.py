"""Files of nominations, as authorities send them."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.web import Language, Session, settings_of
from contracts.enums import Role
from contracts.model import Model
from services.filing.columns import TITLES
from services.filing.import_nominations import Outcome, RowResult, import_nominations
from services.filing.settings import FilingSettings
from services.filing.spreadsheet import Limits, read_rows
from services.filing.upload import read_upload

router = APIRouter(prefix="/v1/imports", tags=["imports"])
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["campaign_id", "file"],
                    "properties": {
                        "campaign_id": {"type": "string", "format": "uuid"},
                        "file": {"type": "string", "format": "binary", "description": "XLSX, or CSV"},
                    },
                }
            }
        },
    }
}


class CellError(Model):
    """`column` is the title on the form, where the error is in one."""

    field: str
    column: str | None
    rule: str
    message: str


class RowReport(Model):
    row: int
    credit_code: str | None
    enterprise_name: str | None
    result: RowResult
    nomination_id: UUID | None
    errors: tuple[CellError, ...]


class ImportReport(Model):
    """How many rows were filed, were there already, were refused; then each of them in the order of the file."""

    campaign_id: UUID
    rows: int
    filed: int
    existing: int
    refused: int
    report: tuple[RowReport, ...]


@router.post("", openapi_extra=FORM)
async def import_file(
    request: Request,
    caller: Annotated[Principal, allow(Role.AUTHORITY, Role.OFFICER)],
    session: Session,
    language: Language,
    settings: Annotated[FilingSettings, Depends(settings_of(FilingSettings))],
) -> ImportReport:
    """File all good rows of an XLSX or CSV in one transaction. The same file again changes nothing."""
    upload = await read_upload(request, settings.import_largest_file)
    limits = Limits(settings.import_most_rows, settings.import_largest_unpacked)
    rows = await asyncio.to_thread(read_rows, upload.content, limits)
    outcomes = await import_nominations(session, caller, upload.campaign_id, rows, now())
    report = tuple(_reported(outcome, language) for outcome in outcomes)
    counts = {result.value: sum(row.result is result for row in report) for result in RowResult}
    return ImportReport(campaign_id=upload.campaign_id, rows=len(report), report=report, **counts)


def _reported(outcome: Outcome, language: str) -> RowReport:
    return RowReport(
        row=outcome.row.number,
        credit_code=outcome.row.cells.get(TITLES["basics.credit_code"]),
        enterprise_name=outcome.row.cells.get(TITLES["basics.name"]),
        result=outcome.result,
        nomination_id=outcome.nomination_id,
        errors=tuple(
            CellError(
                field=error.field,
                column=TITLES.get(error.field),
                rule=error.rule,
                message=error.message.in_language(language),
            )
            for error in outcome.errors
        ),
    )
