"""The working calendar: a year as months, and the schedule that the State Council publishes entered."""

from services.console.pages.admin.calendar import change, read
from services.console.web.forms import page_router

router = page_router()
for part in (read, change):
    router.include_router(part.router)
