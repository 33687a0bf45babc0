"""The doors of the issuer: its keys, its metadata, and tokens for systems by client credentials (RFC 6749, 4.4)."""

import binascii
from base64 import b64decode
from typing import Any
from urllib.parse import unquote

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from chassis.auth.access import PUBLIC
from chassis.auth.tokens import SHORT, signer_of
from chassis.clock import now
from chassis.web import Session
from services.console.settings import ConsoleSettings
from services.console.tokens.api_clients import client_with
from services.console.tokens.key_set import key_set

router = APIRouter(tags=["tokens"], dependencies=[PUBLIC])
log = structlog.get_logger("tokens")
NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}


@router.get("/.well-known/jwks.json")
async def keys(request: Request) -> dict[str, Any]:
    """The keys with which tokens of this issuer are checked."""
    return key_set(request.app.state.runtime.settings)


@router.get("/.well-known/oauth-authorization-server")
async def metadata(request: Request) -> dict[str, Any]:
    """RFC 8414."""
    settings: ConsoleSettings = request.app.state.runtime.settings
    base = str(settings.console_url).rstrip("/")
    return {
        "issuer": settings.signing_issuer,
        "token_endpoint": f"{base}/oauth/token",
        "jwks_uri": f"{base}/.well-known/jwks.json",
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "response_types_supported": [],
    }


@router.post("/oauth/token")
async def token(request: Request, session: Session) -> Response:
    """A token of five minutes for the system of an authority. Its body is a form: `grant_type=client_credentials`."""
    form = await request.form()
    if form.get("grant_type") != "client_credentials":
        return _error("unsupported_grant_type", 400)
    client_id, secret = _basic(request) or (str(form.get("client_id", "")), str(form.get("client_secret", "")))
    address = request.client.host if request.client else ""
    request.app.state.guesses.check(address)
    principal = await client_with(session, client_id, secret, now())
    if principal is None:
        request.app.state.guesses.count(address)
        log.warning("api_client_refused", client_id=client_id[:64], address=address)
        return _error("invalid_client", 401)
    log.info("api_client_let_in", client_id=client_id, authority=principal.authority, address=address)
    signed = signer_of(request.app.state.runtime.settings).sign(principal)
    answer = {"access_token": signed, "token_type": "Bearer", "expires_in": int(SHORT.total_seconds())}
    return JSONResponse(answer, headers=NOT_KEPT)


def _basic(request: Request) -> tuple[str, str] | None:
    """Id and secret of HTTP Basic, each form-encoded (RFC 6749, 2.3.1)."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote(client_id), unquote(secret)


def _error(code: str, status: int) -> JSONResponse:
    headers = NOT_KEPT | ({"WWW-Authenticate": 'Basic realm="liaison"'} if status == 401 else {})
    return JSONResponse({"error": code}, status_code=status, headers=headers)
