"""Campaigns, as the ministry sees and drives them."""

from services.console.pages.campaigns import campaign_list, dashboard, lists, publish_list, publish_notice
from services.console.web.forms import page_router

router = page_router()
for part in (campaign_list, lists, publish_notice, publish_list, dashboard):
    router.include_router(part.router)
