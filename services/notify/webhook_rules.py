"""Which events a webhook endpoint may receive. What names experts, officers or objectors is not among them."""

from contracts.events import Event
from contracts.events.filing import CampaignOpened
from contracts.events.registry import EnterpriseAdmitted, ListPublished
from contracts.events.review import (
    AuthorityReminded,
    CaseCancelled,
    NoticeClosed,
    NoticePublished,
    StageConcluded,
)
from services.notify import parties

TO_EVERYBODY: tuple[type[Event], ...] = (CampaignOpened, NoticePublished, NoticeClosed, ListPublished)
TO_ITS_AUTHORITY = (StageConcluded, CaseCancelled, AuthorityReminded, EnterpriseAdmitted)
OFFERED: tuple[type[Event], ...] = (*TO_EVERYBODY, *TO_ITS_AUTHORITY)
OFFERED_TYPES = frozenset(event.TYPE for event in OFFERED)


def may_receive(party: str, event: Event) -> bool:
    """Whether an endpoint of `party` (the ministry or an authority) may be sent this event."""
    if not isinstance(event, OFFERED):
        return False
    if party == parties.MINISTRY or isinstance(event, TO_EVERYBODY):
        return True
    if isinstance(event, TO_ITS_AUTHORITY):
        return event.authority_code is not None and party == parties.authority(event.authority_code)
    return False
