"""Set phrases for opinions. They are written to the enterprise, in Chinese whatever the page's language is."""

from contracts.enums import Verdict
from services.console.web.forms import Form

PHRASES: dict[Verdict, tuple[str, ...]] = {
    Verdict.APPROVED: (
        "材料齐全，情况属实，同意推荐。",
        "经核查符合申报条件，同意推荐。",
    ),
    Verdict.RETURNED: (
        "申报材料不完整，请补充后重新提交。",
        "申报数据与证明材料不一致，请核实更正后重新提交。",
        "财务报表或审计报告缺失，请补充。",
    ),
    Verdict.REJECTED: (
        "经核查不符合申报条件，不予推荐。",
        "申报数据不实，不予推荐。",
        "存在违法失信记录，不予推荐。",
    ),
}


def opinion_of(form: Form) -> str:
    """What was written; the chosen phrase when nothing was."""
    return form.text("opinion") or form.text("phrase")
