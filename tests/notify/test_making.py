"""An event makes each of its messages once."""

import asyncio

from chassis.auth.principal import Principal
from chassis.bus import Envelope
from chassis.db import Database
from contracts.enums import Role
from services.notify.making import make_messages
from services.notify.parties import parties_of
from services.notify.rules import Channel
from tests.notify.conftest import Post
from tests.notify.samples import APPROVED, ENTERPRISE, HENAN, LIST, REMINDED, RETURNED, changed, envelope_of


async def make(database: Database, envelope: Envelope) -> None:
    async with database.transaction() as session:
        await make_messages(session, envelope.event(), envelope)


async def test_a_returned_nomination_tells_its_enterprise(post: Post) -> None:
    await post.told(RETURNED)
    [inbox], [mail] = await post.messages(Channel.INBOX), await post.messages(Channel.EMAIL)
    assert (inbox.party, inbox.template, inbox.state) == (ENTERPRISE, "returned", "delivered")
    assert (mail.party, mail.template, mail.state) == (ENTERPRISE, "returned", "pending")
    assert "actor" not in mail.event
    assert "officer:zhang" not in str(mail.event)


async def test_the_same_event_again_makes_nothing(post: Post) -> None:
    await post.endpoint("https://example.com")
    envelope = envelope_of(RETURNED)
    await asyncio.gather(*(make(post.database, envelope) for _ in range(4)))
    assert [len(await post.messages(channel)) for channel in Channel] == [1, 1, 1]


async def test_an_event_that_concerns_nobody_makes_nothing(post: Post) -> None:
    await post.told(APPROVED)
    assert [await post.messages(channel) for channel in Channel] == [[], [], []]


async def test_a_list_reaches_every_authority(post: Post) -> None:
    await post.told(LIST)
    assert len({message.party for message in await post.messages(Channel.INBOX)}) == 38


async def test_reminders_of_one_party_make_one_email(post: Post) -> None:
    hubei = changed(REMINDED, authority_code="420000")
    await post.told(*[REMINDED] * 20, hubei)
    assert len(await post.messages(Channel.INBOX)) == 21
    mails = await post.messages(Channel.EMAIL)
    assert [(mail.party, mail.template) for mail in mails] == [(HENAN, "tasks_waiting"), ("authority:420000",
                                                                                         "tasks_waiting")]  # fmt: skip
    assert all(mail.due_at > mail.created_at for mail in mails)
    await post.sent()
    await post.told(REMINDED)
    assert len(await post.messages(Channel.EMAIL)) == 3


async def test_only_endpoints_that_may_and_want_are_told(post: Post) -> None:
    url = "https://example.com"
    wanted = [await post.endpoint(url), await post.endpoint(url, "ministry")]
    wanted.append(await post.endpoint(url, event_types=[APPROVED.TYPE]))
    await post.endpoint(url, "authority:420000")
    await post.endpoint(url, event_types=[LIST.TYPE])
    await post.endpoint(url, active=False)
    await post.told(APPROVED)
    told = {message.party for message in await post.messages(Channel.WEBHOOK)}
    assert told == {f"webhook:{endpoint_id}" for endpoint_id in wanted}


def test_whose_inbox_a_caller_reads() -> None:
    def of(*roles: Role, **claims: str) -> frozenset[str]:
        return parties_of(Principal(subject="li", roles=frozenset(roles), **claims))

    assert of(Role.OFFICER) == of(Role.DECIDER) == {"ministry"}
    assert of(Role.AUTHORITY, authority="410000") == {"authority:410000"}
    assert of(Role.ENTERPRISE, credit_code="X") == {"enterprise:X"}
    assert of(Role.EXPERT, authority="410000", credit_code="X") == {"expert:li"}
    assert of(Role.EXPERT, Role.OFFICER) == {"expert:li", "ministry"}
    assert of(Role.ADMIN) == of(Role.SERVICE) == frozenset()
