"""The other language for whoever has no account: nothing is kept here of what was typed, so the language form is sent
on to the address of the form, which draws it again."""

import re
from urllib.parse import parse_qsl

from starlette.responses import RedirectResponse

from services.console.web.forms import Form

OBJECTION = re.compile(r"/notices/[0-9a-f-]{36}/objection")
"""The only form of the public with long texts."""


def is_redrawn(path: str) -> bool:
    return OBJECTION.fullmatch(path) is not None


def send_on(action: str) -> RedirectResponse:
    """The browser sends the language form once more, to there."""
    return RedirectResponse(action, status_code=307)


def carried(form: Form) -> dict[str, str] | None:
    """What was typed before the language was changed; None of a form that is sent itself."""
    return dict(parse_qsl(form.text("typed"), keep_blank_values=True)) if form.has("language") else None
