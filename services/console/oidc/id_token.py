"""The ID token: whether it is the provider's, ours, and of this attempt (OpenID Connect Core, 3.1.3.7)."""

from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import extract_compact

from chassis.auth.keys import KeySource
from chassis.auth.verify import LEEWAY, REGISTRY


class NotTrusted(Exception):  # noqa: N818 - a refusal
    """What the provider, or somebody in its name, answered can't be relied on; the reason is for the log."""


async def checked(token: str, keys: KeySource, expected: dict[str, str]) -> dict[str, Any]:
    """Its claims. `expected`: issuer, client_id, nonce, access_token. `NotTrusted`; `Unavailable` without keys."""
    try:
        headers = extract_compact(token.encode(), registry=REGISTRY).headers()
        REGISTRY.get_alg(headers["alg"])
        key = await keys.find(headers.get("kid"))
        if key is None:
            raise NotTrusted("the ID token is signed with no key of the provider")
        decoded = jwt.decode(token, key, registry=REGISTRY)
        _claims(decoded, expected).validate(leeway=LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NotTrusted(f"the ID token: {error}") from error
    return dict(decoded.claims)


def _claims(decoded: jwt.Token, expected: dict[str, str]) -> CodeIDToken:
    rules = {
        "iss": {"essential": True, "value": expected["issuer"]},
        "aud": {"essential": True, "value": expected["client_id"]},
        "exp": {"essential": True},
    }
    return CodeIDToken(decoded.claims, decoded.header, options=rules, params=expected)
