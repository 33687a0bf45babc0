"""A secret for an authenticator app, as pages show it."""

from io import BytesIO

import segno

from services.console.accounts.second_factor import provisioning_uri
from services.console.models import Account


def picture_of(account: Account, secret: str) -> dict[str, str]:
    """`picture` is its QR code as SVG, `secret` its letters in groups of four."""
    picture = BytesIO()
    segno.make(provisioning_uri(account, secret)).save(
        picture, kind="svg", scale=5, border=2, xmldecl=False, svgns=True
    )
    groups = (secret[start : start + 4] for start in range(0, len(secret), 4))
    return {"picture": picture.getvalue().decode(), "secret": " ".join(groups)}
