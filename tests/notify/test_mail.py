"""E-mail: to whom, in which language, tried again or not."""

import pytest
from joserfc.jws import extract_compact
from pydantic import ValidationError

from services.notify.rules import Channel
from services.notify.settings import NotifySettings
from tests.fixtures.apps import recorded
from tests.notify.conftest import Mailbox, MakePost, Post
from tests.notify.receiver import Receiver
from tests.notify.samples import APPOINTED, ENTERPRISE, OBJECTION, OWED, RETURNED, SOME


async def states(post: Post) -> list[tuple[str, int, str | None]]:
    return [(mail.state, mail.attempts, mail.error) for mail in await post.messages(Channel.EMAIL)]


async def test_an_enterprise_gets_it_at_its_contact_and_in_its_language(
    post: Post, mailbox: Mailbox, filing: Receiver
) -> None:
    await post.told(RETURNED)
    await post.sent()
    [mail] = mailbox.mails
    assert mail["To"] == "wang@example.com"
    assert mail["Subject"] == "Your nomination was returned for correction"
    assert "Opinion: 缺少审计报告" in mail.get_content()
    [asked] = filing.received
    assert asked.path == f"/v1/nominations/{SOME}/contact"
    token = asked.headers["authorization"].removeprefix("Bearer ")
    assert b'"service"' in bytes(extract_compact(token.encode()).payload or b"")


async def test_an_address_is_not_kept(post: Post) -> None:
    await post.told(RETURNED)
    await post.sent()
    assert not any("wang@example.com" in str(vars(message)) for message in await post.messages(Channel.EMAIL))


async def test_the_ministry_gets_it_in_chinese_at_its_own_address(post: Post, mailbox: Mailbox) -> None:
    await post.told(OBJECTION)
    await post.sent()
    [mail] = mailbox.mails
    assert (mail["To"], mail["Subject"]) == ("office@example.cn", "收到公示异议")
    assert "联络通" in mail["From"]
    assert mail["Message-ID"] == f"<{(await post.messages(Channel.EMAIL))[0].id}@example.cn>"


async def test_without_an_address_only_the_inbox_has_it(post: Post, mailbox: Mailbox, filing: Receiver) -> None:
    filing.always = 404
    await post.told(RETURNED, OWED, APPOINTED)
    await post.sent()
    assert mailbox.mails == []
    assert await states(post) == [("skipped", 1, "the party has no e-mail address")] * 4
    assert await recorded(post.database) == []


@pytest.mark.parametrize("typed", ["x,other@example.com", "a@b.c, other@example.com", "x", "a b@c.d", "@", "<a@b.c>"])
async def test_what_is_not_one_address_gets_nothing(post: Post, mailbox: Mailbox, filing: Receiver, typed: str) -> None:
    filing.reply = {"email": typed, "language": "zh"}
    await post.told(RETURNED)
    await post.sent()
    assert mailbox.mails == []
    assert await states(post) == [("skipped", 1, "the party's e-mail address is not valid")]


async def test_without_a_mail_server_nothing_is_tried(make_post: MakePost, settings: NotifySettings) -> None:
    post = make_post(settings.model_copy(update={"smtp_host": None}))
    await post.told(RETURNED)
    await post.sent()
    assert await states(post) == [("skipped", 1, "no mail server is configured")]


@pytest.mark.parametrize("away", ["mail server", "filing"])
async def test_what_passes_is_tried_again(post: Post, mailbox: Mailbox, filing: Receiver, away: str) -> None:
    if away == "filing":
        filing.answers = [503, None]
    else:
        mailbox.answers = ["451 busy", "421 shutting down"]
    await post.told(RETURNED)
    await post.sent()
    assert len(mailbox.mails) == 1
    assert await states(post) == [("delivered", 3, None)]


async def test_after_the_last_attempt_it_is_given_up_and_said(post: Post, mailbox: Mailbox) -> None:
    mailbox.answers = ["451 wang@example.com is busy"] * 9
    await post.told(RETURNED)
    await post.sent()
    assert await states(post) == [("abandoned", 3, "SMTP 451")]
    [abandoned] = await recorded(post.database)
    assert abandoned.model_dump(exclude={"message_id"}) == {
        "channel": "email", "party": ENTERPRISE, "attempts": 3, "error": "SMTP 451",
    }  # fmt: skip


async def test_a_final_no_is_not_tried_again(post: Post, mailbox: Mailbox) -> None:
    mailbox.answers = ["550 no such user"]
    await post.told(RETURNED)
    await post.sent()
    assert await states(post) == [("abandoned", 1, "SMTP 550")]
    assert len(await recorded(post.database)) == 1


async def test_a_telling_of_failure_is_no_email_itself(post: Post, mailbox: Mailbox) -> None:
    mailbox.answers = ["550 no such user"]
    await post.told(OBJECTION)
    await post.sent()
    await post.told(*await recorded(post.database))
    assert len(await post.messages(Channel.EMAIL)) == 1
    assert [message.template for message in await post.messages(Channel.INBOX)] == [
        "objection_filed",
        "delivery_abandoned",
    ]


def test_a_mail_server_without_a_way_to_the_contacts_is_refused_at_the_start() -> None:
    with pytest.raises(ValidationError, match="filing knows the contacts"):
        NotifySettings(smtp_host="mail.example.cn")
