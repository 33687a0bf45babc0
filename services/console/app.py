"""What the console is made of."""

from fastapi import FastAPI

from chassis.service import Runtime, Service
from services.console.accounts.guesses import Guesses
from services.console.backends import Backends
from services.console.oidc import Provider
from services.console.pages import (
    admin,
    applications,
    assignments,
    campaigns,
    cases,
    decisions,
    inbox,
    live,
    mine,
    objections,
    public,
    sign_in,
)
from services.console.sessions.prune import prune_ended_sessions
from services.console.settings import ConsoleSettings
from services.console.tokens import api as tokens
from services.console.web import static
from services.console.web.errors import install_error_pages
from services.console.web.head import HeadAsGet
from services.console.web.headers import SafeHeaders
from services.console.web.visitor import signed_in
from services.console.web.waiting import Waiting


def furnish(app: FastAPI, runtime: Runtime) -> None:
    """Pages for errors, headers for browsers, HEAD, connections to the other services."""
    settings = runtime.settings
    assert isinstance(settings, ConsoleSettings)  # noqa: S101 - for the type checker
    app.state.backends = Backends(settings)
    app.state.waiting = Waiting()
    app.state.provider = Provider(settings) if settings.oidc_issuer else None
    app.state.guesses = Guesses(settings.address_limits)
    install_error_pages(app)
    app.add_middleware(SafeHeaders, secure=settings.is_secure)
    app.add_middleware(HeadAsGet)


SERVICE = Service(
    name="console",
    title="Console",
    routers=(
        static.router,
        tokens.router,
        sign_in.router,
        applications.router,
        campaigns.router,
        objections.router,
        decisions.router,
        public.router,
        live.router,
        inbox.router,
        cases.router,
        assignments.router,
        mine.router,
        admin.router,
    ),
    settings=ConsoleSettings,
    loops=(prune_ended_sessions,),
    uploads={public.UPLOADED: "check_largest_proof"},
    identify=signed_in,
    described=False,
    furnish=furnish,
)
