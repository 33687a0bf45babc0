"""Signing in: by password or at the identity provider, second factor, and what a first sign-in still asks for."""

from services.console.pages.sign_in import at_provider, first_time, held, password
from services.console.web.forms import page_router

router = page_router()
router.include_router(password.router)
router.include_router(first_time.router)
router.include_router(held.router)
router.include_router(at_provider.router)
