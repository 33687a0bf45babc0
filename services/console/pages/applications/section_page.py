"""The page of one section of the form."""

from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Response

from chassis.clock import now
from services.console.backends import Refused
from services.console.declarations.answers import typed_in
from services.console.declarations.form import Section
from services.console.pages.applications.drafts import Checked, Desk, credit_code_of, steps
from services.console.web.formats import SHANGHAI, Formats
from services.console.web.visit import Visit


@dataclass(frozen=True)
class Attempt:
    """How saving a section went; `typed` is what could not be saved, because of `problem`."""

    errors: dict[str, str] = field(default_factory=dict)
    saved: bool = False
    typed: dict[str, str] | None = None
    problem: Refused | None = None

    @property
    def is_stale(self) -> bool:
        return self.problem is not None and self.problem.code == "draft_changed"


def show_section(
    visit: Visit, desk: Desk, section: Section, checked: Checked, attempt: Attempt, status: int = 200
) -> Response:
    following = desk.form.after(section.name)
    return visit.show(
        "applications/section.html",
        status=status,
        desk=desk,
        section=section,
        steps=steps(desk, checked),
        following=following.name if following else None,
        values=attempt.typed or typed_in(section, desk.declaration),
        attempt=attempt,
        errors=attempt.errors,
        saved_words=saved_words(visit, desk.saved_at),
        credit_code=credit_code_of(visit),
    )


def saved_words(visit: Visit, saved_at: str | None) -> str:
    """Of today only the time."""
    if saved_at is None:
        return visit.say("尚未保存")
    at = datetime.fromisoformat(saved_at).astimezone(SHANGHAI)
    today = at.date() == now().astimezone(SHANGHAI).date()
    return visit.say("已保存 %(time)s", time=f"{at:%H:%M}" if today else Formats(visit.language).moment(saved_at))
