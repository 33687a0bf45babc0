"""Enterprises: correct what came back, or withdraw."""

from typing import Any

from contracts.enums import Role
from deploy.demo.caller import Caller, Refused, Services
from deploy.demo.choices import Fate, recommendation, withdraws


class Enterprises:
    """All enterprises of a campaign, each acting with its own token."""

    def __init__(self, services: Services, campaign_id: str) -> None:
        self.services, self.campaign_id = services, campaign_id
        self.watcher = services.caller(Role.OFFICER, "officer-chen")

    async def correct_returned(self) -> int:
        """Send in a new revision of each returned nomination; a few enterprises never answer."""
        corrected = 0
        async for nomination in self._nominations("returned"):
            if recommendation(nomination["credit_code"]) is not Fate.RETURN_UNANSWERED:
                corrected += await self._correct(nomination)
        return corrected

    async def withdraw(self) -> int:
        withdrawn = 0
        async for nomination in self._nominations("under_review"):
            if withdraws(nomination["credit_code"]) and not nomination["withdrawal_requested_at"]:
                path = f"/v1/nominations/{nomination['id']}/withdrawal"
                await self._as(nomination).post("filing", path, {"reason": "集团正在重组"})
                withdrawn += 1
        return withdrawn

    async def _correct(self, nomination: dict[str, Any]) -> bool:
        me = self._as(nomination)
        dossier = await me.get("filing", f"/v1/nominations/{nomination['id']}")
        declaration = dossier["revisions"][0]["declaration"]
        declaration["basics"]["introduction"] += "（仓储面积已更正。）"
        path = f"/v1/nominations/{nomination['id']}/correction"
        try:
            await me.post("filing", path, {"declaration": declaration})
        except Refused as refused:  # corrected by an earlier attempt whose answer was lost
            if refused.status != 409:
                raise
            return False
        return True

    def _nominations(self, status: str) -> Any:
        return self.watcher.pages("filing", "/v1/nominations", campaign=self.campaign_id, status=status, limit=100)

    def _as(self, nomination: dict[str, Any]) -> Caller:
        code = nomination["credit_code"]
        return self.services.caller(Role.ENTERPRISE, f"enterprise-{code}", credit_code=code)
