"""One declaration on its way in: what the other services are told of it, and the rows it becomes."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from chassis.ids import new_id
from contracts.events.filing import CaseSummary, NominationSubmitted
from contracts.scheme import Scheme
from services.filing.days import day_of
from services.filing.declaration import Declaration
from services.filing.eligibility import RuleResult
from services.filing.models import Campaign
from services.filing.status import ON_STAGE


class Case(NamedTuple):
    """A declaration that may be filed: its authority is found, its eligibility answered."""

    nomination_id: UUID
    declaration: Declaration
    authority_code: str | None
    eligibility: tuple[RuleResult, ...]

    @classmethod
    def new(cls, declaration: Declaration, authority_code: str | None, eligibility: tuple[RuleResult, ...]) -> "Case":
        return cls(new_id(), declaration, authority_code, eligibility)

    @property
    def summary(self) -> CaseSummary:
        basics = self.declaration.basics
        return CaseSummary(
            enterprise_name=basics.name,
            credit_code=basics.credit_code,
            enterprise_type=basics.enterprise_type,
            business_category=basics.business_category,
            authority_code=self.authority_code,
            central=basics.central,
        )

    def first_status(self, scheme: Scheme) -> str:
        return ON_STAGE[scheme.ladder_for(central=self.declaration.basics.central).stages[0].name].value

    def submitted(self, campaign: Campaign, scheme: Scheme, at: datetime) -> NominationSubmitted:
        return NominationSubmitted(
            nomination_id=self.nomination_id,
            campaign_id=campaign.id,
            credit_code=self.declaration.basics.credit_code,
            year=campaign.year,
            revision=1,
            submitted_on=day_of(at),
            case=self.summary,
            ladder=scheme.ladder_for(central=self.declaration.basics.central),
        )

    def row(self, scheme: Scheme) -> dict[str, Any]:
        """The nomination and its first revision, as `store.file_cases` takes them."""
        return self.summary.model_dump(mode="json") | {
            "id": str(self.nomination_id),
            "status": self.first_status(scheme),
            "declaration": self.declaration.model_dump(mode="json"),
            "digest": self.declaration.digest,
            "eligibility": [result.model_dump(mode="json") for result in self.eligibility],
        }
