"""A small campaign of a test's own, and a nomination in it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.enums import Role, Verdict
from deploy.demo.caller import Caller, Services
from deploy.demo.parties.officer import Officer
from deploy.demo.trial import trial_of
from tests.filing.samples import declaration
from tests.system.beside import until

HOME, FOREIGN = "410000", "440000"
"""Henan, where these enterprises are registered; Guangdong, which has no business with them."""


@dataclass
class Campaign:
    services: Services
    id: str

    @classmethod
    async def open(cls, services: Services, code: str) -> "Campaign":
        officer = Officer(services)
        await officer.appoint_experts()
        scheme = trial_of(await officer.scheme(), code=code, notice=10, patience=600, correction=60)
        opens_at = datetime.now(UTC) - timedelta(minutes=1)
        return cls(services, await officer.open_campaign(scheme, opens_at.year, {"zh": code, "en": code}, opens_at))

    def authority(self, code: str = HOME) -> Caller:
        return self.services.caller(Role.AUTHORITY, f"staff-{code}", authority=code)

    async def nominate(self, **headers: str) -> str:
        """Files a nomination in good order; returns its id."""
        submission = {"campaign_id": self.id, "declaration": declaration(HOME)}
        receipt = await self.authority().post("filing", "/v1/nominations", submission, headers=headers)
        return str(receipt["id"])

    async def task_of(self, nomination: str) -> dict[str, Any]:
        """The authority's task, as soon as the workflow has had it opened."""
        found: list[dict[str, Any]] = []

        async def is_there() -> bool:
            tasks = self.authority().pages("review", "/v1/tasks", state="open", campaign=self.id)
            found[:] = [task async for task in tasks if task["nomination_id"] == nomination]
            return bool(found)

        await until(is_there, "review has a task for the nomination")
        return found[0]

    async def recommend(self, nomination: str, **headers: str) -> None:
        task = await self.task_of(nomination)
        verdict = {"verdict": Verdict.APPROVED, "version": task["version"]}
        await self.authority().post("review", f"/v1/tasks/{task['id']}/verdict", verdict, headers=headers)

    async def status_of(self, nomination: str) -> str:
        return str((await self.authority().get("filing", f"/v1/nominations/{nomination}"))["status"])
