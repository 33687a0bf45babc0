"""What an enterprise does: apply, follow, correct, withdraw."""

from services.console.pages.applications import correct, follow, mine, receipt, review, sections, withdraw
from services.console.web.forms import page_router

router = page_router()
for page in (mine, review, sections, follow, receipt, correct, withdraw):
    router.include_router(page.router)
