"""Decisions: an officer prepares, another person signs or refuses."""

from services.console.pages.decisions import paper, prepare, read, settle
from services.console.web.forms import page_router

router = page_router()
for part in (read, prepare, settle, paper):
    router.include_router(part.router)
