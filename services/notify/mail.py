"""Carries messages by e-mail. The Message-ID is the message's own, so that a mail server can drop a repeat."""

from collections.abc import Callable, Coroutine
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any

import aiosmtplib

from services.notify.carriers import Failed, NowhereToSend, Refused
from services.notify.contacts import Contact
from services.notify.models import Message
from services.notify.settings import NotifySettings
from services.notify.texts import letter

TIMEOUT = 20.0
FindContact = Callable[[Message], Coroutine[Any, Any, Contact]]


class MailCarrier:
    def __init__(self, settings: NotifySettings, find_contact: FindContact) -> None:
        self._settings = settings
        self._find_contact = find_contact

    async def deliver(self, message: Message) -> None:
        if self._settings.smtp_host is None:
            raise NowhereToSend("no mail server is configured")
        contact = await self._find_contact(message)
        if not contact.email:
            raise NowhereToSend("the party has no e-mail address")
        await self._send(compose(message, contact, self._settings.mail_from))

    async def close(self) -> None:
        """Each e-mail has a connection of its own: nothing is open."""

    async def _send(self, mail: EmailMessage) -> None:
        settings = self._settings
        password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
        try:
            await aiosmtplib.send(
                mail,
                hostname=settings.smtp_host,
                port=settings.smtp_port,
                username=settings.smtp_user,
                password=password,
                use_tls=settings.smtp_security == "tls",
                start_tls=settings.smtp_security == "starttls",
                timeout=TIMEOUT,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            _give_up_or_retry(error.recipients[0].code, error)
        except aiosmtplib.SMTPResponseException as error:
            _give_up_or_retry(error.code, error)


def compose(message: Message, contact: Contact, sender: str) -> EmailMessage:
    """Plain text, in the contact's language."""
    title, text = letter(message.template, message.event, contact.language)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = _address(contact.email or "")
    mail["Subject"] = title
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = f"<{message.id}@{parseaddr(sender)[1].partition('@')[2] or 'localhost'}>"
    mail["Content-Language"] = contact.language
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="base64")
    return mail


def _address(spec: str) -> Address:
    """One address and no more: what an applicant typed in must not become a list of them."""
    try:
        return Address(addr_spec=spec)
    except (ValueError, IndexError, MessageError) as error:
        raise NowhereToSend("the party's e-mail address is not valid") from error


def _give_up_or_retry(code: int, error: Exception) -> None:
    """A mail server says 4xx for now and 5xx for good. Its words are left out: they repeat the address."""
    raise (Refused if code >= 500 else Failed)(f"SMTP {code}") from error
