"""What the filing service refuses, and why."""

from chassis.problems import Forbidden, Problem
from contracts.model import Text


class InterestUndeclared(Forbidden):
    code = "interest_undeclared"
    title = Text(zh="请先声明与该企业有无利害关系", en="Declare first whether you have an interest in the enterprise")


class UnknownScheme(Problem):
    code = "unknown_scheme"
    status = 422
    title = Text(zh="没有这一版本的办法", en="There is no such version of a scheme")


class SchemeVersionTaken(Problem):
    code = "scheme_version_taken"
    status = 409
    title = Text(zh="该版本的办法已有不同内容", en="This version of the scheme exists with other content")


class CampaignExists(Problem):
    code = "campaign_exists"
    status = 409
    title = Text(zh="该办法本年度已有一次申报", en="The scheme has a campaign in this year already")


class WindowClosed(Problem):
    code = "window_closed"
    status = 409
    title = Text(zh="不在申报期限内", en="The window for nominations is not open")


class NotEligible(Problem):
    code = "not_eligible"
    status = 422
    title = Text(zh="不符合申报条件", en="The enterprise does not meet the conditions")


class AlreadyNominated(Problem):
    code = "already_nominated"
    status = 409
    title = Text(zh="该企业在本次申报中已有一份申报", en="The enterprise has applied in this campaign already")


class DraftChanged(Problem):
    """`version` and `saved_at` are those of the draft that is kept; None when there is none."""

    code = "draft_changed"
    status = 409
    title = Text(zh="草稿已在别处修改", en="The draft was changed elsewhere")


class NotReturned(Problem):
    code = "not_returned"
    status = 409
    title = Text(zh="只有退回补正的申报可以补正", en="Only a returned nomination can be corrected")


class CorrectionOverdue(Problem):
    code = "correction_overdue"
    status = 409
    title = Text(zh="补正期限已过", en="The time for the correction is over")


class NominationEnded(Problem):
    code = "nomination_ended"
    status = 409
    title = Text(zh="申报已有结果，不能撤回", en="The nomination has ended and can't be withdrawn")


class UnreadableFile(Problem):
    code = "unreadable_file"
    status = 422
    title = Text(zh="文件无法读取", en="The file can't be read")


class TooManyRows(Problem):
    code = "too_many_rows"
    status = 413
    title = Text(zh="文件行数超过上限", en="The file has too many rows")
