"""The words of the scheme on pages, by the value that services use for them."""

from enum import StrEnum

from contracts.categories import CATEGORIES
from contracts.enums import (
    Assignee,
    Cause,
    EnterpriseType,
    NominationStatus,
    OnSilence,
    Outcome,
    Role,
    StageName,
    Verdict,
)
from contracts.model import Text

_WORDS: dict[type[StrEnum], dict[str, tuple[str, str]]] = {
    Role: {
        "enterprise": ("企业", "Enterprise"),
        "authority": ("地方商务主管部门", "Local authority"),
        "expert": ("评审专家", "Expert"),
        "officer": ("商务部经办人", "Ministry officer"),
        "decider": ("商务部签发人", "Ministry decision-maker"),
        "admin": ("系统管理员", "Administrator"),
        "service": ("系统", "System"),
    },
    EnterpriseType: {"trading": ("商贸企业", "Trading"), "logistics": ("物流企业", "Logistics")},
    StageName: {
        "recommendation": ("省级推荐", "Recommendation"),
        "panel": ("专家评审", "Expert review"),
        "notice": ("公示", "Public notice"),
        "decision": ("决定", "Decision"),
    },
    Assignee: {"authority": ("地方", "Authority"), "experts": ("专家", "Experts"), "ministry": ("商务部", "Ministry")},
    Verdict: {
        "APPROVED": ("通过", "Approved"),
        "RETURNED": ("退回补正", "Returned"),
        "REJECTED": ("不予通过", "Rejected"),
    },
    Cause: {
        "verdict": ("审核意见", "Verdict"),
        "scores": ("专家评分", "Scores"),
        "silence": ("逾期未办", "Nobody answered in time"),
        "notice": ("公示期满", "Notice ended"),
        "objection": ("异议成立", "Objection upheld"),
        "decision": ("签发决定", "Decision"),
    },
    OnSilence: {
        "approve": ("逾期视为同意", "counts as approval"),
        "reject": ("逾期视为不予推荐", "counts as rejection"),
        "escalate": ("逾期移交上级", "goes to the ministry"),
        "reassign": ("逾期更换专家", "goes to other experts"),
    },
    Outcome: {
        "listed": ("已列入", "Listed"),
        "rejected": ("未通过", "Not listed"),
        "withdrawn": ("已撤回", "Withdrawn"),
        "lapsed": ("逾期未补正", "Lapsed"),
    },
    NominationStatus: {
        "awaiting_recommendation": ("待省级审核", "Awaiting recommendation"),
        "returned": ("退回补正", "Returned for correction"),
        "under_review": ("专家评审中", "Under expert review"),
        "awaiting_notice": ("待公示", "Awaiting notice"),
        "on_notice": ("公示中", "On public notice"),
        "under_objection": ("异议核查中", "Objection being looked into"),
        "awaiting_decision": ("待决定", "Awaiting decision"),
        "admitted": ("已决定列入", "Admitted"),
        "published": ("已公布", "Published"),
        "not_listed": ("未通过", "Not listed"),
        "withdrawn": ("已撤回", "Withdrawn"),
    },
}
WORDS: dict[str, dict[str, Text]] = {
    "BusinessCategory": {value: words for of_type in CATEGORIES.values() for value, words in of_type.items()}
} | {kind.__name__: {value: Text(zh=zh, en=en) for value, (zh, en) in words.items()} for kind, words in _WORDS.items()}


def word(kind: str, value: str | None, language: str) -> str:
    """`word("NominationStatus", "returned", "zh")` is 退回补正; what has no word is shown as it is."""
    text = WORDS[kind].get(value or "")
    return text.in_language(language) if text else (value or "—")


RECOMMENDED: dict[str, Text] = {
    Verdict.APPROVED: Text(zh="推荐", en="Recommended"),
    Verdict.REJECTED: Text(zh="不予推荐", en="Not recommended"),
}


def verdict_word(stage: str | None, verdict: str | None, language: str) -> str:
    """An authority recommends; all others let through or not."""
    if stage == StageName.RECOMMENDATION and verdict in RECOMMENDED:
        return RECOMMENDED[verdict].in_language(language)
    return word("Verdict", verdict, language)
