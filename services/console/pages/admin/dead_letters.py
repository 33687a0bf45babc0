"""Dead letters: messages that a consumer could not read or handle. What they say is not shown, only what they are."""

from typing import Annotated

import structlog
from fastapi import Path, Response

from chassis.auth.principal import Principal
from chassis.bus import dead_letters
from chassis.problems import NotFound, Problem
from contracts.model import Text
from services.console.pages.admin.queues import JOURNAL, QUEUES, at_broker, count_letters
from services.console.pages.admin.rules import ADMINS
from services.console.web.forms import Form, page_router, read_form
from services.console.web.visit import Here, Visit

router = page_router()
Admin = Annotated[Principal, ADMINS]
Queue = Annotated[str, Path(max_length=100)]
ONE = "/admin/dead-letters/{queue}"
log = structlog.get_logger("dead_letters")


class JournalKept(Problem):
    code = "journal_kept"
    status = 409
    title = Text(
        zh="留痕队列的消息不能丢弃：丢弃后记录将永远缺失，只能重新投递",
        en="What the journal has not written down can't be dropped: it would be missing for ever. Send it again",
    )


@router.get("/admin/dead-letters", dependencies=[ADMINS])
async def list_queues(visit: Here) -> Response:
    (counts,) = await visit.parts(count_letters(_broker(visit)))
    return visit.show("admin/dead_letters/queues.html", queues=QUEUES, counts=counts)


@router.get(ONE, dependencies=[ADMINS])
async def look(visit: Here, queue: Queue) -> Response:
    letters = await at_broker(dead_letters.look(_broker(visit), _known(queue)))
    return visit.show(
        "admin/dead_letters/letters.html",
        queue=queue,
        title=QUEUES[queue].in_language(visit.language),
        letters=letters,
        droppable=queue != JOURNAL,
    )


@router.post(f"{ONE}/replay")
async def replay(visit: Here, caller: Admin, queue: Queue) -> Response:
    """One, or all when none is named."""
    ids = _ids(await read_form(visit.request))
    count = await at_broker(dead_letters.replay(_broker(visit), _known(queue), ids))
    log.info("dead_letters_replayed", queue=queue, count=count, by=caller.actor)
    return visit.go(f"/admin/dead-letters/{queue}", visit.say("已重新投递 %(n)s 条。", n=count))


@router.post(f"{ONE}/drop")
async def drop(visit: Here, caller: Admin, queue: Queue) -> Response:
    if _known(queue) == JOURNAL:
        raise JournalKept
    ids = _ids(await read_form(visit.request))
    count = await at_broker(dead_letters.drop(_broker(visit), queue, ids))
    log.warning("dead_letters_dropped", queue=queue, count=count, by=caller.actor)
    return visit.go(f"/admin/dead-letters/{queue}", visit.say("已丢弃 %(n)s 条。", n=count))


def _known(queue: str) -> str:
    if queue not in QUEUES:
        raise NotFound
    return queue


def _ids(form: Form) -> list[str] | None:
    return form.texts("id") or None


def _broker(visit: Visit) -> str:
    return visit.settings.broker_url.get_secret_value()
