"""The events that webhooks carry, in words."""

from contracts.events import Event
from contracts.events.filing import CampaignOpened
from contracts.events.registry import EnterpriseAdmitted, ListPublished
from contracts.events.review import AuthorityReminded, CaseCancelled, NoticeClosed, NoticePublished, StageConcluded
from contracts.model import Text

_WORDS: dict[type[Event], Text] = {
    CampaignOpened: Text(zh="申报批次开始", en="A campaign opens"),
    AuthorityReminded: Text(zh="催办推荐工作", en="An authority is reminded"),
    StageConcluded: Text(zh="环节办结", en="A stage is concluded"),
    CaseCancelled: Text(zh="申报终止", en="A case ends without a decision"),
    NoticePublished: Text(zh="公示开始", en="A notice is published"),
    NoticeClosed: Text(zh="公示结束", en="A notice ends"),
    EnterpriseAdmitted: Text(zh="企业列入", en="An enterprise is admitted"),
    ListPublished: Text(zh="名单公布", en="A list is published"),
}
EVENTS: dict[str, Text] = {event.TYPE: words for event, words in _WORDS.items()}
