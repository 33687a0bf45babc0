"""The inbox: what waits for a person of an authority or of the ministry, and deciding many at once."""

from services.console.pages.inbox import bulk, listing
from services.console.web.forms import page_router

router = page_router()
router.include_router(listing.router)
router.include_router(bulk.router)
