"""What a published list says, in the one byte form that its digest is taken of."""

from collections.abc import Iterable
from datetime import datetime

import orjson

from contracts.enums import EnterpriseType
from contracts.ids import CampaignId, DecisionId, ListId, NominationId
from contracts.model import Model, Text


class ListedEnterprise(Model):
    """`number` counts from 1 in the order of the list."""

    number: int
    nomination_id: NominationId
    credit_code: str
    enterprise_name: str
    enterprise_type: EnterpriseType
    business_category: str
    authority_code: str | None


class ListContent(Model):
    list_id: ListId
    campaign_id: CampaignId
    decision_id: DecisionId
    document_number: str
    title: Text
    issuer: Text
    year: int
    published_at: datetime
    entries: tuple[ListedEnterprise, ...]

    def canonical(self) -> str:
        """JSON with sorted keys and no blanks."""
        return orjson.dumps(self.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS).decode()


def place(authority_code: str | None, credit_code: str) -> tuple[bool, str, str]:
    """Sort key: central enterprises first, then by authority and credit code."""
    return (authority_code is not None, authority_code or "", credit_code)


def numbered(entries: Iterable[ListedEnterprise]) -> tuple[ListedEnterprise, ...]:
    ordered = sorted(entries, key=lambda entry: place(entry.authority_code, entry.credit_code))
    return tuple(entry.model_copy(update={"number": number}) for number, entry in enumerate(ordered, 1))
