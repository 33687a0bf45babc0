"""A form that changes something has a key: sent twice, or again after going back or a lost answer, it is done once."""

import secrets

from services.console.backends import Refused
from services.console.web.forms import Form
from services.console.web.visit import Visit


def new_key() -> str:
    """For a form that is drawn anew; its preview carries it on."""
    return secrets.token_urlsafe(16)


def key_of(form: Form) -> str:
    return form.text("key") or new_key()


def once(form: Form) -> dict[str, str]:
    """The header for the service that does it."""
    return {"Idempotency-Key": key_of(form)}


def plain(visit: Visit, refused: Refused) -> str:
    """Why it was refused, to people who know nothing of keys."""
    if refused.code == "idempotency_key_reused":
        return visit.say("这份表单已经办过，这次的内容与上次不同，没有再办。")
    return refused.words
