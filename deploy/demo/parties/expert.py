"""An expert: says where there is an interest, scores the rest."""

from typing import Any

from contracts.enums import Role
from contracts.scheme import PanelRules
from deploy.demo.caller import Caller, Refused, Services
from deploy.demo.choices import Chosen, all_of_them, has_interest, points

SETTLED = frozenset({"already_decided", "task_closed", "task_not_yours", "already_scored", "not_found"})


class Expert:
    def __init__(self, services: Services, subject: str, rules: PanelRules) -> None:
        self.subject, self.rules = subject, rules
        self.me: Caller = services.caller(Role.EXPERT, subject)

    async def clear_tasks(self, campaign_id: str, chosen: Chosen = all_of_them) -> int:
        """Score what is assigned at this moment and `chosen`; a task that went elsewhere meanwhile is passed over."""
        tasks = [
            task async for task in self.me.pages("review", "/v1/tasks", state="open", campaign=campaign_id, limit=100)
        ]
        for task in filter(chosen, tasks):
            try:
                await self._settle(task)
            except Refused as refused:
                if refused.code not in SETTLED:
                    raise
        return len(tasks)

    async def _settle(self, task: dict[str, Any]) -> None:
        code = task["credit_code"]
        if has_interest(self.subject, code):
            await self.me.post("review", f"/v1/tasks/{task['id']}/interest", {"reason": "曾任该企业顾问"})
            return
        given = {rule.code: points(self.subject, code, rule.code, rule.max_points) for rule in self.rules.criteria}
        body = {"criteria": given, "remark": "已审阅材料。", "no_interest": True}
        await self.me.post("review", f"/v1/tasks/{task['id']}/scores", body)
