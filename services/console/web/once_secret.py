"""A secret for something that a form makes: the same form sent twice shows the same, and nothing is kept of it."""

import hmac
import json
import secrets
from base64 import urlsafe_b64encode

from services.console.web.forms import Form
from services.console.web.visit import Visit


def secret_of(visit: Visit, form: Form, length: int) -> str:
    """`length` is its bytes of randomness, 32 at most. It hangs on our key, the sender, and all that the form says;
    of a form without a key of its own it is another each time."""
    key, sender = visit.settings.console_key, visit.visitor
    if key is None or sender is None or not form.text("key"):
        return secrets.token_urlsafe(length)
    said = json.dumps([str(sender.account.id), visit.request.url.path, form.pairs()])
    made = hmac.digest(key.get_secret_value().encode(), said.encode(), "sha256")
    return urlsafe_b64encode(made[:length]).decode().rstrip("=")
