"""Where a nomination stands, as its enterprise reads it. Pure."""

from collections.abc import Mapping
from typing import Any

from contracts.enums import NominationStatus as Status
from contracts.model import Text

Nomination = Mapping[str, Any]

MEANING: dict[Status, Text] = {
    Status.AWAITING_RECOMMENDATION: Text(
        zh="申报已送达省级商务主管部门，正在等待审核推荐。现在无需办理。",
        en="Your application is with your local authority, which checks and recommends it. There is nothing to do now.",
    ),
    Status.RETURNED: Text(
        zh="申报被退回，请按意见补正后重新提交；逾期未补正的，本次申报终止。",
        en="Your application was returned. Correct it as the opinion says and send it again in time, or it ends.",
    ),
    Status.UNDER_REVIEW: Text(
        zh="专家正在评审。评审期间无需办理。", en="Experts are reviewing your application. There is nothing to do now."
    ),
    Status.AWAITING_NOTICE: Text(
        zh="评审已通过，等待与同批企业一并公示。",
        en="It passed the review and waits for the public notice of its batch.",
    ),
    Status.ON_NOTICE: Text(
        zh="正在向社会公示，公示期内任何人可以提出异议。",
        en="It is on public notice. Anybody may object until the notice ends.",
    ),
    Status.UNDER_OBJECTION: Text(
        zh="公示期间收到异议，商务部正在核查。需要您说明情况时，经办人会与您联系。",
        en="An objection was received and the ministry looks into it. You are contacted if it has to be explained.",
    ),
    Status.AWAITING_DECISION: Text(
        zh="公示已结束，等待商务部签发决定。", en="The notice is over. The ministry's decision is awaited."
    ),
    Status.ADMITTED: Text(
        zh="商务部已决定列入，名单即将公布。",
        en="The ministry has decided to list you. The list will be published soon.",
    ),
    Status.PUBLISHED: Text(
        zh="已列入商贸物流重点联系企业名单并公布。", en="You are on the published list of key-contact enterprises."
    ),
    Status.NOT_LISTED: Text(
        zh="本次申报未通过，原因见下。可以在下一批次再次申报。",
        en="This application did not succeed; the reason is below. You may apply again in the next campaign.",
    ),
    Status.WITHDRAWN: Text(zh="申报已按您的申请撤回。", en="The application was withdrawn, as you asked."),
}


def needs_enterprise(nomination: Nomination) -> bool:
    """Whether it waits for its enterprise."""
    return nomination["status"] == Status.RETURNED and nomination["withdrawal_requested_at"] is None


def can_withdraw(nomination: Nomination) -> bool:
    return not Status(nomination["status"]).is_final and nomination["withdrawal_requested_at"] is None
