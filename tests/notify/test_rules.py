"""Which event tells whom what."""

import pytest

from contracts.enums import Assignee, Reminder
from contracts.events import Event
from services.notify.consumers import CONCERNING, MESSAGES
from services.notify.rules import tell
from services.notify.webhook_rules import may_receive
from tests.notify.samples import (
    ABANDONED,
    ADMITTED,
    APPOINTED,
    APPROVED,
    CANCELLED,
    CLOSED,
    ENTERPRISE,
    ESCALATED,
    HENAN,
    LIST,
    MINISTRY,
    NOTICE,
    OBJECTION,
    OPENED,
    OWED,
    PREPARED,
    REFUSED,
    REJECTED,
    REMINDED,
    RETURNED,
    SAMPLES,
    SHORT,
    SIGNED,
    changed,
)

PANEL_REMINDED = changed(REMINDED, assignee=Assignee.EXPERTS, experts=("wang", "zhao"))
EACH, GATHERED, NONE = "each", "gathered", "none"


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (RETURNED, [(ENTERPRISE, "returned", EACH)]),
        (REJECTED, [(ENTERPRISE, "rejected", EACH)]),
        (APPROVED, []),
        (ADMITTED, [(ENTERPRISE, "admitted", EACH)]),
        (CANCELLED, [(ENTERPRISE, "cancelled", EACH)]),
        (REMINDED, [(HENAN, "reminder", GATHERED)]),
        (PANEL_REMINDED, [("expert:wang", "reminder", GATHERED), ("expert:zhao", "reminder", GATHERED)]),
        (changed(REMINDED, assignee=Assignee.MINISTRY), [(MINISTRY, "reminder", GATHERED)]),
        (
            changed(REMINDED, reminder=Reminder.ESCALATION),
            [(HENAN, "reminder", GATHERED), (MINISTRY, "escalation", GATHERED)],
        ),
        (
            changed(REMINDED, reminder=Reminder.ESCALATION, assignee=Assignee.MINISTRY),
            [(MINISTRY, "reminder", GATHERED)],
        ),
        (ESCALATED, [(MINISTRY, "taken_over", GATHERED), (HENAN, "handed_over", NONE)]),
        (changed(ESCALATED, authority_code=None), [(MINISTRY, "taken_over", GATHERED)]),
        (APPOINTED, [("expert:wang", "appointed", GATHERED), ("expert:zhao", "appointed", GATHERED)]),
        (SHORT, [(MINISTRY, "panel_short", GATHERED)]),
        (OWED, [(HENAN, "recommendations_due", EACH)]),
        (OBJECTION, [(MINISTRY, "objection_filed", EACH)]),
        (PREPARED, [(MINISTRY, "decision_prepared", EACH)]),
        (REFUSED, [(MINISTRY, "decision_refused", EACH)]),
        (SIGNED, [(MINISTRY, "decision_signed", NONE)]),
        (CLOSED, [(MINISTRY, "notice_closed", NONE)]),
        (ABANDONED, [(MINISTRY, "delivery_abandoned", NONE)]),
    ],
)
def test_who_is_told(event: Event, told: list[tuple[str, str, str]]) -> None:
    assert told_of(event) == told


@pytest.mark.parametrize(
    ("event", "parties", "template"),
    [(OPENED, 37, "campaign_opened"), (NOTICE, 38, "notice_published"), (LIST, 38, "list_published")],
)
def test_what_concerns_all_goes_to_all_authorities(event: Event, parties: int, template: str) -> None:
    told = told_of(event)
    assert len({party for party, _, _ in told}) == len(told) == parties
    assert {(found, mail) for _, found, mail in told} == {(template, EACH)}


HUBEI = "authority:420000"
CENTRAL = changed(APPROVED, authority_code=None)


@pytest.mark.parametrize(
    ("party", "event", "may"),
    [
        (HENAN, APPROVED, True),
        (HUBEI, APPROVED, False),
        (HENAN, CENTRAL, False),
        ("authority:None", CENTRAL, False),
        (MINISTRY, CENTRAL, True),
        (HENAN, ADMITTED, True),
        (HUBEI, ADMITTED, False),
        (HENAN, OWED, True),
        (HUBEI, OWED, False),
        (HUBEI, NOTICE, True),
        (HUBEI, LIST, True),
        (HENAN, CANCELLED, True),
        (HUBEI, CANCELLED, False),
        (HENAN, changed(CANCELLED, authority_code=None), False),
        (MINISTRY, CANCELLED, True),
        (MINISTRY, PANEL_REMINDED, False),
        (MINISTRY, APPOINTED, False),
        (MINISTRY, SIGNED, False),
        (MINISTRY, OBJECTION, False),
        (MINISTRY, ABANDONED, False),
    ],
)
def test_what_an_endpoint_may_receive(party: str, event: Event, may: bool) -> None:
    assert may_receive(party, event) is may


def test_only_what_concerns_somebody_is_bound() -> None:
    assert MESSAGES.routing_keys == sorted({event.TYPE for event in SAMPLES}) == [kind.TYPE for kind in CONCERNING]


def told_of(event: Event) -> list[tuple[str, str, str]]:
    """Party, template of the inbox message, and how it goes by e-mail."""
    told = tell(event)
    mails = {message.party: GATHERED if message.gathered else EACH for message in told if message.channel == "email"}
    return [(each.party, each.template, mails.get(each.party, NONE)) for each in told if each.channel == "inbox"]
