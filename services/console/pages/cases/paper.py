"""The case on paper: an 审核表 with boxes for figures, opinions and scores."""

from uuid import UUID

from fastapi import Response

from chassis.auth.access import allow
from chassis.clock import now
from chassis.web import Reading
from services.console.pages.cases.dossier import open_task, owes_declaration, read_dossier
from services.console.pages.cases.show import READERS, view
from services.console.pages.cases.way import Came
from services.console.web.formats import SHANGHAI
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()


@router.get("/cases/{nomination_id}/print", dependencies=[allow(*READERS)])
async def paper(visit: Here, session: Reading, nomination_id: UUID, way: Came, revision: int | None = None) -> Response:
    dossier = await read_dossier(visit, str(nomination_id))
    task = await open_task(visit, dossier)
    if task and owes_declaration(task):
        return visit.go(f"/assignments/{task['id']}")
    today = now().astimezone(SHANGHAI).date()
    back = f"/cases/{nomination_id}{way.kept(revision=revision)}"
    return visit.show("cases/paper.html", today=today, back=back, **await view(visit, session, dossier, revision))
