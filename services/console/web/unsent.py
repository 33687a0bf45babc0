"""A form that can't be taken as it comes, because its session is over or its page is old: what was typed is kept and
drawn again on the form's page."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from starlette.datastructures import FormData
from starlette.requests import Request

from chassis.clock import now
from chassis.seal import Seal
from services.console.sessions.sessions import Visitor
from services.console.unsent import unsent_forms
from services.console.unsent.filling import Fields
from services.console.unsent.form_token import owner_of
from services.console.unsent.unsent_forms import Unsent
from services.console.web.nearest import form_page
from services.console.web.visitor import owed, visitor_of

TOKEN_FIELD = "csrf"  # noqa: S105 - a name
UNSENT = "unsent"
"""Names a kept form: in the address of its page, and among its fields when it is sent after all."""
SECRETS = frozenset({"password", "again", "present", "code", "last"})
"""Fields with passwords and codes: never kept."""
FRAME = frozenset({TOKEN_FIELD, UNSENT})


async def keep_form(request: Request) -> str:
    """The address on which the form is drawn again for whoever wrote it; without anything kept, that of its page."""
    return await keep(request, form_page(request), request.url.path, typed_in(request))


async def keep_typed(request: Request, page: str, action: str, typed: str) -> str:
    """What the form of a page has, which is not sent but taken along to the page in the other language."""
    return await keep(request, page, action, _without_secrets(parse_qsl(typed, keep_blank_values=True)))


async def keep(request: Request, page: str, action: str, fields: Fields) -> str:
    """For the writer of the form that this request sends."""
    seal, account_id = _seal(request), await writer_of(request)
    if seal is None or account_id is None or not fields:
        return page
    async with request.app.state.runtime.database.transaction() as session:
        made = await unsent_forms.keep(session, seal, account_id, action, fields, now())
    return with_unsent(page, made)


def typed_in(request: Request) -> Fields:
    """The form that this request sent, without files."""
    pairs = sent_form(request).multi_items()
    return _without_secrets((name, value) for name, value in pairs if isinstance(value, str))


async def writer_of(request: Request) -> UUID | None:
    """Whose form it is, by its token; a form without one is the visitor's."""
    seal = _seal(request)
    given = sent_form(request).get(TOKEN_FIELD)
    owner = owner_of(given, seal) if seal and isinstance(given, str) else None
    if owner:
        return owner
    visitor = await visitor_of(request)
    return visitor.account.id if visitor else None


async def unsent_at(request: Request, visitor: Visitor | None) -> Unsent | None:
    """What is to be drawn again on this page."""
    form_id, seal = _id(request.query_params.get(UNSENT, "")), _seal(request)
    if form_id is None or seal is None or visitor is None or owed(visitor) or request.method != "GET":
        return None
    async with request.app.state.runtime.database.transaction() as session:
        return await unsent_forms.find(session, seal, visitor.account.id, form_id, now())


async def forget_sent(request: Request, visitor: Visitor, form_id: str) -> None:
    found = _id(form_id)
    if found:
        async with request.app.state.runtime.database.transaction() as session:
            await unsent_forms.forget(session, visitor.account.id, found)


def sent_form(request: Request) -> FormData:
    """As `guard` read it. Where an exception has come through everything, its body can't be read again."""
    form: FormData = getattr(request.state, "sent", None) or FormData()
    return form


def with_unsent(address: str, form_id: UUID) -> str:
    parts = urlsplit(address)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != UNSENT]
    return parts._replace(query=urlencode([*query, (UNSENT, str(form_id))])).geturl()


def _without_secrets(pairs: Iterable[tuple[str, str]]) -> Fields:
    return [(name, value) for name, value in pairs if name not in SECRETS | FRAME]


def _seal(request: Request) -> Seal | None:
    settings = request.app.state.runtime.settings
    return settings.seal() if settings.console_key else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
