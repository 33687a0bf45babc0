"""Signs tokens: for calls between services, for `liaison token`, for tests. People's come from their own issuer."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from chassis.auth.principal import Principal
from chassis.auth.verify import REGISTRY
from chassis.clock import now
from chassis.settings import Settings
from contracts.enums import Role

SHORT = timedelta(minutes=5)


def generate_key() -> dict[str, Any]:
    """A new private JWK (Ed25519). Its id is its thumbprint (RFC 7638)."""
    key = OKPKey.generate_key("Ed25519", {"use": "sig"}, private=True, auto_kid=True)
    return dict(key.as_dict(private=True))


class TokenSigner:
    def __init__(self, private_jwk: Mapping[str, Any], issuer: str, audience: str) -> None:
        self._key = OKPKey.import_key(dict(private_jwk))
        self._key.ensure_kid()
        self.issuer = issuer
        self.audience = audience

    def sign(self, principal: Principal, ttl: timedelta = SHORT) -> str:
        """A token for `principal`, good from now until `ttl` has passed."""
        issued = int(now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": principal.subject,
            "iat": issued,
            "exp": issued + int(ttl.total_seconds()),
            "roles": sorted(principal.roles),
            **principal.model_dump(exclude={"subject", "roles"}, exclude_none=True),
        }
        return jwt.encode({"alg": "EdDSA", "kid": self._key.kid}, claims, self._key, registry=REGISTRY)


def write_jwks(path: Path, jwks: Iterable[Mapping[str, Any]]) -> None:
    """Write the public halves of these keys as the key set that an issuer serves."""
    keys = KeySet([OKPKey.import_key(dict(jwk)) for jwk in jwks])
    path.write_bytes(orjson.dumps(keys.as_dict(private=False)))


def signer_of(settings: Settings) -> TokenSigner:
    """The signer of this process. `LookupError` when the settings name no key file."""
    if settings.signing_key_file is None:
        raise LookupError("LIAISON_SIGNING_KEY_FILE is not set: this process can't sign tokens")
    return _signer(settings.signing_key_file, settings.signing_issuer, settings.auth_audience)


def service_token(settings: Settings, service: str) -> str:
    """A short-lived token with which `service` calls another service."""
    return signer_of(settings).sign(Principal(subject=service, roles=frozenset({Role.SERVICE})))


@cache
def _signer(key_file: Path, issuer: str, audience: str) -> TokenSigner:
    return TokenSigner(orjson.loads(key_file.read_bytes()), issuer, audience)
