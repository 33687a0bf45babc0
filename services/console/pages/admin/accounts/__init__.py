"""Accounts: found, made, changed; help for who can't sign in."""

from services.console.pages.admin.accounts import confirm, create, find, help, one  # noqa: A004 - the subject
from services.console.web.forms import page_router

router = page_router()
for part in (find, create, one, help, confirm):
    router.include_router(part.router)
