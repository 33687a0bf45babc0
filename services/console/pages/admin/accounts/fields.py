"""An account as its form holds it."""

from typing import Any

from services.console.web.forms import Form

NAMES = ("name", "department", "authority", "credit_code")


def given(form: Form) -> dict[str, Any]:
    """What was left empty is not given."""
    values: dict[str, Any] = {name: form.text(name) or None for name in NAMES}
    return values | {"name": form.text("name"), "roles": form.texts("roles")}
