"""The ministry's officer and its decision-maker."""

from datetime import datetime, timedelta
from typing import Any

from contracts.enums import Role
from contracts.scheme import Scheme
from deploy.demo.caller import Caller, Refused, Services
from deploy.demo.choices import is_struck, is_upheld

EXPERTS = 24


class Officer:
    def __init__(self, services: Services, experts: int = EXPERTS) -> None:
        """`experts`: how many there are to appoint."""
        self.experts = experts
        self.me: Caller = services.caller(Role.OFFICER, "officer-chen", name="陈处长", department="流通业发展司")
        self.decider: Caller = services.caller(Role.DECIDER, "decider-lin", name="林司长", department="流通业发展司")

    async def scheme(self, code: str = "national") -> Scheme:
        schemes = await self.me.get("filing", "/v1/schemes")
        return Scheme.model_validate(max((s for s in schemes if s["code"] == code), key=lambda s: s["version"]))

    async def campaigns(self) -> int:
        """How many campaigns there have been."""
        return len(await self.me.get("filing", "/v1/campaigns"))

    async def open_campaign(self, scheme: Scheme, year: int, title: dict[str, str], opens_at: datetime) -> str:
        """Register the scheme and open a campaign by it; returns the campaign's id."""
        try:
            await self.me.post("filing", "/v1/schemes", scheme.model_dump(mode="json"))
        except Refused as refused:
            if refused.status != 409:  # registered already
                raise
        closes_at = opens_at + timedelta(days=30)
        opening = {
            "year": year,
            "title": title,
            "scheme_code": scheme.code,
            "scheme_version": scheme.version,
            "opens_at": opens_at.isoformat(),
            "closes_at": closes_at.isoformat(),
            "recommend_by": (closes_at + timedelta(days=15)).isoformat(),
        }
        campaign = await self.me.post("filing", "/v1/campaigns", opening)
        return str(campaign["id"])

    async def appoint_experts(self) -> list[str]:
        subjects = [f"expert-{number:02}" for number in range(1, self.experts + 1)]
        for number, subject in enumerate(subjects, 1):
            expert = {
                "subject": subject,
                "name": f"专家{number:02}",
                "specialities": ["trading", "logistics"],
                "employer_credit_codes": [],
            }
            try:
                await self.me.post("review", "/v1/experts", expert)
            except Refused as refused:
                if refused.status != 409:  # appointed in a former run
                    raise
        return subjects

    async def publish_notice(self, campaign_id: str, title: str, document_number: str | None = None) -> str:
        body = {"campaign_id": campaign_id, "title": title, "document_number": document_number}
        notice = await self.me.post("review", "/v1/notices", body)
        return str(notice["id"])

    async def resolve_objections(self, campaign_id: str, credit_codes: dict[str, str]) -> None:
        """Those of one campaign; `credit_codes` by nomination. What a colleague has resolved is left alone."""
        async for objection in self.me.pages("review", "/v1/objections", state="OPEN", campaign_id=campaign_id):
            upheld = is_upheld(credit_codes[objection["nomination_id"]])
            reasons = "经查，异议属实。" if upheld else "经查，异议不属实。"
            resolution = {"upheld": upheld, "reasons": reasons}
            try:
                await self.me.post("review", f"/v1/objections/{objection['id']}/resolution", resolution)
            except Refused as refused:
                if refused.code != "objection_already_resolved":
                    raise

    async def prepare_decision(self, campaign_id: str, document_number: str) -> dict[str, Any]:
        """Returns the decision. Another person signs it."""
        waiting = [
            case async for case in self.me.pages("review", f"/v1/campaigns/{campaign_id}/pool", stage="decision")
        ]
        struck = [
            {"nomination_id": case["nomination_id"], "reason": "公示后发现不符合代表性要求。"}
            for case in waiting
            if is_struck(case["credit_code"])
        ]
        draft = {
            "campaign_id": campaign_id,
            "document_number": document_number,
            "approve": "all",
            "reject": struck,
        }
        decision: dict[str, Any] = await self.me.post("review", "/v1/decisions", draft)
        return decision

    async def sign(self, decision_id: str) -> None:
        await self.decider.post("review", f"/v1/decisions/{decision_id}/sign", {})

    async def publish_list(self, campaign_id: str, document_number: str) -> dict[str, Any] | None:
        """The published list; None while admissions of the decision are still under way."""
        publication = {"campaign_id": campaign_id, "document_number": document_number}
        try:
            published: dict[str, Any] = await self.me.post("registry", "/v1/lists", publication)
        except Refused as refused:
            if refused.code in ("admission_running", "decision_missing", "journal_behind"):
                return None
            raise
        return published
