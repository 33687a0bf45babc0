"""All that is known of a case, from the services that know it, in one go. What is away is missing."""

from dataclasses import dataclass
from typing import Any

from contracts.enums import Assignee, NominationStatus, Role
from contracts.events.registry import ListPublished
from contracts.scheme import Scheme
from services.console.backends import Away
from services.console.casework.filed import read_filed
from services.console.casework.stage_bar import Course, scheme_of
from services.console.declarations.form import read_form
from services.console.web.visit import Part, Visit

STAFF = (Role.OFFICER, Role.AUTHORITY)
READS_JOURNAL = (Role.OFFICER, Role.DECIDER, Role.AUTHORITY)
ROWS = 200


@dataclass(frozen=True)
class Dossier:
    """`case` is review's, `nomination` filing's with its `form`, `journal` the rows that the reader may see."""

    case: Part
    nomination: Part
    journal: Part
    form: Part
    scheme: Scheme | None

    @property
    def head(self) -> dict[str, Any]:
        """Name, code, type, authority: both services know them."""
        known: dict[str, Any] = self.nomination.value or self.case.value
        return known

    @property
    def course(self) -> Course:
        """How far the case has come, by what is known of it."""
        nomination, case = self.nomination.value, self.case.value
        status = NominationStatus(nomination["status"]) if nomination else None
        ends = [row["time"] for row in self.rows if row["type"] == ListPublished.TYPE]
        return Course(
            rounds=self.stages,
            central=self.head["central"],
            filed_at=nomination["submitted_at"] if nomination else case["opened_at"],
            status=status,
            over=case["state"] != "OPEN" if case else bool(status and status.is_final),
            published_at=ends[-1] if ends else None,
        )

    @property
    def stages(self) -> list[dict[str, Any]]:
        return list(self.case.value["stages"]) if self.case.value else []

    @property
    def experts(self) -> set[str]:
        """Their logins, as far as the reader may know them."""
        return {seat["expert"] for stage in self.stages for seat in stage["panel"] if seat["expert"]}

    @property
    def rows(self) -> list[dict[str, Any]]:
        return list(self.journal.value["items"]) if self.journal.value else []


async def read_dossier(visit: Visit, nomination_id: str) -> Dossier:
    """Raises `Away` when neither filing nor review answers; a foreign case is not found."""
    case, nomination, journal, form, campaigns, schemes = await visit.parts(
        visit.review.get(f"/v1/cases/{nomination_id}"),
        read_filed(visit, nomination_id),
        _journal(visit, nomination_id),
        read_form(visit.filing),
        visit.filing.get("/v1/campaigns"),
        visit.filing.get("/v1/schemes"),
    )
    if not case.value and (not nomination.value or _is_only_expert(visit)):
        raise Away("review")  # which alone knows whether an expert has declared to have no interest
    campaign_id = (nomination.value or case.value)["campaign_id"]
    scheme = scheme_of(campaign_id, campaigns.value or (), schemes.value or ())
    return Dossier(case, nomination, journal, form, scheme)


async def open_task(visit: Visit, dossier: Dossier) -> dict[str, Any] | None:
    """The task on this case that waits for the reader: review knows whose it is."""
    case = dossier.case.value
    if not case or case["state"] != "OPEN" or not _has_tasks(visit):
        return None
    mine = await visit.review.get("/v1/tasks", campaign=case["campaign_id"], q=case["credit_code"])
    found: dict[str, Any] | None = next(
        (task for task in mine["items"] if task["nomination_id"] == case["nomination_id"]), None
    )
    return found


def owes_declaration(task: dict[str, Any]) -> bool:
    """An expert declares to have no interest in the enterprise before the dossier opens."""
    return bool(task["assignee"] == Assignee.EXPERTS and task["no_interest_at"] is None)


def _is_only_expert(visit: Visit) -> bool:
    return visit.me is not None and not visit.me.has(*READS_JOURNAL)


def _has_tasks(visit: Visit) -> bool:
    return visit.me is not None and visit.me.has(*STAFF, Role.EXPERT)


async def _journal(visit: Visit, nomination_id: str) -> Any:
    """Experts have no journal."""
    if visit.me is None or not visit.me.has(*READS_JOURNAL):
        return None
    return await visit.registry.get("/v1/journal", nomination_id=nomination_id, limit=ROWS)
