"""What callers send and get about the working calendar."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.storable import STORABLE
from contracts.enums import StageName
from contracts.model import Model
from services.review.requests import Request

Note = Annotated[str, Field(max_length=50, pattern=STORABLE)]
Days = Annotated[dict[date, Note], Field(max_length=120)]


class PutCalendar(Request):
    """Days with what they are for, as `{"2027-01-01": "元旦"}`; `source` is the document that says so."""

    holidays: Days
    make_up_days: Days = Field(default_factory=dict)
    source: str = Field(min_length=2, max_length=200, pattern=STORABLE)


class CalendarView(Model):
    """The days that differ from their weekday. A provisional year has no schedule yet: Monday to Friday are worked."""

    year: int
    provisional: bool
    source: str | None
    updated_at: datetime | None
    holidays: dict[date, str]
    make_up_days: dict[date, str]


class MovedStage(Model):
    stage_id: UUID
    nomination_id: UUID
    stage: StageName
    old: datetime
    new: datetime


class MovedNotice(Model):
    notice_id: UUID
    old: datetime
    new: datetime


class CalendarChanged(Model):
    """The new schedule, and what has moved by it; a stage whose reminders alone have moved keeps its deadline."""

    calendar: CalendarView
    stages: tuple[MovedStage, ...]
    notices: tuple[MovedNotice, ...]
