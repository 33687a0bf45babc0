"""What changes something is shown once before it is done: form → preview → done.

The form and the preview are sent to the same address; the button that was pressed says what is wanted.
"""

from collections.abc import Iterable
from typing import NamedTuple

from fastapi import Response

from services.console.backends import Refused
from services.console.web.forms import Form
from services.console.web.visit import Visit


def is_confirmed(form: Form) -> bool:
    return form.text("step") == "confirm"


def goes_back(form: Form) -> bool:
    """From the preview to the form."""
    return form.text("step") == "back"


class Way(NamedTuple):
    """A link on from a page that could not do what was asked."""

    words: str
    address: str


def stopped(visit: Visit, words: str, ways: Iterable[Way], explanation: str = "", status: int = 409) -> Response:
    """It can't be done (any more): why, and what there is already."""
    return visit.show("campaigns/stopped.html", status=status, words=words, explanation=explanation, ways=list(ways))


def who_was_first(refused: Refused) -> dict[str, str | None] | None:
    """Of a refusal that says who decided before: verdict, name, department, time."""
    if "decided_at" not in refused.said:
        return None
    said = refused.said
    return {
        "verdict": said.get("verdict"),
        "name": said.get("name") or said.get("decided_by"),
        "department": said.get("department"),
        "at": said.get("decided_at"),
    }
