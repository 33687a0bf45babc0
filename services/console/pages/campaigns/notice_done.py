"""What was put on notice: by whom, when, and where it stands."""

from typing import Any
from uuid import UUID

from fastapi import Response

from services.console.backends import Refused
from services.console.web.confirmed import Way, stopped
from services.console.web.formats import Formats
from services.console.web.visit import Visit


async def done(visit: Visit, prepared: Any) -> Response:
    """The first time, or again: the same is said. The notice is public moments later, then it is shown itself."""
    said = visit.say(
        "《%(title)s》由%(by)s于%(at)s提交公示，共 %(n)s 家企业；印上全程留痕的根值后即公开，约需片刻。",
        title=prepared["title"],
        by=prepared["prepared_name"] or prepared["prepared_by"],
        at=Formats(visit.language).moment(prepared["prepared_at"]),
        n=prepared["enterprises"],
    )
    public = await _is_public(visit, prepared["id"])
    return visit.go(f"/notices/{prepared['id']}" if public else f"/campaigns/{prepared['campaign_id']}#notices", said)


async def _is_public(visit: Visit, notice_id: str) -> bool:
    try:
        await visit.review.get(f"/v1/notices/{notice_id}/summary")
    except Refused as refused:
        if refused.status != 404:
            raise
        return False
    return True


async def stopped_at_notices(visit: Visit, campaign_id: UUID, words: str) -> Response:
    """Somebody else was quicker, or this form was done before with other words. What is on notice already is linked."""
    notices = await visit.review.get("/v1/notices", campaign_id=campaign_id)
    ways = [Way(_named(one), f"/notices/{one['id']}") for one in notices["items"]]
    ways.append(Way(visit.say("回到申报批次"), f"/campaigns/{campaign_id}"))
    explanation = visit.say("可能刚才已经提交成功，或由其他同事提交。刚提交的公示要片刻之后才公开。")
    return stopped(visit, words, ways, explanation)


def _named(notice: Any) -> str:
    return " · ".join(filter(None, (notice["title"], notice["document_number"])))
