"""Objections to notices, as the ministry reads and resolves them."""

from services.console.pages.objections import objection_list, one_objection
from services.console.web.forms import page_router

router = page_router()
for part in (objection_list, one_objection):
    router.include_router(part.router)
