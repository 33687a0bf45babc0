"""Signing in at the identity provider: there, and back with an answer."""

from dataclasses import dataclass
from typing import cast

import structlog
from fastapi import Response

from chassis.auth.access import PUBLIC
from chassis.clock import now
from chassis.problems import NotFound, Unavailable
from chassis.web import Session
from services.console.accounts.second_factor import needs_second_factor
from services.console.oidc import Attempt, NotTrusted, Provider, ProviderAway, begin_attempt
from services.console.oidc.person import Refusal, account_of, gave_second_factor
from services.console.pages.sign_in.let_in import let_in
from services.console.sessions.cookies import drop_attempt, keep_attempt, kept_attempt
from services.console.web.addresses import local
from services.console.web.forms import page_router
from services.console.web.visit import Here, Visit

router = page_router()
log = structlog.get_logger("oidc")


@router.get("/sign-in/oidc", dependencies=[PUBLIC])
async def go_there(visit: Here, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    attempt = begin_attempt(local(next), now())
    try:
        address = await _provider(visit).address_for(attempt)
    except ProviderAway as away:
        return _away(visit, away)
    response = visit.go(address)
    keep_attempt(response, attempt.sealed(visit.settings.seal()), visit.settings)
    return response


@router.get("/sign-in/oidc/callback", dependencies=[PUBLIC])
async def come_back(
    visit: Here, session: Session, code: str = "", state: str = "", iss: str = "", error: str = ""
) -> Response:
    """Whatever comes of it, the attempt is over."""
    answer = Answer(code=code, state=state, issuer=iss, error=error)
    response = await _settle(visit, session, _provider(visit), answer)
    drop_attempt(response, visit.settings)
    return response


@dataclass(frozen=True)
class Answer:
    """What the provider sent the browser back with (RFC 6749, 4.1.2; RFC 9207)."""

    code: str
    state: str
    issuer: str
    error: str


async def _settle(visit: Visit, session: Session, provider: Provider, answer: Answer) -> Response:
    at = now()
    attempt = Attempt.opened(kept_attempt(visit.request, visit.settings), visit.settings.seal(), at)
    if attempt is None or answer.state != attempt.state or answer.issuer not in ("", provider.issuer):
        log.warning("oidc_refused", reason="no such attempt in this browser")
        return _refused(visit, "stale")
    if answer.error or not answer.code:
        log.info("oidc_refused", reason=answer.error[:100])
        return _refused(visit, "denied")
    try:
        claims = await provider.claims_for(answer.code, attempt)
    except (ProviderAway, Unavailable) as away:
        return _away(visit, away)
    except NotTrusted as refusal:
        log.warning("oidc_refused", reason=str(refusal))
        return _refused(visit, "not_trusted")
    account = await account_of(session, claims, visit.settings, at)
    if isinstance(account, Refusal):
        login, subject = (str(claims.get(name))[:100] for name in (visit.settings.oidc_login_claim, "sub"))
        log.warning("oidc_refused", reason=account, login=login, subject=subject)
        return _refused(visit, account)
    confirmed = not needs_second_factor(account) or gave_second_factor(claims, visit.settings)
    account.signed_in_at = at  # failures with codes stay: they were not the provider's to check
    return await let_in(visit, session, account, attempt.after, confirmed=confirmed)


def _refused(visit: Visit, why: str) -> Response:
    return visit.show("sign_in/provider.html", status=403, why=why)


def _away(visit: Visit, error: Exception) -> Response:
    log.warning("oidc_provider_away", reason=str(error))
    return visit.show("sign_in/provider.html", status=503, why="away")


def _provider(visit: Visit) -> Provider:
    """`NotFound` where none is configured."""
    provider = visit.request.app.state.provider
    if provider is None:
        raise NotFound
    return cast(Provider, provider)
