"""Checks a bearer token: issuer, signature, audience, times; and reads the caller out of it."""

from typing import Any

import httpx
import orjson
import structlog
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError, UnsupportedAlgorithmError
from joserfc.jwa import JWSAlgModel
from joserfc.jws import CompactSignature, JWSRegistry, extract_compact, validate_compact
from joserfc.jwt import JWTClaimsRegistry
from pydantic import ValidationError

from chassis.auth.issuers import limited, limits_of
from chassis.auth.keys import KeySource
from chassis.auth.principal import Principal
from chassis.problems import Unauthenticated
from chassis.settings import Settings
from contracts.enums import Role
from contracts.model import Text

ALGORITHMS = frozenset({"EdDSA", "Ed25519", "ES256", "RS256"})
LEEWAY = 30  # seconds that two clocks may differ
KNOWN_ROLES = frozenset(Role)
UNREADABLE = (JoseError, ValueError, TypeError, RecursionError)
log = structlog.get_logger("auth")


class InvalidToken(Unauthenticated):
    code = "invalid_token"
    title = Text(zh="登录凭证无效", en="The token is not valid")


class UntrustedIssuer(Unauthenticated):
    code = "untrusted_issuer"
    title = Text(zh="登录凭证的签发方不受信任", en="The issuer of the token is not trusted")


class TokenExpired(Unauthenticated):
    code = "token_expired"
    title = Text(zh="登录已过期，请重新登录", en="The token has expired, sign in again")


class WrongAudience(Unauthenticated):
    code = "wrong_audience"
    title = Text(zh="登录凭证不是签发给本系统的", en="The token was issued for another system")


class Algorithms(JWSRegistry):
    """Only `ALGORITHMS`. `EdDSA` is the older name of Ed25519 (RFC 9864), which most identity providers still write."""

    def get_alg(self, name: str) -> JWSAlgModel:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(f"Algorithm of {name!r} is not allowed")
        return self.algorithms[name]


REGISTRY = Algorithms(strict_check_header=False)


class Verifier:
    """Trusts the issuers of the settings, each with its own keys. One a process; it keeps the keys."""

    def __init__(self, settings: Settings) -> None:
        self._client = httpx.AsyncClient(timeout=5)
        self._sources = {issuer: KeySource(at, self._client) for issuer, at in settings.auth_issuers.items()}
        self._limits = limits_of(settings)
        self._rules = JWTClaimsRegistry(
            leeway=LEEWAY,
            sub={"essential": True},
            exp={"essential": True},
            aud={"essential": True, "value": settings.auth_audience},
        )

    async def verify(self, token: str) -> Principal:
        """The caller. Raises `Unauthenticated` with a code that says why; the token itself is never logged."""
        seen: dict[str, Any] = {}
        try:
            return await self._verify(token, seen)
        except Unauthenticated as problem:
            _log_refusal(problem, seen)
            raise
        except UNREADABLE as error:
            refusal = _refusal(error)
            _log_refusal(refusal, seen, error)
            raise refusal from error

    async def close(self) -> None:
        await self._client.aclose()

    async def _verify(self, token: str, seen: dict[str, Any]) -> Principal:
        signature = extract_compact(token.encode(), registry=REGISTRY)
        claims = _claims(signature)
        headers = signature.headers()
        seen |= {"issuer": str(claims.get("iss"))[:200], "kid": str(headers.get("kid"))[:200]}
        await self._check_signature(signature, headers, claims.get("iss"))
        self._rules.validate(claims)
        caller, limit = _principal(claims), self._limits.get(claims["iss"])
        return caller if limit is None else limited(caller, claims["iss"], limit)

    async def _check_signature(self, signature: CompactSignature, headers: dict[str, Any], issuer: object) -> None:
        source = self._sources.get(issuer) if isinstance(issuer, str) else None
        if source is None:
            raise UntrustedIssuer
        REGISTRY.get_alg(headers["alg"])  # before any key is fetched for it
        key = await source.find(headers.get("kid"))
        if key is None or not validate_compact(signature, key, registry=REGISTRY):
            raise InvalidToken


def _claims(signature: CompactSignature) -> dict[str, Any]:
    claims = orjson.loads(signature.payload)
    if not isinstance(claims, dict):
        raise TypeError("the payload is not an object")
    return claims


def _principal(claims: dict[str, Any]) -> Principal:
    """Roles that this platform doesn't know are another system's and are left out."""
    try:
        return Principal(
            subject=claims["sub"],
            roles=KNOWN_ROLES.intersection(claims.get("roles") or ()),
            **{name: claims.get(name) for name in ("authority", "credit_code", "name", "department")},
        )
    except ValidationError as error:
        raise ValueError(f"claims: {error.errors()[0]['msg']}") from error


def _refusal(error: Exception) -> Unauthenticated:
    if isinstance(error, ExpiredTokenError):
        return TokenExpired()
    if isinstance(error, InvalidClaimError) and error.claim == "aud":
        return WrongAudience()
    return InvalidToken()


def _log_refusal(problem: Unauthenticated, seen: dict[str, Any], error: Exception | None = None) -> None:
    log.warning("token_refused", code=problem.code, reason=str(error)[:200] if error else None, **seen)
