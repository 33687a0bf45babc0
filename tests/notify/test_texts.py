"""Every message has its text in both languages."""

from pathlib import Path

import pytest

from contracts.enums import Outcome
from contracts.events import Event
from services.notify.making import cloud_event
from services.notify.rules import RULES, WAITING, tell
from services.notify.texts import TEMPLATES, letter
from tests.notify.samples import (
    CANCELLED,
    ESCALATED,
    OBJECTION,
    OPENED,
    PREPARED,
    REJECTED,
    RETURNED,
    SAMPLES,
    SHORT,
    changed,
    envelope_of,
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: event.TYPE)
def test_every_message_can_be_written(event: Event, language: str) -> None:
    for message in tell(event):
        title, text = letter(message.template, cloud_event(envelope_of(event)), language)
        assert 3 < len(title) < 80
        assert len(text) >= 8
        assert not {"None", "{{", "Verdict", "StageName"} & set(text.split())


def test_templates_and_rules_match() -> None:
    wanted = {f"{template}.{language}.txt" for template in [WAITING, *(rule.template for rule in RULES)]
              for language in ("zh", "en")}  # fmt: skip
    assert {path.name for path in Path(TEMPLATES).iterdir()} == wanted


@pytest.mark.parametrize(
    ("template", "event", "zh", "en"),
    [
        ("returned", RETURNED, "请于2026年5月15日18:30前补正", "by 15 May 2026, 18:30 (Beijing time)"),
        ("returned", RETURNED, "审核意见：缺少审计报告", "at the stage local recommendation"),
        ("rejected", REJECTED, "在地方推荐环节未通过", "not approved at the stage local recommendation"),
        ("taken_over", ESCALATED, "原承办单位：河南省商务厅", "It was with: Henan."),
        ("cancelled", CANCELLED, "已按申请撤回", "was withdrawn, as you asked"),
        ("cancelled", changed(CANCELLED, outcome=Outcome.LAPSED), "未在期限内补正", "not corrected in time"),
        ("campaign_opened", OPENED, "2026年5月15日前完成审核推荐", "by 15 May 2026"),
        ("decision_prepared", PREPARED, "拟列入 2 家，不予列入 1 家", "2 enterprise(s) to be listed, 1 to be rejected"),
        ("panel_short", SHORT, "席位 3 个，现有 1 个", "1 of 3 seats are taken"),
        ("objection_filed", OBJECTION, "被提出异议", "Somebody objected"),
    ],
)
def test_what_a_message_says(template: str, event: Event, zh: str, en: str) -> None:
    told = cloud_event(envelope_of(event))
    assert zh in letter(template, told, "zh").text
    assert en in letter(template, told, "en").text


def test_a_title_stays_one_line() -> None:
    forged = changed(PREPARED, document_number="1号\r\nBcc: all@example.com")
    title, _ = letter("decision_prepared", cloud_event(envelope_of(forged)), "zh")
    assert "\n" not in title
    assert "\r" not in title
