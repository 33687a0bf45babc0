"""What everybody may read without signing in: notices, lists, enterprises, and the checks of them."""

from services.console.pages.public import (
    checks,
    enterprises,
    front,
    list_files,
    lists,
    notice_paper,
    notices,
    objections,
    receipts,
    robots,
)
from services.console.pages.public.checks import UPLOADED
from services.console.web.forms import page_router

__all__ = ["UPLOADED", "router"]

router = page_router()
for part in (front, notices, notice_paper, objections, receipts, checks, lists, list_files, enterprises, robots):
    router.include_router(part.router)
