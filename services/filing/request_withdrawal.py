"""The applicant asks to withdraw. Whether it was in time is judged in review, at the case's row."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.outbox import record
from chassis.problems import Forbidden
from contracts.enums import NominationStatus
from contracts.events.filing import WithdrawalRequested
from contracts.ids import NominationId
from services.filing.authority_rule import refusal_to
from services.filing.find_nomination import lock_own
from services.filing.models import Nomination
from services.filing.problems import NominationEnded


async def request_withdrawal(
    session: AsyncSession, caller: Principal, nomination_id: NominationId, reason: str, at: datetime
) -> Nomination:
    """Asked once; asking again, or after it was withdrawn, changes nothing. Raises `NominationEnded`."""
    nomination = await lock_own(session, caller, nomination_id)
    if refusal := refusal_to(caller, nomination.credit_code, nomination.authority_code):
        raise Forbidden(errors=[refusal])
    if nomination.status is NominationStatus.WITHDRAWN:
        return nomination
    if nomination.status.is_final:
        raise NominationEnded(status=nomination.status)
    if nomination.withdrawal_requested_at is None:
        nomination.withdrawal_requested_at = nomination.updated_at = at
        await session.flush()
        await record(
            session,
            WithdrawalRequested(
                nomination_id=nomination.id,
                campaign_id=nomination.campaign_id,
                credit_code=nomination.credit_code,
                reason=reason,
            ),
        )
    return nomination
