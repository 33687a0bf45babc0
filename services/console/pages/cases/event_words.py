"""What happened, in plain words, by the type of the event. In braces stand fields of its body."""

from contracts.events import console, filing, notify, registry, review
from contracts.events.base import Event
from contracts.model import Text

_WORDS: dict[type[Event], tuple[str, str]] = {
    filing.CampaignOpened: ("申报批次开始", "The campaign opened"),
    filing.IntakeClosed: ("申报截止", "Applications closed"),
    filing.NominationSubmitted: ("提交申报", "Application filed"),
    filing.NominationCorrected: ("提交补正材料（第 {revision} 次申报）", "Correction filed (revision {revision})"),
    filing.NominationLapsed: ("逾期未补正，申报终止", "Not corrected in time; the application ended"),
    filing.WithdrawalRequested: ("申请撤回", "Withdrawal asked for"),
    review.StageOpened: ("进入{stage}（第 {round} 轮）", "{stage} began (round {round})"),
    review.StageConcluded: ("{stage}结束：{verdict}（{cause}）", "{stage} ended: {verdict} ({cause})"),
    review.StageReminded: ("{stage}：{reminder}", "{stage}: {reminder}"),
    review.StageEscalated: ("{stage}逾期，移交商务部", "{stage} overdue: it went to the ministry"),
    review.PanelReassigned: ("更换评审专家", "Experts of the panel changed"),
    review.PanelShort: ("评审专家不足：{filled}/{seats}", "The panel lacks experts: {filled} of {seats}"),
    review.DeadlineMoved: ("工作日历调整，{stage}期限改为 {new}", "The calendar changed: {stage} is now due {new}"),
    review.VerdictRecorded: ("{stage}作出意见：{verdict}", "{stage}, verdict given: {verdict}"),
    review.NoInterestDeclared: ("专家声明无利害关系", "An expert declared to have no interest"),
    review.ScoreRecorded: ("专家评分：{percentage}", "Scored by an expert: {percentage}"),
    review.CaseCancelled: ("申报终止：{outcome}", "The case ended: {outcome}"),
    review.NoticePrepared: ("列入拟公示名单", "Put on a notice that is being prepared"),
    review.NoticePublished: ("公示开始", "Public notice began"),
    review.NoticeMoved: ("工作日历调整，公示截止改为 {new}", "The calendar changed: the notice now ends {new}"),
    review.NoticeClosed: ("公示结束", "Public notice ended"),
    review.ObjectionFiled: ("收到异议", "Objection filed"),
    review.ObjectionResolved: ("异议办结：{upheld}", "Objection resolved: {upheld}"),
    review.DecisionPrepared: ("拟定决定 {document_number}", "Decision {document_number} prepared"),
    review.DecisionSigned: ("签发决定 {document_number}", "Decision {document_number} signed"),
    review.DecisionRefused: ("决定 {document_number} 被退回", "Decision {document_number} sent back"),
    review.AuthorityReminded: ("提醒推荐单位：尚有 {pending} 件待推荐", "Authority reminded: {pending} to recommend"),
    registry.EnterpriseAdmitted: ("列入重点联系企业名单", "Put on the list"),
    registry.ListPublished: ("名单公布 {document_number}", "List published: {document_number}"),
    registry.JournalSealed: ("日志封存", "Journal sealed"),
    notify.DeliveryAbandoned: ("消息未能送达", "A message could not be delivered"),
    console.AccountCreated: ("账号 {login} 创建", "Account {login} created"),
    console.AccountChanged: ("账号 {login} 变更", "Account {login} changed"),
    console.ApiClientCreated: ("接口客户端创建：{name}", "API client created: {name}"),
    console.ApiClientChanged: ("接口客户端变更：{name}", "API client changed: {name}"),
    **dict.fromkeys(
        (
            filing.FilingDataErased,
            review.ReviewDataErased,
            registry.RegistryDataErased,
            notify.NotifyDataErased,
            console.ConsoleDataErased,
        ),
        ("到期个人信息已清除（{erased} 条）", "Personal data erased, their term being over: {erased}"),
    ),
}
EVENT_WORDS: dict[str, Text] = {kind.TYPE: Text(zh=zh, en=en) for kind, (zh, en) in _WORDS.items()}

REMINDERS: dict[str, Text] = {
    "reminder": Text(zh="到期提醒", en="reminder"),
    "escalation": Text(zh="催办并报商务部", en="escalation to the ministry"),
}
UPHELD: dict[bool, Text] = {True: Text(zh="成立", en="upheld"), False: Text(zh="不成立", en="dismissed")}
