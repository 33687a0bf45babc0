"""Set phrases of opinions and resolutions, in Chinese whatever the language of the page: others read them.

What the platform doesn't take, as attachments, no phrase asks for.
"""

from contracts.enums import Verdict
from services.console.web.forms import Form

OPINIONS: dict[Verdict, tuple[str, ...]] = {
    Verdict.APPROVED: (
        "填报齐全，情况属实，同意推荐。",
        "经核查符合申报条件，同意推荐。",
    ),
    Verdict.RETURNED: (
        "填报内容不完整，请补充后重新提交。",
        "填报数据与核查情况不一致，请核实更正后重新提交。",
        "主营业务收入与年度审计结果不一致，请核实更正。",
    ),
    Verdict.REJECTED: (
        "经核查不符合申报条件，不予推荐。",
        "申报数据不实，不予推荐。",
        "存在违法失信记录，不予推荐。",
    ),
}

RESOLUTIONS: tuple[str, ...] = (
    "经核查，所反映情况不属实，异议不成立。",
    "经核查，所反映情况不影响申报条件，异议不成立。",
    "所反映事项缺乏可核实的线索，异议不成立。",
    "经核查，所反映情况属实，企业不符合申报条件，异议成立。",
    "经核查，企业填报内容与实际情况不符，异议成立。",
)


def opinion_of(form: Form) -> str:
    """What was written; the chosen phrase when nothing was."""
    return form.text("opinion") or form.text("phrase")
