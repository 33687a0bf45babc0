"""What an expert sends and gets of scores not given yet."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AwareDatetime, Field

from chassis.storable import STORABLE
from contracts.model import Model
from services.review.requests import Request, Words

Code = Annotated[str, Field(max_length=50, pattern=STORABLE)]
Points = Annotated[Decimal, Field(ge=0, le=1000, max_digits=6, decimal_places=2)]


class KeepDraft(Request):
    """Points by criterion, as far as the expert has come: null where there are none yet.

    `replaces` is the `kept_at` of the draft that this one goes in place of, null for none; left out, it may be any.
    """

    criteria: dict[Code, Points | None] = Field(default_factory=dict, max_length=50)
    remark: Words = ""
    replaces: AwareDatetime | None = None


class DraftView(Model):
    criteria: dict[str, Decimal | None]
    remark: str
    kept_at: datetime
