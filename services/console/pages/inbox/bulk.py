"""One verdict on many tasks: first who would change and who would not, then the verdict, then what became of it."""

from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from fastapi import Response

from chassis.auth.access import allow
from contracts.enums import Role, StageName
from services.console.backends import Refused
from services.console.casework.phrases import OPINIONS, opinion_of
from services.console.web.addresses import local
from services.console.web.forms import Form, page_router, read_form
from services.console.web.visit import Here, Visit
from services.console.web.words import verdict_word

router = page_router()
STAFF = allow(Role.OFFICER, Role.AUTHORITY)


class Picked(NamedTuple):
    """A ticked row: the task as its list showed it."""

    task_id: str
    version: int
    name: str

    @classmethod
    def read(cls, value: str) -> Self | None:
        """Of a box's value `id version name`; None for what is no such thing."""
        task_id, _, rest = value.partition(" ")
        version, _, name = rest.partition(" ")
        return cls(task_id, int(version), name) if version.isdecimal() and len(version) < LONGEST else None

    @property
    def value(self) -> str:
        return f"{self.task_id} {self.version} {self.name}"


LONGEST = 10
"""Digits of a version, and more than any has."""


@dataclass(frozen=True)
class Batch:
    picked: tuple[Picked, ...]
    verdict: str
    opinion: str
    back: str
    stage = StageName.RECOMMENDATION
    """The only one at which staff give verdicts: experts score, and the ministry's decision is signed."""

    @classmethod
    def of(cls, form: Form) -> Self:
        picked = {one.task_id: one for one in map(Picked.read, form.texts("task")) if one}
        back = local(form.text("back") or "/inbox")
        return cls(tuple(picked.values()), form.text("verdict"), opinion_of(form), back)

    def body(self, *, dry_run: bool) -> dict[str, Any]:
        tasks = [{"task_id": one.task_id, "version": one.version} for one in self.picked]
        return {"verdict": self.verdict, "opinion": self.opinion, "tasks": tasks, "dry_run": dry_run}


@router.post("/inbox/preview", dependencies=[STAFF])
async def preview(visit: Here) -> Response:
    return await _decide(visit, Batch.of(await read_form(visit.request)), dry_run=True)


@router.post("/inbox/verdicts", dependencies=[STAFF])
async def decide(visit: Here) -> Response:
    return await _decide(visit, Batch.of(await read_form(visit.request)), dry_run=False)


async def _decide(visit: Visit, batch: Batch, *, dry_run: bool) -> Response:
    if not batch.picked:
        return visit.go(batch.back, visit.say("请先在列表中勾选要办理的任务。"))
    try:
        answers = await visit.review.post("/v1/verdicts", batch.body(dry_run=dry_run))
    except Refused as refused:
        if not refused.fields:
            raise
        return visit.show("inbox/again.html", 422, batch=batch, errors=refused.fields, phrases=OPINIONS)
    if not dry_run and not answers["skipped"]:
        return visit.go(batch.back, _done(visit, batch, answers["done"]))
    names = {one.task_id: one for one in batch.picked}
    pairs = [(names[answer["task_id"]], answer) for answer in answers["items"]]
    template = "inbox/preview.html" if dry_run else "inbox/result.html"
    return visit.show(
        template,
        batch=batch,
        done=[pair for pair in pairs if pair[1]["result"] == "done"],
        skipped=[pair for pair in pairs if pair[1]["result"] != "done"],
    )


def _done(visit: Visit, batch: Batch, count: int) -> str:
    verdict = verdict_word(batch.stage, batch.verdict, visit.language)
    return visit.say("已办理 %(n)s 件：%(verdict)s。", n=count, verdict=verdict)
