"""One case: read by those who work on it, decided by whose turn it is, printed as an audit form."""

from services.console.pages.cases import decide, paper, show
from services.console.web.forms import page_router

router = page_router()
router.include_router(show.router)
router.include_router(paper.router)
router.include_router(decide.router)
