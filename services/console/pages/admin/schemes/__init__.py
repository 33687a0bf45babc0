"""Schemes: the rules as data, read in words, and new versions of them."""

from services.console.pages.admin.schemes import read, register
from services.console.web.forms import page_router

router = page_router()
for part in (register, read):
    router.include_router(part.router)
