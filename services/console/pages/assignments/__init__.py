"""Experts: what they are asked to score, the declaration of interest before it, and the scoring sheet."""

from services.console.pages.assignments import assignment, interest, scoring
from services.console.pages.assignments import list as all_assignments
from services.console.web.forms import page_router

router = page_router()
for part in (all_assignments, assignment, interest, scoring):
    router.include_router(part.router)
