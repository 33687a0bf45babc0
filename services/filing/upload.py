"""An uploaded file, read after the caller is known and no further than its limit."""

from typing import NamedTuple
from uuid import UUID

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.types import Message

from chassis.problems import FieldError, InvalidRequest, TooLarge
from contracts.ids import CampaignId
from contracts.model import Text

AROUND_THE_FILE = 10_000
"""Bytes for the other field and the borders between them."""


class Upload(NamedTuple):
    campaign_id: CampaignId
    content: bytes


async def read_upload(request: Request, largest: int) -> Upload:
    """The fields `campaign_id` and `file` of a multipart form; raises `TooLarge`, `InvalidRequest`."""
    limit = largest + AROUND_THE_FILE
    if int(request.headers.get("content-length") or 0) > limit:
        raise TooLarge(limit=largest)
    read = 0

    async def receive() -> Message:
        nonlocal read
        message = await request.receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise TooLarge(limit=largest)
        return message

    async with Request(request.scope, receive).form(max_files=1, max_fields=5) as form:
        campaign_id, file = form.get("campaign_id"), form.get("file")
        if not isinstance(file, UploadFile):
            raise InvalidRequest(errors=[_missing("file")])
        return Upload(_campaign(campaign_id), await file.read())


def _campaign(given: object) -> UUID:
    try:
        return UUID(str(given))
    except ValueError as error:
        raise InvalidRequest(errors=[_missing("campaign_id")]) from error


def _missing(field: str) -> FieldError:
    return FieldError(field=field, rule="missing", message=Text(zh="必填", en="is required"))
