"""Administration: who may sign in, which systems have credentials, what the scheme is kept in, and what went wrong."""

from services.console.pages.admin import (
    accounts,
    authorities,
    calendar,
    clients,
    dead_letters,
    experts,
    journal,
    overview,
    schemes,
    webhooks,
)
from services.console.web.forms import page_router

router = page_router()
for part in (
    overview,
    accounts,
    clients,
    authorities,
    experts,
    schemes,
    calendar,
    webhooks,
    dead_letters,
    journal,
):
    router.include_router(part.router)
