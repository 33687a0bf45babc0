"""A form that can't be taken as it comes, because its session is over or its page is old: what was typed is kept and
drawn again on the form's page."""

from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from starlette.datastructures import FormData
from starlette.requests import Request

from chassis.clock import now
from chassis.seal import Seal
from services.console.sessions.sessions import Visitor
from services.console.unsent import unsent_forms
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


async def keep_form(request: Request, action: str | None = None, page: str | None = None) -> str:
    """The address on which the form is drawn again for whoever wrote it; without anything kept, that of its page."""
    page = page or form_page(request)
    seal, account_id = _seal(request), await writer_of(request)
    fields = [pair for pair in _fields(sent_form(request)) if pair[0] not in SECRETS]
    if seal is None or account_id is None or not fields:
        return page
    async with request.app.state.runtime.database.transaction() as session:
        made = await unsent_forms.keep(session, seal, account_id, action or request.url.path, fields, now())
    return with_unsent(page, made)


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


def _fields(form: FormData) -> list[tuple[str, str]]:
    """Without files."""
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str) and name not in FRAME]


def _seal(request: Request) -> Seal | None:
    settings = request.app.state.runtime.settings
    return settings.seal() if settings.console_key else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
