"""A page with a secret that nothing can show again: a password to begin with, a key, the number of a receipt."""

from typing import Any

from starlette.responses import Response

from services.console.web.headers import private
from services.console.web.visit import Visit


def show_once(visit: Visit, template: str, status: int = 200, **context: Any) -> Response:
    """Kept nowhere, and without the language button, behind which it would be gone."""
    return private(visit.show(template, status, shown_once=True, **context))
