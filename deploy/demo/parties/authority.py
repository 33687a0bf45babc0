"""A local authority: sends its file, then clears its tasks in bulk."""

from collections import defaultdict
from typing import Any

from contracts.authorities import AUTHORITIES
from contracts.enums import Role, Verdict
from deploy.demo.caller import Caller, Services
from deploy.demo.choices import Chosen, all_of_them, recommendation, verdict

OPINIONS = {
    Verdict.APPROVED: "填报齐全，情况属实，同意推荐。",
    Verdict.RETURNED: "请补正：仓储面积与核查情况不一致。",
    Verdict.REJECTED: "经核查，企业不具有行业代表性，不予推荐。",
}


class Authority:
    def __init__(self, services: Services, code: str) -> None:
        name = AUTHORITIES[code].name.zh
        self.code = code
        self.me: Caller = services.caller(
            Role.AUTHORITY, f"staff-{code}", authority=code, name="经办人", department=name
        )

    async def send_file(self, campaign_id: str, file: bytes) -> dict[str, Any]:
        return await send_file(self.me, campaign_id, f"{self.code}.csv", file)

    async def clear_tasks(self, campaign_id: str, chosen: Chosen = all_of_them) -> int:
        """Decide what is open at this moment and `chosen`; returns how many verdicts counted."""
        by_verdict: dict[Verdict, list[dict[str, Any]]] = defaultdict(list)
        async for task in self.me.pages("review", "/v1/tasks", state="open", campaign=campaign_id, limit=100):
            if chosen(task):
                given = verdict(recommendation(task["credit_code"]), task["round"])
                by_verdict[given].append({"task_id": task["id"], "version": task["version"]})
        decided = 0
        for given, tasks in by_verdict.items():
            bulk = {"verdict": given, "opinion": OPINIONS[given], "tasks": tasks}
            results = await self.me.post("review", "/v1/verdicts", bulk)
            decided += results["done"]
        return decided


async def send_file(caller: Caller, campaign_id: str, name: str, file: bytes) -> dict[str, Any]:
    """Upload one file; the report says row by row what was filed, was there already, or was refused and why."""
    upload = {"files": {"file": (name, file, "text/csv")}, "data": {"campaign_id": campaign_id}}
    report: dict[str, Any] = (await caller.send("POST", "filing", "/v1/imports", **upload)).json()
    return report
