"""One nomination by API."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.idempotency import Attempt, earlier_answer, keep_answer
from chassis.outbox import record
from chassis.problems import Forbidden, InvalidRequest
from contracts.scheme import Scheme
from services.filing.authority_rule import recommending_authority, refusal_to
from services.filing.campaigns import open_window
from services.filing.cases import Case
from services.filing.days import day_of
from services.filing.declaration import Declaration
from services.filing.eligibility import assess, unmet
from services.filing.findings import in_request
from services.filing.problems import AlreadyNominated, NotEligible
from services.filing.schemas import Receipt, Submission
from services.filing.schemes import scheme_of
from services.filing.store import file_cases


async def submit_nomination(
    session: AsyncSession, caller: Principal, submission: Submission, key: str | None, at: datetime
) -> Receipt:
    """File it in one transaction, of five statements at most; with the same key again, the same receipt."""
    attempt = Attempt.of(caller, key, submission)
    if attempt and (answer := await earlier_answer(session, attempt)):
        return Receipt.model_validate(answer)
    campaign = await open_window(session, submission.campaign_id, at)
    scheme = await scheme_of(session, campaign)
    case = examine(submission.declaration, caller, scheme, at)
    if not await file_cases(session, campaign.id, scheme, [case], at):
        # The first request with this key may have ended between the look at its answer and now.
        if attempt and (answer := await earlier_answer(session, attempt)):
            return Receipt.model_validate(answer)
        raise AlreadyNominated(credit_code=submission.declaration.basics.credit_code)
    await record(session, case.submitted(campaign, scheme, at))
    receipt = Receipt.of(case, campaign.id, scheme, at)
    if attempt:
        await keep_answer(session, attempt, receipt.model_dump(mode="json"), at)
    return receipt


def examine(declaration: Declaration, caller: Principal, scheme: Scheme, at: datetime) -> Case:
    """The case, if this caller may file it and the enterprise is eligible; each error names field and rule."""
    authority_code, errors = recommending_authority(declaration.basics)
    if errors:
        raise InvalidRequest(errors=in_request(errors))
    if refusal := refusal_to(caller, declaration.basics.credit_code, authority_code):
        raise Forbidden(errors=in_request([refusal]))
    results = assess(declaration, scheme.eligibility, day_of(at))
    if failed := unmet(results):
        raise NotEligible(errors=in_request(failed))
    return Case.new(declaration, authority_code, results)
